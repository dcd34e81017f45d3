/**
 * CanonicalABI.md, "canon lower": a function that takes and returns component values as a core function for the guest.
 * Nothing is thrown into the guest, which could catch it: see `runtime/trap.ts`.
 */
import type { LiftedFunction, LoweredFunction, LowerContext, Signature } from '../../runtime/back-end.ts'
import { traitsOf } from '../../runtime/host-function.ts'
import { failSuspended, runningCall } from '../../runtime/suspendable.ts'
import { canSuspend } from '../../runtime/switch.ts'
import { cannotBlock } from '../../runtime/thenable.ts'
import { crash, hostFailure } from '../../runtime/trap.ts'
import { flattenFunction } from '../flatten.ts'
import type { CoreValue } from './core-value.ts'
import { Subtask } from './subtask.ts'

type Callee = (...args: unknown[]) => unknown

export function canonLower(signature: Signature, context: LowerContext): LoweredFunction {
  const { instance } = context
  const type = flattenFunction(signature.type, signature.options, 'lower')
  const callees = calleesOf(context)

  const plain = (...flatArgs: CoreValue[]): CoreValue | undefined => {
    try {
      instance.checkMayLeave()
      return callPlainly(new Subtask(signature, context, flatArgs), callees.plain, signature.name)
    } catch (error) {
      crash(instance, hostFailure(instance, signature.name, error))
    }
  }
  if (callees.suspending === undefined) return { plain, suspending: undefined, instance, type }

  const { suspending: callee } = callees
  // What a failed call returns reaches nobody: the switch traps.
  const nothing = type.results[0] === 'i64' ? 0n : 0
  const suspending = (...flatArgs: CoreValue[]): unknown => {
    const call = runningCall()
    const fail = (error: unknown): CoreValue => {
      failSuspended(instance, call, hostFailure(instance, signature.name, error))
      return nothing
    }
    try {
      instance.checkMayLeave()
      const results = callSuspending(new Subtask(signature, context, flatArgs), callee)
      if (!(results instanceof Promise)) return results
      return results.then((flat) => flat ?? nothing, fail)
    } catch (error) {
      return fail(error)
    }
  }
  return { plain, suspending, instance, type }
}

interface Callees {
  readonly plain: Callee
  /** Undefined where the callee never returns a promise, or where nothing can be suspended. */
  readonly suspending: Callee | undefined
}

function calleesOf({ callee, target }: LowerContext): Callees {
  const { sync, blocks } = traitsOf(callee)
  const mayBlock = target === undefined ? blocks !== false : target.mayBlock
  const awaitable = target === undefined ? callee : (callee as LiftedFunction).promise
  return {
    plain: (sync ?? callee) as Callee,
    suspending: canSuspend && mayBlock ? (awaitable as Callee) : undefined,
  }
}

function callPlainly(subtask: Subtask, callee: Callee, name: string): CoreValue | undefined {
  try {
    const returned = callee(...subtask.start())
    if (subtask.isPending(returned)) throw cannotBlock(name, returned)
    return subtask.returned(returned)
  } catch (error) {
    return subtask.thrown(error)
  } finally {
    subtask.end()
  }
}

/** Returns a promise only where the callee did. */
function callSuspending(
  subtask: Subtask,
  callee: Callee,
): CoreValue | undefined | Promise<CoreValue | undefined> {
  let pending = false
  try {
    const returned = callee(...subtask.start())
    pending = subtask.isPending(returned)
    return pending ? settle(subtask, returned) : subtask.returned(returned)
  } catch (error) {
    return subtask.thrown(error)
  } finally {
    if (!pending) subtask.end()
  }
}

async function settle(subtask: Subtask, promise: unknown): Promise<CoreValue | undefined> {
  try {
    return subtask.returned(await promise)
  } catch (error) {
    return subtask.thrown(error)
  } finally {
    subtask.end()
  }
}
