/**
 * Resources for property tests: one that the host implements, one of another component and one of the guest itself, and
 * handles of them. Random values hold placeholders; each run puts live handles of its own in their places.
 */
import assert from 'node:assert/strict'
import fc from './fast-check.ts'
import type { ResourceType } from '../../src/component/value-type.ts'
import { ComponentInstance } from '../../src/runtime/component-instance.ts'
import { GuestResource } from '../../src/runtime/guest-resource.ts'
import { resourceDrop } from '../../src/runtime/resource-builtins.ts'
import { type Handle, ResourceHandle } from '../../src/runtime/handle.ts'
import type { HandleTable } from '../../src/runtime/handle-table.ts'
import { HostResource } from '../../src/runtime/host-resource.ts'
import { nextStamp, type RuntimeResource } from '../../src/runtime/resource.ts'
import { resource } from './type-builders.ts'

export const hostResource: ResourceType = resource('host-thing')
export const foreignResource: ResourceType = resource('foreign-thing')
export const ownResource: ResourceType = resource('own-thing')
export const resourceTypes: readonly ResourceType[] = [hostResource, foreignResource, ownResource]

/** Stands for a handle in a random value; one placeholder stands for one handle, wherever it occurs. */
export class Placeholder {
  readonly type: ResourceType

  constructor(type: ResourceType) {
    this.type = type
  }
}

const shared = resourceTypes.map((type) => new Placeholder(type))

export function arbitraryFreshPlaceholder(type: ResourceType): fc.Arbitrary<Placeholder> {
  return fc.constant(type).map((one) => new Placeholder(one))
}

/** Mostly a fresh handle; sometimes one that others may pass too, and seldom one of the wrong resource. */
export function arbitraryPlaceholder(type: ResourceType): fc.Arbitrary<Placeholder> {
  return fc.oneof(
    { weight: 12, arbitrary: arbitraryFreshPlaceholder(type) },
    { weight: 2, arbitrary: fc.constantFrom(...shared.filter((one) => one.type === type)) },
    { weight: 1, arbitrary: fc.constantFrom(...shared) },
  )
}

class HostThing {
  readonly id: number

  constructor(id: number) {
    this.id = id
  }
}

/** The resources of one run. */
export class ResourceWorld {
  /** The instance that is called; it implements one of the resources. */
  readonly guest: ComponentInstance
  /** Another instance of the same tree, if there is one; it implements another of the resources. */
  readonly other: ComponentInstance
  readonly #resources: ReadonlyMap<ResourceType, RuntimeResource>
  readonly #handles = new Map<Placeholder, object>()
  readonly #made: { readonly type: ResourceType; readonly handle: object }[] = []
  #next = 1000

  /** @param parent of the guest, where it is one of a tree */
  constructor(parent?: ComponentInstance) {
    this.guest = new ComponentInstance(parent, 'guest')
    this.other = new ComponentInstance(parent, 'other')
    this.#resources = new Map<ResourceType, RuntimeResource>([
      [hostResource, new HostResource('host-thing', HostThing)],
      [foreignResource, new GuestResource('foreign-thing', 'ForeignThing', this.other, undefined)],
      [ownResource, new GuestResource('own-thing', 'OwnThing', this.guest, undefined)],
    ])
  }

  resource(type: ResourceType): RuntimeResource {
    return this.#resources.get(type)!
  }

  /** The value with live handles instead of placeholders. */
  materialize(value: unknown): unknown {
    return mapObjects(value, (object) => this.liveOf(object))
  }

  /** What stands in an object's place; undefined where it stays what it is. */
  protected liveOf(object: object): unknown {
    return object instanceof Placeholder ? this.#handleOf(object) : undefined
  }

  #handleOf(placeholder: Placeholder): object {
    const known = this.#handles.get(placeholder)
    if (known) return known
    const { type } = placeholder
    const id = this.#next++
    const handle = type === hostResource ? new HostThing(id) : this.resource(type).liftOwn(id, false)
    this.#handles.set(placeholder, handle)
    this.#made.push({ type, handle })
    return handle
  }

  /** From now on placeholders stand for new handles. */
  forget(): void {
    this.#handles.clear()
  }

  /** What a guest has to do before it returns: drops the borrows that it holds. */
  dropBorrows(guest: ComponentInstance): void {
    const { handles } = guest
    for (let index = 1, left = handles.size; left > 0; index++) {
      const handle = entryAt(handles, index)
      if (handle === undefined) continue
      left--
      if (handle instanceof ResourceHandle && !handle.own)
        (resourceDrop(guest, handle.resource) as (index: number) => void)(index)
    }
  }

  /** The value with plain descriptions instead of handles; those that are owned are used up. */
  describe(value: unknown): unknown {
    return mapObjects(value, (object) => this.descriptionOf(object))
  }

  /** What stands for an object; undefined where it is plain. */
  protected descriptionOf(object: object): unknown {
    if (object instanceof HostThing) return { host: object.id }
    for (const [type, known] of this.#resources) {
      if (!(object instanceof known.class)) continue
      if (known.claimOwn(object, nextStamp()) === undefined)
        return { own: known.takeOwn(object), of: type.name }
      if (known.claimBorrow(object, nextStamp()) !== undefined) return { ended: type.name }
      const rep = known.lend(object)
      known.endLend(object)
      return { borrow: rep, of: type.name }
    }
    return undefined
  }

  /** An entry of a handle table. The rep of a host's object is nobody's business but the host's. */
  describeHandle(handle: Handle): unknown {
    assert.ok(handle instanceof ResourceHandle)
    const { resource, rep, own, lends } = handle
    const what = resource.owner === undefined ? this.describe(resource.liftBorrow(rep)) : rep
    return { name: resource.name, what, own, lends }
  }

  /** What has become of the handles that the host made. */
  fates(): readonly unknown[] {
    return this.#made.map(({ type, handle }) => this.resource(type).claimBorrow(handle, nextStamp()))
  }

  dispose(): void {
    this.other.dispose()
  }
}

function entryAt(handles: HandleTable<Handle>, index: number): Handle | undefined {
  try {
    return handles.get(index)
  } catch {
    return undefined
  }
}

/** A deep copy, in which `replace` may put something else in an object's place. */
function mapObjects(value: unknown, replace: (object: object) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const replaced = replace(value)
  if (replaced !== undefined) return replaced
  if (ArrayBuffer.isView(value)) return value
  if (Array.isArray(value)) return value.map((part) => mapObjects(part, replace))
  if (value instanceof Map) {
    return new Map(Array.from(value, ([key, part]) => [key, mapObjects(part, replace)]))
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapObjects(part, replace)]))
}
