/** What a handle table holds (CanonicalABI.md, "Resource State"). */
import { Trap } from '../errors.ts'
import type { ComponentInstance } from './component-instance.ts'
import type { RuntimeResource } from './resource.ts'

/** Counts the borrow handles that one call into a component was given and has not dropped (`Task.num_borrows`). */
export class BorrowScope {
  borrows = 0
}

/** What the table holds beside handles of resources says that it is none. */
interface OtherEntry {
  readonly resource: undefined
}

export class ResourceHandle {
  readonly resource: RuntimeResource
  /** The core value that the implementation knows the resource by. */
  readonly rep: number
  /** The call that it was lent to; undefined for an `own` handle. */
  readonly scope: BorrowScope | undefined
  /** How many calls it is lent to at this moment. */
  lends = 0

  constructor(resource: RuntimeResource, rep: number, scope: BorrowScope | undefined) {
    this.resource = resource
    this.rep = rep
    this.scope = scope
  }

  get own(): boolean {
    return this.scope === undefined
  }
}

/** Waitables, waitable sets and error contexts stand beside it: see `async/`. */
export type Handle = ResourceHandle | OtherEntry

/**
 * The handle of a resource type at an index that the guest gave.
 *
 * @throws {Trap} unknown-handle, handle-type
 */
export function checkedHandle(
  instance: ComponentInstance,
  index: number,
  resource: RuntimeResource,
): ResourceHandle {
  const handle = instance.handles.get(index >>> 0)
  if (handle.resource === resource) return handle
  if (handle.resource === undefined) {
    throw new Trap(
      'handle-type',
      `handle index ${index >>> 0} used with the wrong type: it is no resource, where one of ${resource.name} belongs`,
    )
  }
  throw new Trap(
    'handle-type',
    `handle index ${index >>> 0} used with the wrong type, expected ${definer(resource)}-defined resource but found a different ${definer(handle.resource)}-defined resource: a handle of ${handle.resource.name} where one of ${resource.name} belongs`,
  )
}

/** @throws {Trap} resource-lent */
export function unlent(handle: ResourceHandle): ResourceHandle {
  if (handle.lends > 0) {
    throw new Trap(
      'resource-lent',
      `cannot remove owned resource while borrowed: a handle of ${handle.resource.name} is lent to ${handle.lends} running call(s)`,
    )
  }
  return handle
}

function definer(resource: RuntimeResource): 'host' | 'guest' {
  return resource.owner === undefined ? 'host' : 'guest'
}
