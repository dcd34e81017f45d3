/** The values of tasks, moved by generated code: see `runtime/async/task-values.ts`. */
import type { TaskValues } from '../../runtime/async/task-values.ts'
import type { Signature } from '../../runtime/back-end.ts'
import type { Factory } from './bind.ts'
import { bindTaskLift, bindTaskLower, type TaskLiftCode, type TaskLowerCode } from './bind-tasks.ts'
import type { LiftBinding, LowerBinding, Outline } from './binding.ts'
import { liftMembers, taskArgumentsSource, taskResultSource, taskReturnedSource } from './lift-source.ts'
import { link } from './link.ts'
import { lowerMembers, taskLiftSource, taskLowerSource } from './lower-source.ts'
import { outlineOf } from './outline.ts'
import { type Generated, TooLarge } from './source.ts'

export const glueTaskValues: TaskValues = {
  lift(signature) {
    const code = new GeneratedTaskLift(signature)
    return (context) => bindTaskLift(code, signature, context)
  },
  lower(signature) {
    const code = new GeneratedTaskLower(signature)
    return (context) => bindTaskLower(code, signature, context)
  },
}

class GeneratedTaskLift implements TaskLiftCode {
  readonly outline: Outline
  readonly #arguments: OnceGenerated<LiftBinding>
  readonly #returned: OnceGenerated<LiftBinding>
  readonly #result: OnceGenerated<LiftBinding>

  constructor(signature: Signature) {
    this.outline = outlineOf(signature)
    this.#arguments = new OnceGenerated(() => taskArgumentsSource(signature), liftMembers)
    this.#returned = new OnceGenerated(() => taskReturnedSource(signature), liftMembers)
    this.#result = new OnceGenerated(() => taskResultSource(signature), liftMembers)
  }

  get arguments(): Factory<LiftBinding> | undefined {
    return this.#arguments.factory
  }

  get returned(): Factory<LiftBinding> | undefined {
    return this.#returned.factory
  }

  get result(): Factory<LiftBinding> | undefined {
    return this.#result.factory
  }
}

class GeneratedTaskLower implements TaskLowerCode {
  readonly outline: Outline
  readonly #lift: OnceGenerated<LowerBinding>
  readonly #lower: OnceGenerated<LowerBinding>

  constructor(signature: Signature) {
    this.outline = outlineOf(signature)
    this.#lift = new OnceGenerated(() => taskLiftSource(signature), lowerMembers)
    this.#lower = new OnceGenerated(() => taskLowerSource(signature), lowerMembers)
  }

  get lift(): Factory<LowerBinding> | undefined {
    return this.#lift.factory
  }

  get lower(): Factory<LowerBinding> | undefined {
    return this.#lower.factory
  }
}

/** A function that is generated when it is first asked for; none where it would be too large. */
class OnceGenerated<Bound> {
  readonly #generate: () => Generated
  readonly #members: readonly string[]
  #factory: Factory<Bound> | undefined
  #asked = false

  constructor(generate: () => Generated, members: readonly string[]) {
    this.#generate = generate
    this.#members = members
  }

  get factory(): Factory<Bound> | undefined {
    if (this.#asked) return this.#factory
    this.#asked = true
    try {
      this.#factory = link(this.#generate(), this.#members)
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error
    }
    return this.#factory
  }
}
