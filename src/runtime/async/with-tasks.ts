/**
 * A back end for all functions, made of one that knows synchronous calls: what sees tasks is lifted and lowered here, for
 * every back end in the same way.
 */
import { passesAsyncValues } from '../../abi/async-value.ts'
import { literalTaskValues } from '../../abi/literal/task-values.ts'
import type {
  BackEnd,
  CanonicalContext,
  DirectCall,
  LiftContext,
  LiftedFunction,
  LoweredFunction,
  LowerContext,
  Signature,
} from '../back-end.ts'
import { AsyncLift } from './async-lift.ts'
import { asyncLower } from './async-lower.ts'
import { asyncFunction, functionInTask } from './host-call.ts'
import { reallocOfItsOwn } from './synchronous-task.ts'
import type { LiftValues, LowerValues } from './task-values.ts'

export function withTasks(synchronous: BackEnd): BackEnd {
  const { name, fuse, elementValues, taskValues = literalTaskValues } = synchronous
  const lift = (signature: Signature) => {
    let values: ((context: LiftContext) => LiftValues) | undefined
    const task = (context: LiftContext): AsyncLift => {
      values ??= taskValues.lift(signature)
      return new AsyncLift(signature, context, values(context))
    }
    if (signature.type.async) {
      return (context: LiftContext): LiftedFunction => asyncFunction(task(ofItsOwn(context)))
    }
    const inner = synchronous.lift(signature)
    return (context: LiftContext): LiftedFunction => {
      if (context.instance.async === undefined) return inner(context)
      const own = ofItsOwn(context)
      return functionInTask(task(own), inner(own))
    }
  }
  const lower = (signature: Signature) => {
    const inner = signature.type.async
      ? lowerTask(signature, taskValues.lower(signature))
      : synchronous.lower(signature)
    return (context: LowerContext): LoweredFunction => inner(ofItsOwn(context))
  }
  const withElements = { name, lift, lower, ...(elementValues && { elementValues }) }
  if (fuse === undefined) return withElements
  return { ...withElements, fuse: (calls) => fuseSome(fuse, calls) }
}

function lowerTask(signature: Signature, values: (context: LowerContext) => LowerValues) {
  return (context: LowerContext): LoweredFunction => asyncLower(signature, context, values(context))
}

/** With a `realloc` that is a call of its own, where the instance has threads. */
function ofItsOwn<C extends CanonicalContext>(context: C): C {
  const { instance, realloc } = context
  return instance.async === undefined || realloc === undefined
    ? context
    : { ...context, realloc: reallocOfItsOwn(instance, realloc) }
}

/** Calls that see no task go from wasm to wasm. */
function fuseSome(
  fuse: NonNullable<BackEnd['fuse']>,
  calls: readonly DirectCall[],
): ReturnType<NonNullable<BackEnd['fuse']>> {
  const plain = calls.filter((call) => !seesTasks(call))
  if (plain.length === 0) return calls.map(() => undefined)
  const fused = fuse(plain).values()
  return calls.map((call) => (seesTasks(call) ? undefined : fused.next().value))
}

/** Whether a call between components has to be made by tasks. */
export function seesTasks({ lift, liftContext, lowerContext }: DirectCall): boolean {
  if (lift.type.async || passesAsyncValues(lift.type) || liftContext.instance.async !== undefined) return true
  return lowerContext.instance.async !== undefined && lowerContext.realloc !== undefined
}
