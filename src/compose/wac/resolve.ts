import { Source } from '../../diagnostics/source.ts'
import { WacError } from '../../errors.ts'
import { interfaceType, worldType } from '../../wit/world-type.ts'
import type { ComponentType, ExternType, FunctionType } from '../../component/extern-type.ts'
import { type Features, Gates } from '../../wit/gates.ts'
import { nameInPackage, type PackageName } from '../../wit/package.ts'
import { toText, type WitFile } from '../../wit/package-sources.ts'
import { Problems } from '../../wit/problems.ts'
import type { Identifier } from '../../wit/syntax.ts'
import type { ResolvedInterface } from '../../wit/resolved-item.ts'
import type { Composition } from '../composition.ts'
import { checkTarget } from './check-target.ts'
import { Document } from './document.ts'
import type { Item, NodeItem } from './item.ts'
import { namedTypeIn } from './named-types.ts'
import { PackageLoader } from './load-package.ts'
import type { PackageFinder } from './package-finder.ts'
import { parseDocument } from './parse.ts'
import { ExpressionResolver } from './resolve-expression.ts'
import { PathResolver } from './resolve-path.ts'
import { TypeResolver } from './resolve-types.ts'
import type { DocumentSyntax, ExportSyntax, ImportSyntax, PathSyntax, StatementSyntax } from './syntax.ts'

export interface WacOptions {
  /** The unstable features that take part; none where nothing is said. */
  readonly features?: Features
}

export interface ResolvedWac {
  /** The document's own name. */
  readonly package: PackageName
  readonly composition: Composition
}

/**
 * A WAC text as a composition (LANGUAGE.md of bytecodealliance/wac).
 *
 * @param finder where its packages come from
 * @throws {WacError} with all problems of the text
 * @example
 * const text = 'package my:app; let a = new docs:adder { ... }; export a.go as start;'
 * const component = await assemble('(component (import "log" (func)) (export "go" (func 0)))')
 * const found = { kind: 'component', component }
 * Array.from(resolveWac({ name: 'app.wac', text }, { find: () => found }).composition.exports.keys()) // ['start']
 */
export function resolveWac(
  file: WitFile,
  finder: PackageFinder,
  { features = new Set() }: WacOptions = {},
): ResolvedWac {
  const problems = new Problems((diagnostics) => new WacError(diagnostics))
  const source = new Source(file.name, toText(file.name, file.text, problems))
  problems.throwIfAny()
  const syntax = parseDocument(source, problems)
  problems.throwIfAny()
  const resolved = new DocumentResolver(syntax!, problems, finder, features).resolve()
  problems.throwIfAny()
  return resolved
}

class DocumentResolver {
  readonly #syntax: DocumentSyntax
  readonly #package: PackageName
  readonly #document: Document
  readonly #paths: PathResolver
  readonly #types: TypeResolver
  readonly #expressions: ExpressionResolver

