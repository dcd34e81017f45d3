import { interfaceTrack } from '../../component/interface-path.ts'
import type { TypeExtern } from '../../component/extern-type.ts'
import type { Source } from '../../diagnostics/source.ts'
import type { Span } from '../../diagnostics/span.ts'
import { limits } from '../../component/limits.ts'
import { uniquenessKey } from '../../component/names.ts'
import { CompositionError } from '../../errors.ts'
import { Unreadable } from '../../wit/token-reader.ts'
import type { Place, ProblemDetails, Problems } from '../../wit/problems.ts'
import type { References } from '../../wit/references.ts'
import type { Identifier } from '../../wit/syntax.ts'
import { Composition } from '../composition.ts'
import type { NodeId } from '../composition-node.ts'
import { namesEndingIn } from './extern-name.ts'
import { describeItem, type Item, type Named } from './item.ts'
import { Origins } from './origins.ts'
import type { DocumentSyntax, NameSyntax, StatementSyntax } from './syntax.ts'

type Labelled = Place & { readonly text: string }

/** `name`: of an `import` statement; undefined for what was left open. */
type ImportNote = Labelled & { readonly name: string | undefined }

/** What is known of a document so far: statements are evaluated from top to bottom. */
export class Document {
  readonly source: Source
  readonly problems: Problems
  /** Where it is wanted which names refer to what. */
  readonly references: References | undefined
  /** Definitions that a statement further down exports under another name: a type has one. */
  readonly renamed: ReadonlyMap<string, NameSyntax>
  composition = new Composition()
  readonly names = new Map<string, Named>()
  readonly origins = new Origins()
  /** What may still be tried for missing arguments. */
  triesLeft: number = limits.triedArguments
  readonly #exports = new Map<string, Labelled>()
  /** Imports and exports of the interfaces and worlds so far. */
  #defined = 0
  /** Who imports, or leaves something to import, by {@link interfaceTrack}. */
  readonly #imports = new Map<string, ImportNote[]>()

  constructor({ source, statements }: DocumentSyntax, problems: Problems, references?: References) {
    this.references = references
    this.source = source
    this.renamed = renamedTypes(statements)
    this.problems = problems
  }

  place({ start, end }: Span): Place {
    return { source: this.source, span: { start, end } }
  }

  report(span: Span, message: string, details?: ProblemDetails): void {
    this.problems.report(this.place(span), message, details)
  }

  /** Ends the statement after its problem was reported. */
  fail(span: Span, message: string, details?: ProblemDetails): never {
    this.report(span, message, details)
    throw new Unreadable()
  }

  /** Ends the statement: what is wrong with it was reported. */
  stop(): never {
    throw new Unreadable()
  }

  /** Runs a part of a statement; undefined where it failed and the reason was reported. */
  attempt<T>(action: () => T): T | undefined {
    try {
      return action()
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      return undefined
    }
  }

  /** @throws {Unreadable} where the name is taken */
  checkNew({ name, ...span }: Identifier): void {
    const other = this.names.get(name)
    if (other === undefined) return
    this.fail(span, `\`${name}\` is already defined`, {
      related: [{ ...other.place, text: 'first defined here' }],
    })
  }

  /** An item that is undefined is one that was reported. */
  define(id: Identifier, item: Item | undefined): void {
    if (!this.names.has(id.name)) this.names.set(id.name, { item, place: this.place(id) })
  }

  /** @throws {Unreadable} where there is none, or it is broken */
  lookUp({ name, start, end }: Identifier): Item {
    const found = this.names.get(name)
    if (found) this.references?.add(this.place({ start, end }), found.place)
    if (found?.item !== undefined) return found.item
    if (found !== undefined) throw new Unreadable()
    return this.fail({ start, end }, `undefined name \`${name}\``, {
      notes: this.problems.didYouMean(name, [...this.names.keys()]),
    })
  }

  /** The first name of each node that has one. */
  namesOfNodes(): ReadonlyMap<NodeId, string> {
    const names = new Map<NodeId, string>()
    for (const [name, { item }] of this.names) {
      if (item?.kind === 'node' && !names.has(item.node)) names.set(item.node, name)
    }
    return names
  }

  /** Of the instance that a name stands for, as far as it is known. */
  exportsOf(name: string): ReadonlyMap<string, unknown> {
    const item = this.names.get(name)?.item
    const type = item?.kind === 'node' ? this.composition.typeOf(item.node) : undefined
    return type?.kind === 'instance' ? type.exports : new Map()
  }

  /** Notes on what a name that is not among some may have meant. */
  suggest(name: string, externs: ReadonlyMap<string, unknown>): string[] {
    const ending = namesEndingIn(name, externs)
    if (ending.length > 1) {
      const quoted = ending.map((each) => `"${each}"`)
      return [`it could be ${quoted.join(' or ')}: write the one that is meant, in quotes`]
    }
    const likely = this.problems.didYouMean(name, [...externs.keys()])
    if (likely.length > 0) return likely
    if (externs.size === 0) return ['there are none']
    const shown = [...externs.keys()].slice(0, 5).map((each) => `\`${each}\``)
    return [`there are ${shown.join(', ')}${externs.size > 5 ? ' and more' : ''}`]
  }

