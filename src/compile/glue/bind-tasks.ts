/**
 * Code that moves the values of tasks as functions of live objects (`runtime/async/task-values.ts`). As in `bind.ts`, it is not said here where
 * the code comes from.
 */
import type { CoreValue } from '../../abi/literal/core-value.ts'
import { literalTaskValues } from '../../abi/literal/task-values.ts'
import { Trap } from '../../errors.ts'
import type {
  LiftedArguments,
  LiftValues,
  LowerValues,
  TaskArguments,
  TaskResult,
} from '../../runtime/async/task-values.ts'
import type { LiftContext, LowerContext, Signature } from '../../runtime/back-end.ts'
import { Border } from '../../runtime/entering.ts'
import { isInstance } from '../../runtime/thrown.ts'
import type { Call, Factory } from './bind.ts'
import { LiftBinding, LowerBinding, type Outline } from './binding.ts'

/** Undefined where the code would be too large, or is not needed. */
export interface TaskLiftCode {
  readonly outline: Outline
  readonly arguments: Factory<LiftBinding> | undefined
  /** Where it is lifted without the `async` option. */
  readonly returned?: Factory<LiftBinding> | undefined
  /** Where it is lifted with it. */
  readonly result?: Factory<LiftBinding> | undefined
}

export interface TaskLowerCode {
  readonly outline: Outline
  readonly lift: Factory<LowerBinding> | undefined
  readonly lower: Factory<LowerBinding> | undefined
}

export function bindTaskLift(code: TaskLiftCode, signature: Signature, context: LiftContext): LiftValues {
  return new GeneratedLiftValues(code, signature, context)
}

export function bindTaskLower(code: TaskLowerCode, signature: Signature, context: LowerContext): LowerValues {
  return new GeneratedLowerValues(code, signature, context)
}

/** Each function is bound when it is first called. */
class GeneratedLiftValues implements LiftValues {
  readonly #code: TaskLiftCode
  readonly #signature: Signature
  readonly #context: LiftContext
  #read: Call | undefined
  #liftReturned: Call | undefined
  #liftResult: Call | undefined
  #literal: LiftValues | undefined

  constructor(code: TaskLiftCode, signature: Signature, context: LiftContext) {
    this.#code = code
    this.#signature = signature
    this.#context = context
  }

  read(args: readonly unknown[]): TaskArguments {
    this.#read ??= this.#bind(this.#code.arguments) ?? ((...all) => this.#interpreted.read(all))
    return this.#read(...args) as TaskArguments
  }

  liftReturned(returned: CoreValue | undefined): TaskResult {
    this.#liftReturned ??=
      this.#bind(this.#code.returned) ??
      ((one) => this.#interpreted.liftReturned(one as CoreValue | undefined))
    return this.#liftReturned(returned) as TaskResult
  }

  liftResult(flat: readonly CoreValue[]): TaskResult {
    this.#liftResult ??=
      this.#bind(this.#code.result) ?? ((...all) => this.#interpreted.liftResult(all as CoreValue[]))
    return this.#liftResult(...flat) as TaskResult
  }

  #bind(factory: Factory<LiftBinding> | undefined): Call | undefined {
    if (factory === undefined) return undefined
    const border = new Border(this.#context.instance, this.#context.caller)
    return factory.make(new LiftBinding(this.#code.outline, factory.references, this.#context, border))
  }

  get #interpreted(): LiftValues {
    this.#literal ??= literalTaskValues.lift(this.#signature)(this.#context)
    return this.#literal
  }
}

class GeneratedLowerValues implements LowerValues {
  readonly #code: TaskLowerCode
  readonly #signature: Signature
  readonly #context: LowerContext
  #lift: Call | undefined
  #lower: Call | undefined
  #literal: LowerValues | undefined

  constructor(code: TaskLowerCode, signature: Signature, context: LowerContext) {
    this.#code = code
    this.#signature = signature
    this.#context = context
  }

  lift(flat: readonly CoreValue[]): LiftedArguments {
    this.#lift ??= this.#bind(this.#code.lift) ?? ((...all) => this.#interpreted.lift(all as CoreValue[]))
    return this.#lift(...flat) as LiftedArguments
  }

  lower(result: TaskResult, flat: readonly CoreValue[]): CoreValue | undefined {
    this.#lower ??=
      this.#bind(this.#code.lower) ??
      ((value, failed, out) =>
        this.#interpreted.lower({ value, failed: failed as boolean }, [out as CoreValue]))
    try {
      return this.#lower(result.value, result.failed, flat.at(-1)) as CoreValue | undefined
    } catch (error) {
      // The host is wrong, and the guest cannot help it: a trap.
      if (isInstance(error, TypeError)) throw new Trap('host-error', error.message, { cause: error })
      throw error
    }
  }

  #bind(factory: Factory<LowerBinding> | undefined): Call | undefined {
    return factory?.make(new LowerBinding(this.#code.outline, factory.references, this.#context))
  }

  get #interpreted(): LowerValues {
    this.#literal ??= literalTaskValues.lower(this.#signature)(this.#context)
    return this.#literal
  }
}
