/** Host functions may return something that has to be waited for. */
import type { FunctionType } from '../component/extern-type.ts'
import { Trap } from '../errors.ts'
import { canSuspend } from './switch.ts'

/** Whether a host function returned something that has to be waited for. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'object' || value === null) return false
  return value instanceof Promise || typeof (value as Partial<PromiseLike<unknown>>).then === 'function'
}

/** The same of a host function of this type: where it returns a future, a promise is what it returns. */
export function isPending(value: unknown, type: FunctionType): value is PromiseLike<unknown> {
  return !returnsFuture(type) && isThenable(value)
}

/** Whether a promise is what such a host function returns, and nothing that has to be waited for. */
export function returnsFuture({ result }: FunctionType): boolean {
  const returned = result?.kind === 'result' ? result.ok : result
  return returned?.kind === 'future'
}

/** What a call that cannot be suspended says of a promise that the host function `name` returned. */
export function cannotBlock(name: string, promise: PromiseLike<unknown>): Trap {
  // Nobody waits for it any more; that it fails is no unhandled rejection.
  promise.then(undefined, () => {})
  const why = canSuspend
    ? 'a call of the synchronous view cannot wait for it: call the export through the promise view (`instance.async`)'
    : 'this engine cannot suspend a guest to wait for it: it has no JSPI, which Node has from 24 on'
  return new Trap('cannot-block', `${name}: the host function returned a promise, and ${why}`)
}
