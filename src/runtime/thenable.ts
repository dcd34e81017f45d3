/** Host functions may return something that has to be waited for. */
import { Trap } from '../errors.ts'

/** Whether a host function returned something that has to be waited for. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'object' || value === null) return false
  return value instanceof Promise || typeof (value as Partial<PromiseLike<unknown>>).then === 'function'
}

/** What a call that cannot be suspended says of a promise that the host function `name` returned. */
export function cannotBlock(name: string, promise: PromiseLike<unknown>): Trap {
  // Nobody waits for it any more; that it fails is no unhandled rejection.
  promise.then(undefined, () => {})
  return new Trap(
    'cannot-block',
    `${name}: the host function returned a promise, and a call of the synchronous view cannot wait for it: call the export through the promise view (\`instance.async\`)`,
  )
}
