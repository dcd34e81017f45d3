import { ComponentError } from '../../errors.ts'
import type { Instance } from '../../index.ts'
import type { CallableFunction } from '../../component/callable-function.ts'

export interface Returned {
  readonly value: unknown
  /** Whether it is the error case of the function's `result`. */
  readonly failed: boolean
}

/** Calls a function by its name. Its own `result` is thrown or returned; here it is a value again. */
export async function invoke(
  instance: Instance,
  { interface: path, name, type }: CallableFunction,
  values: readonly unknown[],
): Promise<Returned> {
  const within = path === undefined ? instance.async : instance.async[path]
  if (type.result?.kind !== 'result') return { value: await within[name](...values), failed: false }
  try {
    return { value: { tag: 'ok', val: await within[name](...values) }, failed: false }
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error
    return { value: { tag: 'err', val: error.payload }, failed: true }
  }
}
