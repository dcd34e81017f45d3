import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Span } from '../../diagnostics/span.ts'
import type { WitFile } from '../../wit/package-sources.ts'
import type { Place } from '../../wit/problems.ts'
import type { References } from '../../wit/references.ts'
import { Composition } from '../composition.ts'
import type { NodeId } from '../composition-node.ts'
import type { Document } from './document.ts'
import { type EvaluatedDocument, evaluateDocument } from './evaluate-document.ts'
import { itemText } from './item-text.ts'
import type { InstantiationOrigin } from './origins.ts'
import type { PackageFinder } from './package-finder.ts'
import type { DocumentSyntax, ExportSyntax, NewSyntax } from './syntax.ts'
import { withoutParentheses, type WrittenArgument, writtenArguments } from './written-arguments.ts'

/** What a name of a WAC text stands for. */
export interface WacName {
  readonly place: Place
  /** In one line: `func(a: u32)`, `instance { run }`; undefined where something is wrong with it. */
  readonly text: string | undefined
  /** Of an instance: what can be accessed. */
  readonly exports: readonly string[]
}

/** Where a node of the composition comes from. */
export interface WacNode {
  /** The first name that the text gives it, by `let` or `import`; undefined where it gives none. */
  readonly name: string | undefined
  /** Of the expression that makes it (`new pkg { … }`, `instance.name`, the first of several), of an import the statement. */
  readonly place: Place
  readonly statement: Place
  /** Of an instance what it was given, by the whole names of the package's imports. */
  readonly arguments: ReadonlyMap<string, WacArgument>
}

/** One import of an instance that is given. */
export interface WacArgument {
  readonly node: NodeId
  /** `name: expression`, a name alone, or one of all those that `...instance` gives. */
  readonly how: 'named' | 'inferred' | 'spread'
  /** In the braces, without the comma. */
  readonly place: Place
}

/** What an export statement exports. */
export interface WacExport {
  readonly node: NodeId
  /** `as name`, a name of its own, or one of all those of `export instance...;`. */
  readonly how: 'named' | 'inferred' | 'spread'
  /** Of the expression. */
  readonly place: Place
  readonly statement: Place
}

/** An instance that is not in the composition, because something is wrong with it or with what it is given. */
export interface BrokenInstance {
  /** The name that its `let` gives it; undefined where it stands in another expression. */
  readonly name: string | undefined
  /** As written, with its version. The composition has its type, under this name, where it is there. */
  readonly package: string
  /** Of `new pkg { … }`. */
  readonly place: Place
  readonly statement: Place
  /** As written. */
  readonly arguments: readonly WrittenArgument[]
  /** Those of its statement; none where it is only what it is given that is broken. */
  readonly problems: readonly Diagnostic[]
}

/** What there is to know of a WAC text that may be half written. */
export interface WacAnalysis {
  /** As far as it can be read; undefined where it does not begin with a name. */
  readonly syntax: DocumentSyntax | undefined
  readonly problems: readonly Diagnostic[]
  readonly references: References
  /** In the order of the text. */
  readonly names: ReadonlyMap<string, WacName>
  /** All statements that there is nothing wrong with. */
  readonly composition: Composition
  /** Of all imports, instances and aliases of the composition. */
  readonly nodes: ReadonlyMap<NodeId, WacNode>
  /** What export statements export, by name. */
  readonly exports: ReadonlyMap<string, WacExport>
  /** In the order of the text. */
  readonly broken: readonly BrokenInstance[]
}

/**
 * Looks up all names in a WAC text that may be broken: what can be read is told whatever is wrong with the rest, so that editors can
 * use it while people type. All features take part.
 *
 * @example
 * const text = 'package my:app; import log: func(); let a = log.; export log;'
 * analyzeWac({ name: 'app.wac', text }, { find: () => undefined }).names.get('log').text // func()
 */
export function analyzeWac(file: WitFile, finder: PackageFinder): WacAnalysis {
  const evaluated = evaluateDocument(file, finder)
  const { syntax, problems, references, document } = evaluated
  return {
    syntax,
    problems,
    references,
    names: namesOf(document),
    composition: document?.composition ?? new Composition(),
    nodes: nodesOf(document, syntax),
    exports: exportsOf(document, syntax),
    broken: brokenIn(evaluated),
  }
}

function namesOf(document: Document | undefined): ReadonlyMap<string, WacName> {
  const names = new Map<string, WacName>()
  for (const [name, { item, place }] of document?.names ?? []) {
    const type = item?.kind === 'node' ? document!.composition.typeOf(item.node) : undefined
    const exports = type?.kind === 'instance' ? [...type.exports.keys()] : []
    names.set(name, { place, text: item && itemText(item, type), exports })
  }
  return names
}

function nodesOf(
  document: Document | undefined,
  syntax: DocumentSyntax | undefined,
): ReadonlyMap<NodeId, WacNode> {
  const nodes = new Map<NodeId, WacNode>()
  if (document === undefined) return nodes
  const names = document.namesOfNodes()
  const given = new Map<NodeId, InstantiationOrigin>()
  for (const each of document.origins.instantiations.values())
    if (each.node !== undefined) given.set(each.node, each)
  for (const [node, { span, statement }] of document.origins.nodes) {
    nodes.set(node, {
      name: names.get(node),
      place: document.place(span),
      statement: document.place(syntax!.spans[statement]!),
      arguments: argumentsOf(document, given.get(node)),
    })
  }
  return nodes
}

function argumentsOf(
  document: Document,
  origin: InstantiationOrigin | undefined,
): ReadonlyMap<string, WacArgument> {
  const all = new Map<string, WacArgument>()
  for (const [name, { node, syntax }] of origin?.arguments ?? []) {
    if (syntax.kind !== 'implicit') all.set(name, { node, how: syntax.kind, place: document.place(syntax) })
  }
  return all
}

function exportsOf(
  document: Document | undefined,
  syntax: DocumentSyntax | undefined,
): ReadonlyMap<string, WacExport> {
  const exports = new Map<string, WacExport>()
  for (const [name, { node, statement }] of document?.origins.exports ?? []) {
    const { expression, as, spread } = syntax!.statements[statement] as ExportSyntax
    exports.set(name, {
      node,
      how: spread ? 'spread' : as ? 'named' : 'inferred',
      place: document!.place(expression),
      statement: document!.place(syntax!.spans[statement]!),
    })
  }
  return exports
}

function brokenIn({ document, syntax, problems }: EvaluatedDocument): BrokenInstance[] {
  const broken: BrokenInstance[] = []
  if (document === undefined || syntax === undefined) return broken
  for (const origin of document.origins.instantiations.values()) {
    if (origin.node !== undefined) continue
    const statement = syntax.spans[origin.statement]!
    const { name, version } = origin.syntax.package
    broken.push({
      name: nameOf(origin.syntax, syntax, origin.statement),
      package: version === undefined ? name : `${name}@${version}`,
      place: document.place(origin.syntax),
      statement: document.place(statement),
      arguments: writtenArguments(document, origin),
      problems: problems.filter(({ labels }) => isIn(labels[0]!.span, statement)),
    })
  }
  return broken
}

/** Of a `let` that is nothing but the instance. */
function nameOf(instance: NewSyntax, { statements }: DocumentSyntax, index: number): string | undefined {
  const statement = statements[index]!
  if (statement.kind !== 'let') return undefined
  return withoutParentheses(statement.expression) === instance ? statement.id.name : undefined
}

function isIn(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
