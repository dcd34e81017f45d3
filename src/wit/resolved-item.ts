import type { WitInterface, WitWorld, WorldItem } from './package.ts'
import type { Place } from './problems.ts'
import type { Name } from './type-scope.ts'

/** An interface of the model, and what the model does not say of it. */
export interface ResolvedInterface {
  readonly kind: 'interface'
  readonly model: WitInterface
  readonly names: ReadonlyMap<string, Name>
  readonly place: Place
  /** A gate leaves it out. */
  readonly excluded: boolean
}

export interface ResolvedWorld {
  readonly kind: 'world'
  readonly model: WitWorld
  /** The model's own, empty until all items are there. */
  readonly finished: {
    readonly imports: Map<string, WorldItem>
    readonly exports: Map<string, WorldItem>
  }
  /** While it is put together, with the places of its items. */
  readonly imports: WorldItems
  readonly exports: WorldItems
  readonly place: Place
  readonly excluded: boolean
}

/** By extern name. */
export type WorldItems = Map<string, { readonly item: WorldItem; readonly place: Place }>

export type ResolvedItem =
  | ResolvedInterface
  | ResolvedWorld
  /** What is wrong with it was said before. */
  | { readonly kind: 'broken' }
