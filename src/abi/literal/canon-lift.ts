/** CanonicalABI.md, "canon lift": a core function of the guest as one that takes and returns component values. */
import type { LiftContext, LiftedFunction, Signature } from '../../runtime/back-end.ts'
import { Border } from '../../runtime/entering.ts'
import { type CallSteps, callSuspendable } from '../../runtime/suspendable.ts'
import { canSuspend, promising } from '../../runtime/switch.ts'
import type { AnyCoreFunction, CoreValue } from './core-value.ts'
import { orThrow } from './function-result.ts'
import { Task } from './task.ts'

type Suspendable = (...args: CoreValue[]) => Promise<CoreValue | undefined>

export function canonLift(signature: Signature, context: LiftContext): LiftedFunction {
  const border = new Border(context.instance, context.caller)
  const synchronous = (...args: unknown[]): unknown =>
    callSynchronously(border, new Task(signature, context, args), context.callee as AnyCoreFunction)

  const suspendable = canSuspend ? (promising(context.callee) as Suspendable) : undefined
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
    task.fail()
    throw border.fail(saved, thrown)
  }
  border.leave(saved)
  return orThrow(result)
}

function stepsOf(task: Task, callee: Suspendable): CallSteps {
  const failing = (thrown: unknown): never => {
    task.fail()
    throw thrown
  }
  return {
    start(begin) {
      try {
        const args = task.start()
        begin()
        return callee(...args).catch(failing)
      } catch (thrown) {
        return failing(thrown)
      }
    },
    finish(returned) {
      try {
        return task.return(returned as CoreValue | undefined)
      } catch (thrown) {
        return failing(thrown)
      }
    },
    reserve: () => task.reserve(),
    abandon: () => task.abandon(),
  }
}