  constructor(syntax: DocumentSyntax, problems: Problems, finder: PackageFinder, features: Features) {
    const { name, version } = syntax.package
    const colon = name.lastIndexOf(':')
    this.#syntax = syntax
    this.#package = { namespace: name.slice(0, colon), package: name.slice(colon + 1), version }
    this.#document = new Document(syntax, problems)
    const loader = new PackageLoader(this.#document, finder)
    this.#paths = new PathResolver(this.#document, loader, name)
    this.#types = new TypeResolver(this.#document, this.#paths, this.#package, new Gates(features, problems))
    this.#expressions = new ExpressionResolver(this.#document, loader, name)
  }

  resolve(): ResolvedWac {
    const { statements, targets } = this.#syntax
    for (const each of statements) this.#document.attempt(() => this.#statement(each))
    if (targets) this.#document.attempt(() => this.#checkTarget(targets))
    return { package: this.#package, composition: this.#document.composition }
  }

  #statement(syntax: StatementSyntax): void {
    if (syntax.kind === 'export') {
      this.#export(syntax)
      return
    }
    const id = syntax.kind === 'import' || syntax.kind === 'let' ? syntax.id : syntax.name
    const item = this.#document.attempt(() => {
      const made = this.#define(syntax)
      this.#document.checkNew(id)
      return made
    })
    this.#document.define(id, item)
    if (item?.kind === 'node') this.#document.label(item.node, id.name)
  }

  #define(syntax: Exclude<StatementSyntax, ExportSyntax>): Item | undefined {
    switch (syntax.kind) {
      case 'import':
        return this.#import(syntax)
      case 'let':
        return this.#expressions.evaluate(syntax.expression)
      case 'interface': {
        const before = this.#document.problems.count
        const resolved = this.#types.interface(syntax)
        if (this.#document.problems.count > before || resolved.excluded) return undefined
        const node = this.#defineType(syntax.name, interfaceType(resolved.model))
        return { kind: 'interface', resolved, node }
      }
      case 'world': {
        const before = this.#document.problems.count
        const resolved = this.#types.world(syntax)
        if (this.#document.problems.count > before || resolved.excluded) return undefined
        const name = nameInPackage(this.#package, syntax.name.name)
        const exports = new Map([[name, worldType(resolved.model)]])
        const node = this.#defineType(syntax.name, { kind: 'component', imports: new Map(), exports })
        return { kind: 'world', resolved, node }
      }
      default:
        return this.#types.define(syntax)
    }
  }

  #defineType(id: { name: string; start: number; end: number }, type: ComponentType): NodeItem['node'] {
    return this.#document.defineType(id.name, id, { kind: 'type', bound: 'eq', type })
  }

  #import(syntax: ImportSyntax): NodeItem {
    const { id, as, type } = syntax
    const wanted = this.#importType(syntax)
    const name = as?.text ?? wanted.name ?? id.name
    const span = as ?? (type.kind === 'path' ? type.path : id)
    this.#document.checkImport(name, span, as === undefined)
    const [composition, node] = this.#document.compose(span, (graph) =>
      graph.import(name, wanted.type, wanted.uses),
    )
    this.#document.composition = composition
    this.#document.noteImport(name, span, `imported here, as \`${name}\``)
    return { kind: 'node', node, interface: wanted.interface, externName: name }
  }

  /** Explainer.md, "Import and Export Definitions": imports mention what was imported before them. */
  #importableFunction(id: Identifier, type: FunctionType): Importable {
    const found = namedTypeIn(type)
    if (found === undefined) return { ...plain, type }
    const what = this.#types.nameOf(found) ?? `a type of kind ${found.kind}`
    return this.#document.fail(id, `import \`${id.name}\` mentions ${what}, which is no import`, {
      notes: ['put the function and its types into an `interface`, and import that'],
    })
  }

  #importType({ id, type }: ImportSyntax): Importable {
    switch (type.kind) {
      case 'function':
        return this.#importableFunction(id, this.#types.signature(id, type.signature))
      case 'interface': {
        const before = this.#document.problems.count
        const made = this.#types.inlineInterface(id, type.body)
        if (this.#document.problems.count > before) return this.#document.stop()
        return importableInterface(made)
      }
      case 'path': {
        const found = this.#importable(id, this.#paths.path(type.path))
        return { ...found, name: textOf(type.path) }
      }
      case 'name':
        return this.#importable(id, this.#document.lookUp(type.name))
    }
  }

  #importable(id: Identifier, item: Item): Importable {
    switch (item.kind) {
      case 'interface':
        return importableInterface(item.resolved)
      case 'world': {
        const { package: home, name } = item.resolved.model
        return { ...plain, type: worldType(item.resolved.model), name: nameInPackage(home, name) }
      }
      case 'function-type':
        return this.#importableFunction(id, item.type)
      case 'type': {
        const { type } = item.definition
        return { ...plain, type: { kind: 'type', bound: type.kind === 'resource' ? 'sub' : 'eq', type } }
      }
      case 'node':
        return {
          ...plain,
          type: this.#document.composition.typeOf(item.node),
          interface: item.interface,
          name: item.interface,
        }
    }
  }

  #export({ expression, as, spread }: ExportSyntax): void {
    const item = this.#expressions.evaluate(expression)
    if (spread !== undefined) {
      this.#spread(item, expression)
      return
    }
    if (item.node === undefined) this.#document.stop()
    const name = as?.text ?? inferredName(item)
    if (name === undefined) {
      this.#document.fail(
        expression,
        'export statement requires an `as` clause as the export name cannot be inferred',
        { notes: ['name it: `export … as name;`'] },
      )
    }
    const span = as ?? expression
    if (
      item.kind !== 'node' &&
      expression.kind === 'name' &&
      this.#document.renamed.get(expression.name) === as
    )
      return
    const note = as === undefined ? 'use `as` to export it under another name' : undefined
    this.#exportNode(item.node, name, span, note)
  }

  #spread(item: Item, span: { start: number; end: number }): void {
    const exports = this.#expressions.exportsOf(item, span, 'a spread operation')
    const free = [...exports.keys()].filter((name) => this.#document.exportPlace(name) === undefined)
    if (free.length === 0) {
      this.#document.fail(
        span,
        'instance has no exports or all exports of the instance match previously exported names',
      )
    }
    for (const name of free) {
      const { node } = this.#expressions.alias((item as NodeItem).node, name, span)
      this.#exportNode(node, name, span)
    }
  }

  #exportNode(
    node: NodeItem['node'],
    name: string,
    span: { start: number; end: number },
    note?: string,
  ): void {
    this.#document.checkExport(name, span, 'export', note)
    this.#document.composition = this.#document.compose(span, (graph) => graph.export(node, name))
    this.#document.noteExport(name, span, 'exported here')
  }

  #checkTarget(path: PathSyntax): void {
    const found = this.#paths.path(path)
    if (found.kind !== 'world') {
      this.#document.fail(path, `\`${textOf(path)}\` (${this.#document.describe(found)}) is not a world`)
    }
    checkTarget(this.#document, path, textOf(path), found.resolved.model)
  }
}

/** What an `import` statement imports. */
interface Importable {
  readonly type: ExternType
  /** The imports whose types it uses. */
  readonly uses: ReadonlyMap<string, ExternType>
  readonly interface: string | undefined
  /** Under which it is imported where nothing else is said; undefined for the local name. */
  readonly name: string | undefined
}

const plain = { uses: new Map<string, ExternType>(), interface: undefined, name: undefined }

function importableInterface({ model }: ResolvedInterface): Importable {
  const named = model.name === undefined ? undefined : nameInPackage(model.package, model.name)
  const { imports, exports } = interfaceType({ ...model, name: model.name ?? 'inline' })
  const [type] = [...exports.values()]
  return { type: type!, uses: imports, interface: named, name: named }
}

/** `ns:pkg/item@1.0.0` */
function textOf({ package: { name, version }, segments }: PathSyntax): string {
  const path = [name, ...segments.map((each) => each.name)].join('/')
  return version === undefined ? path : `${path}@${version}`
}

/** LANGUAGE.md, "Export Statements". */
function inferredName(item: Item): string | undefined {
  return item.kind === 'node' ? (item.interface ?? item.externName) : undefined
}
