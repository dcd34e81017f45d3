import type { ResourceType } from 'tenon'
import type { LiveResource } from '../contract/run.ts'
import { cutText } from './cut-text.ts'

interface Kept {
  readonly id: number
  readonly handle: object
  readonly resource: string
  readonly from: string
}

// Engines that have no `using` yet have no symbol for it either.
const disposeSymbol: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose')

/** Resources that are kept; what is returned beyond is left to the collector. */
const most = 1_000
/** Characters of a name, which components choose. */
const longestName = 500

/** The resources that calls returned: the page knows them by numbers. */
export class Resources {
  readonly #kept = new Map<number, Kept>()
  readonly #ids = new Map<object, number>()
  #last = 0

  get list(): readonly LiveResource[] {
    return Array.from(this.#kept.values(), ({ id, resource, from }) => ({ id, resource, from }))
  }

  /** Keeps a handle that a call returned, and says how texts write it. */
  keep(handle: object, type: ResourceType, from: string): string {
    if (!this.#ids.has(handle) && this.#kept.size < most) {
      const id = ++this.#last
      this.#kept.set(id, { id, handle, resource: cutText(type.name ?? 'resource', longestName), from })
      this.#ids.set(handle, id)
    }
    return this.nameOf(handle, type)
  }

  /** How texts write a handle. */
  nameOf(handle: unknown, type: ResourceType): string {
    const id = this.#ids.get(handle as object)
    return id === undefined ? `<${type.name ?? 'resource'}>` : `#${id}`
  }

  find(id: number): object | undefined {
    return this.#kept.get(id)?.handle
  }

  /** It is somebody else's now. */
  forget(handle: object): void {
    const id = this.#ids.get(handle)
    if (id === undefined) return
    this.#ids.delete(handle)
    this.#kept.delete(id)
  }

  /** @throws what its destructor throws */
  drop(id: number): void {
    const handle = this.find(id)
    if (handle === undefined) throw unknownResource(id)
    this.forget(handle)
    ;(handle as Partial<Disposable>)[disposeSymbol]?.()
  }
}

export function unknownResource(id: number): TypeError {
  return new TypeError(`#${id} is no resource that lives`)
}
