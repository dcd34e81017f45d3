import type {
  AliasDefinition,
  AliasTarget,
  CoreType,
  CoreTypeDefinition,
  Sort,
  TypeDefinition,
  TypeSyntax,
} from '../../component/component.ts'
import type {
  ComponentIndex,
  CoreFuncIndex,
  CoreInstanceIndex,
  CoreMemoryIndex,
  CoreModuleIndex,
  CoreTableIndex,
  CoreTypeIndex,
  FuncIndex,
  InstanceIndex,
  TypeIndex,
  ValueIndex,
} from '../../component/indices.ts'
import { nearest } from '../../diagnostics/nearest.ts'
import type { Source } from '../../diagnostics/source.ts'
import type { Span } from '../../diagnostics/span.ts'
import { WatError } from '../../errors.ts'
import { indexOf } from '../number-literal.ts'
import { type AtomNode, watError } from '../s-expression.ts'
import type { Binding } from './cursor.ts'

/** A type, and the scope that its indices are of. */
export interface ScopedType {
  readonly type: TypeSyntax
  readonly scope: Scope
}

/** The index space of each sort. */
export interface IndexOf {
  'core func': CoreFuncIndex
  'core table': CoreTableIndex
  'core memory': CoreMemoryIndex
  'core global': number
  'core tag': number
  'core type': CoreTypeIndex
  'core module': CoreModuleIndex
  'core instance': CoreInstanceIndex
  func: FuncIndex
  value: ValueIndex
  type: TypeIndex
  component: ComponentIndex
  instance: InstanceIndex
}

/** What may stand in a component and in its type alike. */
export type SharedItem = AliasDefinition | TypeDefinition | CoreTypeDefinition

export const anonymous: Binding = { id: undefined, name: undefined }

/** Sorts that an inner component may use of an outer one. */
const outerSorts: ReadonlySet<Sort> = new Set(['core module', 'core type', 'type', 'component'])

/**
 * The index spaces of a component, or of the type of a component, instance or core module, while it is parsed: how
 * many definitions there are of each sort, and what they are called. Names are looked up outwards: one that is found
 * in an outer scope becomes an `outer` alias, before the definition that uses it.
 */
export class Scope {
  readonly source: Source
  readonly id: string | undefined
  readonly parent: Scope | undefined
  readonly #add: (item: SharedItem) => void
  readonly #counts = new Map<Sort, number>()
  /** Types that are defined here, by index: values are written by their types. */
  readonly #types = new Map<number, ScopedType>()
  readonly #ids = new Map<Sort, Map<string, { readonly index: number; readonly span: Span }>>()
  /** For the name section. */
  readonly names = new Map<Sort, Map<number, string>>()

  /** `add` puts a definition at the end of what this is the scope of. */
  constructor(
    source: Source,
    id: AtomNode | undefined,
    parent: Scope | undefined,
    add: (item: SharedItem) => void,
  ) {
    this.source = source
    this.id = id?.text
    this.parent = parent
    this.#add = add
  }

  /** The next index of the sort. */
  define<S extends Sort>(sort: S, { id, name }: Binding = anonymous): IndexOf[S] {
    const index = this.#counts.get(sort) ?? 0
    this.#counts.set(sort, index + 1)
    if (id) this.#bind(sort, id, index)
    if (name !== undefined) mapOf(this.names, sort).set(index, name)
    return index as IndexOf[S]
  }

  #bind(sort: Sort, id: AtomNode, index: number): void {
    const ids = mapOf(this.#ids, sort)
    const first = ids.get(id.text)
    if (first) {
      throw duplicateIdentifier(this.source, sort, id, first)
    }
    ids.set(id.text, { index, span: id.span })
  }

  type(type: TypeSyntax, binding?: Binding): TypeIndex {
    this.#add({ kind: 'type', offset: 0, type })
    const index = this.define('type', binding)
    this.#types.set(index, { type, scope: this })
    return index
  }

  /** The definition of a type; undefined where it is imported, or an alias of an export. */
  typeAt(index: number): ScopedType | undefined {
    return this.#types.get(index)
  }

