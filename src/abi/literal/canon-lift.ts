/** CanonicalABI.md, "canon lift": a core function of the guest as one that takes and returns component values. */
import type { LiftContext, LiftedFunction, Signature } from '../../runtime/back-end.ts'
import { Border } from '../../runtime/entering.ts'
import { type CallSteps, callSuspendable } from '../../runtime/suspendable.ts'
import { promising } from '../../runtime/switch.ts'
import { flattenFunction } from '../flatten.ts'
import type { AnyCoreFunction, CoreValue } from './core-value.ts'
import { orThrow } from './function-result.ts'
import { Task } from './task.ts'

type Suspendable = (...args: CoreValue[]) => Promise<CoreValue | undefined>

export function canonLift(signature: Signature, context: LiftContext): LiftedFunction {
  const border = new Border(context.instance, context.caller)
  const synchronous = (...args: unknown[]): unknown =>
    callSynchronously(border, new Task(signature, context, args), context.callee as AnyCoreFunction)

  const { type, options } = signature
  const suspendable = promising(context.callee, flattenFunction(type, options, 'lift'), context.typeOf) as
    | Suspendable
    | undefined
  const promise = async (...args: unknown[]): Promise<unknown> =>
    suspendable === undefined
      ? synchronous(...args)
      : callSuspendable(border, stepsOf(new Task(signature, context, args), suspendable))

  return Object.assign(synchronous, { promise })
}

function callSynchronously(border: Border, task: Task, callee: AnyCoreFunction): unknown {
  const saved = border.enter()
  let result: unknown
  try {
    result = task.return(callee(...task.start()))
  } catch (thrown) {
    throw border.fail(saved, thrown)
  } finally {
    task.end()
  }
  border.leave(saved)
  return orThrow(result)
}

function stepsOf(task: Task, callee: Suspendable): CallSteps {
  return {
    start(begin) {
      const args = task.start()
      begin()
      return callee(...args)
    },
    finish: (returned) => task.return(returned as CoreValue | undefined),
    reserve: () => task.reserve(),
    abandon: () => task.abandon(),
    end: () => task.end(),
  }
}
