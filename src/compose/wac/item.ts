import type { ExternType, FunctionType } from '../../component/extern-type.ts'
import type { TypeDefinition } from '../../wit/package.ts'
import type { Place } from '../../wit/problems.ts'
import type { ResolvedInterface, ResolvedWorld } from '../../wit/resolved-item.ts'
import type { NodeId } from '../composition-node.ts'

/** What a name of a document, or a path, can stand for. */
export type Item =
  | NodeItem
  | (Defined & { readonly kind: 'interface'; readonly resolved: ResolvedInterface })
  | (Defined & { readonly kind: 'world'; readonly resolved: ResolvedWorld })
  | (Defined & { readonly kind: 'type'; readonly definition: TypeDefinition })
  | (Defined & { readonly kind: 'function-type'; readonly type: FunctionType })

interface Defined {
  /** Undefined for what another package defines. */
  readonly node: NodeId | undefined
}

/** Something that is there at run time. */
export interface NodeItem {
  readonly kind: 'node'
  readonly node: NodeId
  /** Of an instance of an interface that has a name: `ns:pkg/name@1.0.0`. */
  readonly interface: string | undefined
  /** Under which it was imported, or exported by the instance that it was taken from. */
  readonly externName: string | undefined
}

export interface Named {
  /** Undefined where what is wrong with it was said before. */
  readonly item: Item | undefined
  readonly place: Place
}

const kinds: Readonly<Record<Exclude<ExternType['kind'], 'type'>, string>> = {
  function: 'a function',
  instance: 'an instance',
  component: 'a component',
  'core-module': 'a core module',
  value: 'a value',
}

/** For messages: `a function`, `an interface`, `the type u32`. */
export function describeItem(item: Item, typeOf: (node: NodeId) => ExternType): string {
  switch (item.kind) {
    case 'interface':
      return 'an interface'
    case 'world':
      return 'a world'
    case 'function-type':
      return 'a function type'
    case 'type':
      return `the type ${item.definition.type.kind}`
    case 'node': {
      const type = typeOf(item.node)
      return type.kind === 'type' ? `the type ${type.type.kind}` : kinds[type.kind]
    }
  }
}