  /** Core types have their names before they are read: they may refer to themselves and to each other. */
  coreTypes(bindings: readonly Binding[], read: () => CoreType): CoreTypeIndex {
    const [first] = bindings.map((binding) => this.define('core type', binding))
    this.#add({ kind: 'core-type', offset: 0, type: read() })
    return first ?? (0 as CoreTypeIndex)
  }

  alias<S extends Sort>(sort: S, target: AliasTarget, binding?: Binding): IndexOf[S] {
    this.#add({ kind: 'alias', offset: 0, sort, target })
    const index = this.define(sort, binding)
    if (sort === 'type' && target.kind === 'outer') this.#rememberOuter(index, target.count, target.index)
    return index
  }

  #rememberOuter(index: number, count: number, outer: number): void {
    let scope: Scope | undefined = this
    for (; scope && count > 0; count--) scope = scope.parent
    const type = scope?.typeAt(outer)
    if (type) this.#types.set(index, type)
  }

  /** The index that `$id` or a number denotes, through an `outer` alias where it is defined further out. */
  resolve<S extends Sort>(sort: S, node: AtomNode): IndexOf[S] {
    const number = indexOf(node.text)
    if (number !== undefined) return this.#checked(number, node.span) as IndexOf[S]
    let count = 0
    for (let scope: Scope | undefined = this; scope; scope = scope.parent, count++) {
      const found = scope.#ids.get(sort)?.get(node.text)?.index
      if (found === undefined) continue
      if (count === 0) return found as IndexOf[S]
      if (!outerSorts.has(sort)) {
        const message = `outer item \`${node.text.slice(1)}\` is not a module, type, or component`
        throw watError(this.source, node.span, message)
      }
      return this.alias(sort, { kind: 'outer', count, index: found })
    }
    return this.#unknown(sort, node)
  }

  /** The same without looking further out. */
  resolveHere(sort: Sort, node: AtomNode): number {
    const number = indexOf(node.text)
    if (number !== undefined) return this.#checked(number, node.span)
    return this.#ids.get(sort)?.get(node.text)?.index ?? this.#unknown(sort, node)
  }

  /** How many scopes further out: a number, or the `$id` of a component around. */
  resolveOuter(node: AtomNode): { readonly count: number; readonly scope: Scope | undefined } {
    const number = indexOf(node.text)
    let count = 0
    for (let scope: Scope | undefined = this; scope; scope = scope.parent, count++) {
      if (number === undefined ? scope.id === node.text : count === number) return { count, scope }
    }
    if (number !== undefined) return { count: this.#checked(number, node.span), scope: undefined }
    throw watError(this.source, node.span, `outer component \`${node.text}\` not found`)
  }

  #checked(number: number, span: Span): number {
    if (!Number.isNaN(number)) return number
    throw watError(this.source, span, 'the index is out of range: at most 4294967295')
  }

  #unknown(sort: Sort, node: AtomNode): never {
    const candidates = nearest(node.text, this.#ids.get(sort)?.keys() ?? [])
    const notes =
      candidates.length > 0 ? [`did you mean ${candidates.map((id) => `\`${id}\``).join(' or ')}?`] : []
    const message = `unknown ${sort}: failed to find name \`${node.text}\``
    throw watError(this.source, node.span, message, notes)
  }
}

function mapOf<Key, Inner, Value>(maps: Map<Key, Map<Inner, Value>>, key: Key): Map<Inner, Value> {
  let map = maps.get(key)
  if (!map) {
    map = new Map()
    maps.set(key, map)
  }
  return map
}

/** Points at both. */
export function duplicateIdentifier(
  source: Source,
  sort: string,
  id: AtomNode,
  first: { readonly span: Span },
): WatError {
  return new WatError({
    message: `duplicate ${sort} identifier: \`${id.text}\` is taken`,
    labels: [
      { source, span: id.span, text: 'again' },
      { source, span: first.span, text: 'first here' },
    ],
    notes: [],
  })
}
