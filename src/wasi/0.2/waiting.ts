import { type HostFunctionTraits, hostFunction } from '../../runtime/host-function.ts'
import { blockOn, type Operation, suspendOn } from '../host/wait.ts'

/**
 * A host function that may have to wait: in the promise view it then returns a promise, in the synchronous view it blocks
 * the thread. `who` is its name in messages.
 */
export function waiting<This, Args extends unknown[], T>(
  who: string,
  operation: (this: This, ...args: Args) => Operation<T>,
  says: Pick<HostFunctionTraits, 'borrowsBytes'> = {},
): (this: This, ...args: Args) => T | Promise<T> {
  const sync = function (this: This, ...args: Args): T {
    return blockOn(operation.apply(this, args), who)
  }
  return hostFunction({ ...says, sync }, function (this: This, ...args: Args): T | Promise<T> {
    return suspendOn(operation.apply(this, args))
  })
}

/** Says of an interface's functions, or of a class's methods so far, that they never return a promise. */
export function neverBlocks<T extends object>(functions: T): T {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(functions))) {
    if (typeof value === 'function' && name !== 'constructor') hostFunction({ blocks: false }, value)
  }
  return functions
}
