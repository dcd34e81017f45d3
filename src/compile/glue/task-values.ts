/** The values of tasks, moved by generated code: see `runtime/async/task-values.ts`. */
import type { CoreValue } from '../../abi/literal/core-value.ts'
import { literalTaskValues } from '../../abi/literal/task-values.ts'
import type {
  LiftedArguments,
  LiftValues,
  LowerValues,
  TaskArguments,
  TaskResult,
  TaskValues,
} from '../../runtime/async/task-values.ts'
import type { LiftContext, LowerContext, Signature } from '../../runtime/back-end.ts'
import { Border } from '../../runtime/entering.ts'
import { isInstance } from '../../runtime/thrown.ts'
import { Trap } from '../../errors.ts'
import type { Call, Factory } from './bind.ts'
import { LiftBinding, LowerBinding, type Outline } from './binding.ts'
import { outlineOf } from './outline.ts'
import { liftMembers, taskArgumentsSource, taskResultSource, taskReturnedSource } from './lift-source.ts'
import { link } from './link.ts'
import { lowerMembers, taskLiftSource, taskLowerSource } from './lower-source.ts'
import { type Generated, TooLarge } from './source.ts'

/** Each function is generated when it is first called; undefined where it would be too large. */
class Code<Bound> {
  readonly #generate: () => Generated
  readonly #members: readonly string[]
  #factory: Factory<Bound> | undefined
  #asked = false

  constructor(generate: () => Generated, members: readonly string[]) {
    this.#generate = generate
    this.#members = members
  }

  get factory(): Factory<Bound> | undefined {
    if (!this.#asked) {
      this.#asked = true
      try {
        this.#factory = link(this.#generate(), this.#members)
      } catch (error) {
        if (!(error instanceof TooLarge)) throw error
      }
    }
    return this.#factory
  }
}

export const glueTaskValues: TaskValues = {
  lift(signature) {
    const code = new TaskLiftCode(signature)
    return (context) => new GeneratedLiftValues(code, context)
  },
  lower(signature) {
    const code = new TaskLowerCode(signature)
    return (context) => new GeneratedLowerValues(code, context)
  },
}

class TaskLiftCode {
  readonly signature: Signature
  readonly outline: Outline
  readonly arguments: Code<LiftBinding>
  readonly returned: Code<LiftBinding>
  readonly result: Code<LiftBinding>

  constructor(signature: Signature) {
    this.signature = signature
    this.outline = outlineOf(signature)
    this.arguments = new Code(() => taskArgumentsSource(signature), liftMembers)
    this.returned = new Code(() => taskReturnedSource(signature), liftMembers)
    this.result = new Code(() => taskResultSource(signature), liftMembers)
  }
}

class GeneratedLiftValues implements LiftValues {
  readonly #code: TaskLiftCode
  readonly #context: LiftContext
  readonly #border: Border
  #read: Call | undefined
  #liftReturned: Call | undefined
  #liftResult: Call | undefined
  #literal: LiftValues | undefined

  constructor(code: TaskLiftCode, context: LiftContext) {
    this.#code = code
    this.#context = context
    this.#border = new Border(context.instance, context.caller)
  }

  read(args: readonly unknown[]): TaskArguments {
    this.#read ??= this.#bind(
      this.#code.arguments,
      () =>
        (...all) =>
          this.#interpreted.read(all),
    )
    return this.#read(...args) as TaskArguments
  }

  liftReturned(returned: CoreValue | undefined): TaskResult {
    this.#liftReturned ??= this.#bind(
      this.#code.returned,
      () => (one) => this.#interpreted.liftReturned(one as CoreValue | undefined),
    )
    return this.#liftReturned(returned) as TaskResult
  }

  liftResult(flat: readonly CoreValue[]): TaskResult {
    this.#liftResult ??= this.#bind(
      this.#code.result,
      () =>
        (...all) =>
          this.#interpreted.liftResult(all as CoreValue[]),
    )
    return this.#liftResult(...flat) as TaskResult
  }

  #bind({ factory }: Code<LiftBinding>, otherwise: () => Call): Call {
    if (factory === undefined) return otherwise()
    const { outline } = this.#code
    return factory.make(new LiftBinding(outline, factory.references, this.#context, this.#border))
  }

  get #interpreted(): LiftValues {
    this.#literal ??= literalTaskValues.lift(this.#code.signature)(this.#context)
    return this.#literal
  }
}

class TaskLowerCode {
  readonly signature: Signature
  readonly outline: Outline
  readonly lift: Code<LowerBinding>
  readonly lower: Code<LowerBinding>

  constructor(signature: Signature) {
    this.signature = signature
    this.outline = outlineOf(signature)
    this.lift = new Code(() => taskLiftSource(signature), lowerMembers)
    this.lower = new Code(() => taskLowerSource(signature), lowerMembers)
  }
}

class GeneratedLowerValues implements LowerValues {
  readonly #code: TaskLowerCode
  readonly #context: LowerContext
  #lift: Call | undefined
  #lower: Call | undefined
  #literal: LowerValues | undefined

  constructor(code: TaskLowerCode, context: LowerContext) {
    this.#code = code
    this.#context = context
  }

  lift(flat: readonly CoreValue[]): LiftedArguments {
    this.#lift ??= this.#bind(
      this.#code.lift,
      () =>
        (...all) =>
          this.#interpreted.lift(all as CoreValue[]),
    )
    return this.#lift(...flat) as LiftedArguments
  }

  lower(result: TaskResult, flat: readonly CoreValue[]): CoreValue | undefined {
    this.#lower ??= this.#bind(
      this.#code.lower,
      () => (value, failed, out) =>
        this.#interpreted.lower({ value, failed: failed as boolean }, [out as CoreValue]),
    )
    try {
      return this.#lower(result.value, result.failed, flat.at(-1)) as CoreValue | undefined
    } catch (error) {
      // The host is wrong, and the guest cannot help it: a trap.
      if (isInstance(error, TypeError)) throw new Trap('host-error', error.message, { cause: error })
      throw error
    }
  }

  #bind({ factory }: Code<LowerBinding>, otherwise: () => Call): Call {
    if (factory === undefined) return otherwise()
    return factory.make(new LowerBinding(this.#code.outline, factory.references, this.#context))
  }

  get #interpreted(): LowerValues {
    this.#literal ??= literalTaskValues.lower(this.#code.signature)(this.#context)
    return this.#literal
  }
}