  describe(item: Item): string {
    return describeItem(item, (node) => this.composition.typeOf(node))
  }

  /**
   * Runs an operation of the composition.
   *
   * @throws {Unreadable} where the composition refuses, which is reported
   */
  compose<T>(span: Span, operation: (composition: Composition) => T): T {
    try {
      return operation(this.composition)
    } catch (error) {
      if (!(error instanceof CompositionError)) throw error
      return this.refuse(span, error)
    }
  }

  /** Reports what a composition refuses, and ends the statement. */
  refuse(span: Span, error: CompositionError): never {
    this.reportRefusal(span, error)
    throw new Unreadable()
  }

  /** @param headline instead of the first line of the error's message, which becomes a note */
  reportRefusal(span: Span, error: CompositionError, headline?: string): void {
    const lines = error.message.split('\n')
    const [message, ...more] = headline === undefined ? lines : [headline, ...lines]
    const notes = more.map((line) => line.replace(/^ {2}/, ''))
    const others = error.item === undefined ? undefined : this.#imports.get(interfaceTrack(error.item))
    const related = (error.problem === 'conflict' && others) || []
    this.report(span, message!, { related: related.slice(0, 3), notes })
    // Whatever follows would be refused for the same reason.
    if (error.problem === 'limit') this.problems.throwIfAny()
  }

  /** @throws {Unreadable} where something else has the import's name */
  checkImport(name: string, span: Span, canRename: boolean): void {
    const other = this.#imports.get(interfaceTrack(name))?.find((each) => each.name === name)
    if (other === undefined) return
    this.fail(span, `duplicate import \`${name}\``, {
      related: [other],
      notes: canRename ? ['import it under another name: `import id as other: …`'] : [],
    })
  }

  /** An `import` statement. */
  noteImport(name: string, span: Span): void {
    this.#note(name, { ...this.place(span), text: `imported here, as \`${name}\``, name })
  }

  /** What is left open for somebody. */
  noteWanted(name: string, span: Span, by: string): void {
    this.#note(name, { ...this.place(span), text: `wanted here, by ${by}`, name: undefined })
  }

  #note(name: string, entry: ImportNote): void {
    const key = interfaceTrack(name)
    const known = this.#imports.get(key)
    if (known) known.push(entry)
    else this.#imports.set(key, [entry])
  }

  /** Where an import of the composition comes from; undefined where nobody is known. */
  importPlace(name: string): Labelled | undefined {
    return this.#imports.get(interfaceTrack(name))?.[0]
  }

  exportPlace(name: string): Place | undefined {
    return this.#exports.get(uniquenessKey(name))
  }

  /** @throws {Unreadable} where an export has the name */
  checkExport(name: string, span: Span, what: 'export' | 'type', note?: string): void {
    const other = this.#exports.get(uniquenessKey(name))
    if (other === undefined) return
    const message =
      what === 'type'
        ? `type declaration \`${name}\` conflicts with a previous export of the same name`
        : `duplicate export \`${name}\``
    this.fail(span, message, { related: [other], notes: note === undefined ? [] : [note] })
  }

  /** @throws {Unreadable} where the name is taken, or none */
  defineType(name: string, span: Span, type: TypeExtern): NodeId {
    this.#count(span, type)
    const renamed = this.renamed.get(name)
    const own = renamed?.text ?? name
    this.checkExport(own, renamed ?? span, 'type')
    const [composition, node] = this.compose(renamed ?? span, (graph) => graph.define(own, type))
    this.composition = composition.name(node, name)
    this.noteExport(own, renamed ?? span, 'defined here')
    return node
  }

  #count(span: Span, { type }: TypeExtern): void {
    if (type.kind !== 'component') return
    const parts = [type, ...[...type.exports.values()].filter((each) => each.kind === 'component')]
    for (const { imports, exports } of parts) this.#defined += imports.size + exports.size
    if (this.#defined <= limits.definedExterns) return
    this.report(
      span,
      `the interfaces and worlds of one text have at most ${limits.definedExterns} imports and exports in all`,
      {
        notes: ['each has those that it uses among them: put some of them into packages of their own'],
      },
    )
    this.problems.throwIfAny()
  }

  /** Gives a node the first name that it gets. */
  label(node: NodeId, name: string): void {
    if (this.composition.nodes[node]!.label === undefined)
      this.composition = this.composition.name(node, name)
  }

  noteExport(name: string, span: Span, text: string): void {
    this.#exports.set(uniquenessKey(name), { ...this.place(span), text })
  }
}

/** Types that are exported under another name: the first such export says which. */
function renamedTypes(statements: readonly StatementSyntax[]): ReadonlyMap<string, NameSyntax> {
  const types = new Set<string>()
  const renamed = new Map<string, NameSyntax>()
  for (const each of statements) {
    if (each.kind !== 'export') {
      if (each.kind !== 'import' && each.kind !== 'let') types.add(each.name.name)
    } else if (each.as && each.expression.kind === 'name') {
      const { name } = each.expression
      if (types.has(name) && !renamed.has(name)) renamed.set(name, each.as)
    }
  }
  return renamed
}
