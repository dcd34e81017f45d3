/** What the host writes to streams and futures, as generated code reads it: `host-element-source.ts` writes what fills this. */
import { JavaScriptReader } from '../../abi/literal/from-javascript.ts'
import type { ListValue } from '../../abi/literal/value.ts'
import type { PointerType } from '../../abi/pointer.ts'
import type { ResourceType, ValueType } from '../../component/value-type.ts'
import type { HostChunk } from '../../runtime/async/host-buffer.ts'
import type { CanonicalContext } from '../../runtime/back-end.ts'
import type { ComponentInstance } from '../../runtime/component-instance.ts'
import { unexpected } from '../../runtime/mismatch.ts'
import type { RuntimeResource } from '../../runtime/resource.ts'
import type { Factory } from './bind.ts'
import { pathOf, type References } from './binding.ts'
import { reserveOwn } from './handles.ts'
import { changedOwn } from './recheck.ts'

/** What source sees as `bound` outside of its function. */
export interface HostElementBinding {
  readonly instance: ComponentInstance
  readonly resources: readonly RuntimeResource[]
  readonly references: References
  readonly context: CanonicalContext
}

export type HostElementFactory = Factory<HostElementBinding>

type Read = (element: HostElement, value: unknown) => void

/** Reads elements of one stream type, or what futures of one type bring. */
export class HostElementReader {
  readonly #context: CanonicalContext
  readonly #pointer: PointerType
  readonly #references: References
  readonly #read: Read

  constructor({ references, make }: HostElementFactory, context: CanonicalContext, pointer: PointerType) {
    this.#context = context
    this.#pointer = pointer
    this.#references = references
    const resources = references.resources.map((type: ResourceType) => context.resource(type))
    this.#read = make({ instance: context.instance, resources, references, context }) as Read
  }

  /** @throws {TypeError} */
  readChunk(chunk: unknown, type: ValueType, place: () => string): HostChunk {
    return this.#element(chunk, type, () => `${place()}: element[0]`)
  }

  /** @throws {TypeError} */
  readBrought(value: unknown, type: ValueType, place: () => string): HostChunk {
    return this.#element(value, type, () => `${place()}: value`)
  }

  #element(value: unknown, type: ValueType, place: () => string): HostElement {
    const interpret = (lifted: readonly unknown[]): ListValue => {
      const reader = new JavaScriptReader(this.#context, this.#pointer)
      return reader.read(lifted, { kind: 'list', element: type }, '') as ListValue
    }
    const element = new HostElement(this.#references, place, interpret)
    this.#read(element, value)
    return element
  }
}

/** A handle among what was read, and where the copy has it. */
interface Owned {
  readonly resource: RuntimeResource
  readonly container: unknown[]
  readonly key: number
  readonly site: number
  readonly indices: readonly number[]
}

/** One element, which nobody else has: what source sees as `bound` in its function. */
export class HostElement implements HostChunk {
  readonly count = 1
  /** Where its copy is put. */
  readonly lifted: unknown[] = [undefined]
  readonly #references: References
  readonly #place: () => string
  readonly #interpret: (lifted: readonly unknown[]) => ListValue
  #owned: Owned[] | undefined

  /**
   * @param place of the whole, for messages
   * @param interpret for who wants it as the interpreter has values
   */
  constructor(
    references: References,
    place: () => string,
    interpret: (lifted: readonly unknown[]) => ListValue,
  ) {
    this.#references = references
    this.#place = place
    this.#interpret = interpret
  }

  get values(): ListValue {
    return this.#interpret(this.lifted)
  }

  refuse(site: number, value: unknown, ...indices: number[]): TypeError {
    return unexpected(this.path(site, indices), this.#references.sites[site]!.expected, value)
  }

  refuseWith(site: number, value: unknown, got: string, ...indices: number[]): TypeError {
    return unexpected(this.path(site, indices), this.#references.sites[site]!.expected, value, got)
  }

  path(site: number, indices: readonly number[]): string {
    return `${this.#place()}${pathOf(this.#references.sites[site]!, indices)}`
  }

  /** The copy has a handle in it. */
  own(resource: RuntimeResource, container: unknown, key: unknown, site: number, ...indices: number[]): void {
    this.#owned ??= []
    this.#owned.push({ resource, container: container as unknown[], key: key as number, site, indices })
  }

  /**
   * All has been read. Code of the host's ran meanwhile: the handles have to be what they were, and are nobody else's from now on.
   *
   * @throws {TypeError}
   */
  take(): void {
    if (this.#owned === undefined) return
    for (const { resource, container, key, site, indices } of this.#owned) {
      const value = container[key] as object
      const changed = changedOwn(resource, value)
      if (changed !== undefined) throw this.refuseWith(site, value, changed, ...indices)
    }
    for (const { resource, container, key } of this.#owned) {
      container[key] = reserveOwn(resource, container[key] as object)
    }
  }

  abandon(): void {
    for (const { resource, container, key } of this.#owned ?? []) {
      resource.giveUp(container[key] as object)
    }
  }
}
