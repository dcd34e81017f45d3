/** `context.{get,set}`, `backpressure.{inc,dec}` and `task.{return,cancel}` (CanonicalABI.md, under their names). */
import type { CoreValue } from '../../../abi/literal/core-value.ts'
import type { ValueType } from '../../../component/value-type.ts'
import type { CanonicalContext, CanonicalOptions, CoreFunction } from '../../back-end.ts'
import type { ComponentInstance } from '../../component-instance.ts'
import { currentThread } from '../async-state.ts'
import { plainFunction } from '../blocking-function.ts'
import { elementType } from '../element-type.ts'
import { type Task, taskTrap } from '../task.ts'
import { waitableTrap } from '../waitable.ts'

export function contextGet(instance: ComponentInstance, type: 'i32' | 'i64', index: number): CoreFunction {
  const typed = (value: CoreValue): CoreValue => (type === 'i64' ? BigInt(value) : Number(value))
  return plainFunction(instance, () => typed(currentThread(instance).storage[index]!))
}

export function contextSet(instance: ComponentInstance, index: number): CoreFunction {
  return plainFunction(instance, (value) => {
    currentThread(instance).storage[index] = value!
  })
}

/** Above it, or below zero, is a trap. */
const MAX_BACKPRESSURE = 2 ** 16 - 1

export function backpressure(instance: ComponentInstance, by: 1 | -1): CoreFunction {
  const state = instance.async!
  return plainFunction(instance, () => {
    state.backpressure += by
    if (state.backpressure < 0 || state.backpressure > MAX_BACKPRESSURE)
      throw waitableTrap('backpressure counter overflow')
    state.stackChanged()
  })
}

/** The result that `task.return` names, and its options: those of the task, which lifts its result by itself. */
export interface TaskReturn {
  readonly result: ValueType | undefined
  readonly options: CanonicalOptions
  readonly context: CanonicalContext
}

export function taskReturn({ result, options, context }: TaskReturn): CoreFunction {
  const { instance, memory } = context
  const numberOf = (type: ValueType | undefined): number =>
    elementType(type, (resource) => context.resource(resource), instance.async!.scheduler.typeNumbers).number
  // All tasks of a component have their types from the same Plan; the answer is the same each time.
  const matches = new WeakMap<Task['signature'], boolean>()
  const fits = ({ signature }: Task): boolean => {
    const known = matches.get(signature)
    if (known !== undefined) return known
    const { stringEncoding } = signature.options
    const equal =
      numberOf(signature.type.result) === numberOf(result) && stringEncoding === options.stringEncoding
    matches.set(signature, equal)
    return equal
  }
  return plainFunction(instance, (...args) => {
    const task = asyncTask(instance, 'task.return')
    if (!fits(task) || (memory !== undefined && task.memory !== memory)) {
      throw taskTrap('invalid `task.return` signature and/or options for current task')
    }
    task.returnFlat(args)
  })
}

export function taskCancel(instance: ComponentInstance): CoreFunction {
  return plainFunction(instance, () => {
    asyncTask(instance, 'task.cancel').cancel()
  })
}

/** @throws {Trap} cannot-leave, task */
function asyncTask(instance: ComponentInstance, builtin: string): Task {
  instance.checkMayLeave()
  const { task } = currentThread(instance)
  if (!task.signature.options.async) {
    throw taskTrap(
      `\`${builtin}\` called by \`${task.signature.name}\`, which is not lifted with the \`async\` option`,
    )
  }
  return task
}
