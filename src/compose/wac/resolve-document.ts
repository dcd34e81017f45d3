import type { ComponentType } from '../../component/extern-type.ts'
import { type Features, Gates } from '../../wit/gates.ts'
import { nameInPackage, type PackageName } from '../../wit/package.ts'
import type { Problems } from '../../wit/problems.ts'
import type { References } from '../../wit/references.ts'
import { interfaceType, worldType } from '../../wit/world-type.ts'
import type { Composition } from '../composition.ts'
import { checkTarget } from './check-target.ts'
import { Document } from './document.ts'
import { inferredExportName } from './inferred-name.ts'
import type { Item, NodeItem } from './item.ts'
import { PackageLoader } from './load-package.ts'
import type { PackageFinder } from './package-finder.ts'
import { ExpressionResolver } from './resolve-expression.ts'
import { ImportResolver } from './resolve-import.ts'
import { PathResolver, pathText } from './resolve-path.ts'
import { TypeResolver } from './resolve-types.ts'
import type { DocumentSyntax, ExportSyntax, PathSyntax, StatementSyntax } from './syntax.ts'

export interface ResolvedWac {
  /** The document's own name. */
  readonly package: PackageName
  readonly composition: Composition
}

/** Evaluates the statements of a document from top to bottom. */
export class DocumentResolver {
  readonly #syntax: DocumentSyntax
  readonly #package: PackageName
  readonly document: Document
  readonly #paths: PathResolver
  readonly #types: TypeResolver
  readonly #imports: ImportResolver
  readonly #expressions: ExpressionResolver

  constructor(
    syntax: DocumentSyntax,
    problems: Problems,
    finder: PackageFinder,
    features: Features,
    references?: References,
  ) {
    const { name, version } = syntax.package
    const colon = name.lastIndexOf(':')
    this.#syntax = syntax
    this.#package = { namespace: name.slice(0, colon), package: name.slice(colon + 1), version }
    this.document = new Document(syntax, problems, references)
    const loader = new PackageLoader(this.document, finder)
    this.#paths = new PathResolver(this.document, loader, name)
    this.#types = new TypeResolver(this.document, this.#paths, this.#package, new Gates(features, problems))
    this.#imports = new ImportResolver(this.document, this.#paths, this.#types)
    this.#expressions = new ExpressionResolver(this.document, loader, name)
  }

  resolve(): ResolvedWac {
    const { statements, targets } = this.#syntax
    for (const [index, each] of statements.entries()) {
      this.document.origins.statement = index
      this.document.attempt(() => this.#statement(each))
    }
    if (targets) this.document.attempt(() => this.#checkTarget(targets))
    // Arguments are compared in the order of the imports, and targets last.
    this.document.problems.sort(0)
    return { package: this.#package, composition: this.document.composition }
  }

  #statement(syntax: StatementSyntax): void {
    if (syntax.kind === 'export') {
      this.#export(syntax)
      return
    }
    const id = syntax.kind === 'import' || syntax.kind === 'let' ? syntax.id : syntax.name
    const item = this.document.attempt(() => {
      const made = this.#define(syntax)
      this.document.checkNew(id)
      return made
    })
    this.document.define(id, item)
    if (item?.kind === 'node') this.document.label(item.node, id.name)
  }

  #define(syntax: Exclude<StatementSyntax, ExportSyntax>): Item | undefined {
    switch (syntax.kind) {
      case 'import': {
        const made = this.#imports.import(syntax)
        const { origins } = this.document
        origins.addNode(made.node, this.#syntax.spans[origins.statement]!)
        return made
      }
      case 'let':
        return this.#expressions.evaluate(syntax.expression)
      case 'interface': {
        const before = this.document.problems.count
        const resolved = this.#types.interface(syntax)
        if (this.document.problems.count > before || resolved.excluded) return undefined
        const node = this.#defineType(syntax.name, interfaceType(resolved.model))
        return { kind: 'interface', resolved, node }
      }
      case 'world': {
        const before = this.document.problems.count
        const resolved = this.#types.world(syntax)
        if (this.document.problems.count > before || resolved.excluded) return undefined
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
    return this.document.defineType(id.name, id, { kind: 'type', bound: 'eq', type })
  }

  #export({ expression, as, spread }: ExportSyntax): void {
    const item = this.#expressions.evaluate(expression)
    if (spread !== undefined) {
      this.#spread(item, expression)
      return
    }
    if (item.node === undefined) this.document.stop()
    const name = as?.text ?? (item.kind === 'node' ? inferredExportName(item) : undefined)
    if (name === undefined) {
      this.document.fail(
        expression,
        'export statement requires an `as` clause as the export name cannot be inferred',
        { notes: ['name it: `export … as name;`'] },
      )
    }
    const span = as ?? expression
    if (
      item.kind !== 'node' &&
      expression.kind === 'name' &&
      this.document.renamed.get(expression.name) === as
    )
      return
    const note = as === undefined ? 'use `as` to export it under another name' : undefined
    this.#exportNode(item.node, name, span, note)
  }

  #spread(item: Item, span: { start: number; end: number }): void {
    const { node: instance, exports } = this.#expressions.instance(item, span, 'a spread operation')
    const free = [...exports.keys()].filter((name) => this.document.exportPlace(name) === undefined)
    if (free.length === 0) {
      this.document.fail(
        span,
        'instance has no exports or all exports of the instance match previously exported names',
      )
    }
    for (const name of free) {
      const { node } = this.#expressions.alias(instance, name, span)
      this.#exportNode(node, name, span)
    }
  }

  #exportNode(
    node: NodeItem['node'],
    name: string,
    span: { start: number; end: number },
    note?: string,
  ): void {
    this.document.checkExport(name, span, 'export', note)
    if (name.startsWith('[')) {
      this.document.fail(
        span,
        `\`${name}\` is a function of a resource, and is exported with its instance only`,
        {
          notes: ['export the instance: `export instance as name;`'],
        },
      )
    }
    this.document.composition = this.document.compose(span, (graph) => graph.export(node, name))
    this.document.origins.addExport(name, node)
    this.document.noteExport(name, span, 'exported here')
  }

  #checkTarget(path: PathSyntax): void {
    const found = this.#paths.path(path)
    if (found.kind !== 'world') {
      this.document.fail(path, `\`${pathText(path)}\` (${this.document.describe(found)}) is not a world`)
    }
    checkTarget(this.document, path, pathText(path), found.resolved.model)
  }
}
