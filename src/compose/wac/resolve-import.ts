import type { ExternType, FunctionType } from '../../component/extern-type.ts'
import { nameInPackage } from '../../wit/package.ts'
import type { ResolvedInterface } from '../../wit/resolved-item.ts'
import type { Identifier } from '../../wit/syntax.ts'
import { interfaceType, worldType } from '../../wit/world-type.ts'
import type { Document } from './document.ts'
import type { Item, NodeItem } from './item.ts'
import { namedTypeIn } from './named-types.ts'
import { type PathResolver, pathText } from './resolve-path.ts'
import type { TypeResolver } from './resolve-types.ts'
import type { ImportSyntax } from './syntax.ts'

/** Evaluates `import` statements. */
export class ImportResolver {
  readonly #document: Document
  readonly #paths: PathResolver
  readonly #types: TypeResolver

  constructor(document: Document, paths: PathResolver, types: TypeResolver) {
    this.#document = document
    this.#paths = paths
    this.#types = types
  }

  /** @throws {Unreadable} where what is to be imported is not there or cannot be imported, which is reported */
  import(syntax: ImportSyntax): NodeItem {
    const { id, as, type } = syntax
    const wanted = this.#importType(syntax)
    const name = as?.text ?? wanted.name ?? id.name
    const span = as ?? (type.kind === 'path' ? type.path : id)
    this.#document.checkImport(name, span, as === undefined)
    const [composition, node] = this.#document.compose(span, (graph) =>
      graph.import(name, wanted.type, wanted.uses),
    )
    this.#document.composition = composition
    this.#document.noteImport(name, span)
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
        return { ...found, name: pathText(type.path) }
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
