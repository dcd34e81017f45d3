/** What core wasm calls of the runtime and what may block: see `../switch.ts` for how it is bound. */
import type { CoreValue } from '../../abi/literal/core-value.ts'
import type { CoreFunction, LoweredFunction } from '../back-end.ts'
import type { ComponentInstance } from '../component-instance.ts'
import { failSuspended, runningCall } from '../suspendable.ts'
import { canSuspend } from '../switch.ts'
import { crash, reveal } from '../trap.ts'
import type { CoreShape } from './thread-core.ts'

type Returned = CoreValue | undefined

/** A promise only where `suspends`: else it throws where it would have to wait. */
export type MayBlock = (suspends: boolean, ...args: CoreValue[]) => Returned | Promise<Returned>

export function blockingFunction(
  instance: ComponentInstance,
  { parameters, results }: CoreShape,
  run: MayBlock,
): LoweredFunction {
  const plain = (...args: CoreValue[]): Returned => {
    try {
      // What cannot suspend gets no promise.
      return run(false, ...args) as Returned
    } catch (error) {
      crash(instance, reveal(error))
    }
  }
  // What a failed call returns reaches nobody: the switch traps.
  const nothing = results[0] === 'i64' ? 0n : 0
  const suspending = (...args: CoreValue[]): unknown => {
    const call = runningCall()
    const fail = (error: unknown): CoreValue => {
      failSuspended(instance, call, reveal(error))
      return nothing
    }
    try {
      const returned = run(true, ...args)
      return returned instanceof Promise ? returned.then((value) => value ?? nothing, fail) : returned
    } catch (error) {
      return fail(error)
    }
  }
  const type = { parameters, results, spillsParameters: false, spillsResult: false }
  return { plain, suspending: canSuspend ? suspending : undefined, instance, type }
}

/** The same for what never blocks: no switch is needed. */
export function plainFunction(
  instance: ComponentInstance,
  run: (...args: CoreValue[]) => Returned,
): CoreFunction {
  return (...args: CoreValue[]) => {
    try {
      return run(...args)
    } catch (error) {
      crash(instance, error)
    }
  }
}
