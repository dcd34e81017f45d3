/** Component functions of a transpiled component: lifted, lowered, and on their way from one to the other. */
import {
  bindLift,
  bindLower,
  bindSynchronous,
  type LiftCode,
  type LowerCode,
  promiseOf,
} from '../compile/glue/bind.ts'
import { bindElements, type ElementCode } from '../compile/glue/bind-elements.ts'
import {
  bindTaskLift,
  bindTaskLower,
  type TaskLiftCode,
  type TaskLowerCode,
} from '../compile/glue/bind-tasks.ts'
import { literal } from '../abi/literal/literal.ts'
import { literalTaskValues } from '../abi/literal/task-values.ts'
import type { FunctionType } from '../component/extern-type.ts'
import type { ElementValues } from '../runtime/async/element-values.ts'
import { withTasks } from '../runtime/async/with-tasks.ts'
import type {
  BackEnd,
  CoreFunction,
  LiftContext,
  LiftedFunction,
  LoweredFunction,
  LowerContext,
  Signature,
} from '../runtime/back-end.ts'
import type { ComponentInstance } from '../runtime/component-instance.ts'
import { Border } from '../runtime/entering.ts'
import { rememberExported } from '../runtime/exported-function.ts'
import type { FunctionValue, GuestValue } from '../runtime/extern-value.ts'
import { reexportedFunction } from '../runtime/reexported-function.ts'
import { bindLowered, type SwitchModule } from '../runtime/switch.ts'

/** A signature, and the code that was written for it: none where there would be too much of it. */
export interface WrittenSignature extends Signature {
  readonly lift?: LiftCode
  readonly lower?: LowerCode
  /** Where it is a task. */
  readonly taskLift?: TaskLiftCode
  readonly taskLower?: TaskLowerCode
}

const written: BackEnd = {
  name: 'glue',
  lift: (signature: WrittenSignature) => {
    const { lift } = signature
    return lift ? (context) => bindLift(lift, context) : literal.lift(signature)
  },
  lower: (signature: WrittenSignature) => {
    const { lower } = signature
    return lower ? (context) => bindLower(lower, context) : literal.lower(signature)
  },
  taskValues: {
    lift: (signature: WrittenSignature) => {
      const { taskLift } = signature
      if (!taskLift) return literalTaskValues.lift(signature)
      return (context) => bindTaskLift(taskLift, signature, context)
    },
    lower: (signature: WrittenSignature) => {
      const { taskLower } = signature
      if (!taskLower) return literalTaskValues.lower(signature)
      return (context) => bindTaskLower(taskLower, signature, context)
    },
  },
}

/** Of one built-in. */
export function writtenElements(code: ElementCode): ElementValues {
  return () => (context) => bindElements(code, context)
}

/** For components with functions of async type, with streams or futures, or with types that are too large for code. */
export const tasks: BackEnd = /* @__PURE__ */ withTasks(written)

/** A lifted function of an instance that never waits for the host. */
export function liftUnsuspended(code: LiftCode, context: LiftContext): LiftedFunction {
  const border = new Border(context.instance, context.caller)
  const synchronous = bindSynchronous(code, context, border)
  return Object.assign(synchronous, { promise: promiseOf(synchronous) }) as LiftedFunction
}

/**
 * What a component lifts, for whoever calls it: the host, or another component.
 *
 * @param signature where somebody may ask for it: tasks, and components that are only known at run time
 * @param items the live objects, asked for when somebody calls
 */
export function lifted(
  instance: ComponentInstance,
  signature: Signature,
  bind: (context: LiftContext) => LiftedFunction,
  items: () => Omit<LiftContext, 'caller' | 'instance'>,
): GuestValue {
  const contextFor = (caller: ComponentInstance | undefined): LiftContext => ({
    ...items(),
    instance,
    caller,
  })
  return {
    target: instance,
    type: signature.type,
    signature,
    contextFor,
    liftFor: (caller) => bind(contextFor(caller)),
  }
}

/** A lifted function that users get. */
export function exported(
  lifted: LiftedFunction,
  type: FunctionType,
  target: ComponentInstance,
): LiftedFunction {
  rememberExported(lifted, { type, target, promise: lifted.promise })
  return lifted
}

/** What a lower calls, as its context says it. */
export function calleeOf(
  value: FunctionValue,
  caller: ComponentInstance,
): Pick<LowerContext, 'callee' | 'target'> {
  return value.target === undefined
    ? { callee: value.call, target: undefined }
    : { callee: value.liftFor(caller), target: value.target }
}

/**
 * What core wasm imports, in the same order.
 *
 * @param switches of which those are used that stand before what may block; undefined where nothing does
 */
export function bound(
  made: readonly (CoreFunction | LoweredFunction)[],
  switches?: SwitchModule,
): readonly CoreFunction[] {
  const lowered = made.filter((one) => typeof one !== 'function')
  const cores = bindLowered(lowered, switches).values()
  return made.map((one) => (typeof one === 'function' ? one : cores.next().value!))
}

/** A function that comes from outside and is exported again. */
export function exportedAgain(value: FunctionValue, root: ComponentInstance): LiftedFunction {
  if (value.target === undefined) return reexportedFunction(value, root)
  return exported(value.liftFor(undefined), value.type, value.target)
}
