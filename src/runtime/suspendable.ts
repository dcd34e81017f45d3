/**
 * Calls of the promise view. A call that is suspended inside an import keeps its instances entered, because a guest has
 * one shadow stack: calls that come meanwhile wait in order.
 */
import { ComponentError } from '../errors.ts'
import type { ComponentInstance } from './component-instance.ts'
import type { Border } from './entering.ts'
import { RUNNING_CALL, words } from './thread.ts'

/** What a back end says of one call, whose arguments have been checked. */
export interface CallSteps {
  /**
   * Lowers the arguments and starts the core function. It runs `begin` right before the core call: until then imports
   * are not suspended, because `realloc` runs under JavaScript.
   */
  start(begin: () => void): unknown
  /** Lifts what the core function returned, and runs post-return. A ComponentError is thrown to the caller. */
  finish(returned: unknown): unknown
  /** The call has to wait: takes the handles among its arguments now, so that nobody else does. */
  reserve?(): void
  /** A call that reserved handles is not made. */
  abandon?(): void
  /** A call that was made is over, whichever way. */
  end?(): void
}

/** Makes a call of the promise view. */
export function callSuspendable(border: Border, steps: CallSteps): Promise<unknown> {
  return new Promise((resolve, reject) => {
    new SuspendableCall(border, steps, resolve, reject).enter()
  })
}

/** Failures of imports of suspended calls, by the call's word: no error is thrown through the guest. */
const failures = new Map<number, unknown>()

/** The call that is running, for an import that may suspend it. */
export function runningCall(): number {
  return words[RUNNING_CALL]! >> 2
}

/** What suspended calls wait for, by the call's word. */
const promises = new Map<number, Promise<unknown>>()

/** The import of the running call returned a promise: the call is about to be suspended. The switch takes that back. */
export function keepPromise(promise: Promise<unknown>): void {
  const call = runningCall()
  words[call] = 1
  promises.set(call, promise)
}

/** For the switch, which waits for it. */
export function takePromise(): Promise<unknown> {
  const call = runningCall()
  const promise = promises.get(call)!
  promises.delete(call)
  return promise
}

/** The import of a call failed: marks the instance, and the switch traps. */
export function failSuspended(instance: ComponentInstance, call: number, error: unknown): void {
  instance.poison(error)
  failures.set(call, error)
}

/** What an import of a call failed with, once; undefined where none did. */
export function takeFailure(call: number): unknown {
  const failure = failures.get(call)
  failures.delete(call)
  return failure
}

class SuspendableCall {
  readonly #border: Border
  readonly #steps: CallSteps
  readonly #resolve: (value: unknown) => void
  readonly #reject: (error: unknown) => void
  #call = 0
  #waited = false

  constructor(
    border: Border,
    steps: CallSteps,
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
  ) {
    this.#border = border
    this.#steps = steps
    this.#resolve = resolve
    this.#reject = reject
  }

  enter(): void {
    if (this.#border.free) this.#run()
    // A call from inside the tree would wait for itself.
    else if (this.#border.suspended && this.#border.caller === undefined) this.#wait()
    else this.#refuse(this.#border.refusal())
  }

  #wait(): void {
    const { instance } = this.#border
    try {
      if (!this.#waited) this.#steps.reserve?.()
    } catch (error) {
      this.#reject(error)
      return
    }
    if (!this.#waited) instance.statistics.waitedCalls++
    this.#waited = true
    instance.whenLeft(() => this.enter())
  }

  #refuse(error: unknown): void {
    if (this.#waited) this.#steps.abandon?.()
    this.#reject(error)
  }

  #run(): void {
    const border = this.#border
    let saved = 0
    let entered = false
    try {
      this.#call = border.instance.words.take('calls that may be suspended')
      saved = border.mark(this.#call)
      entered = true
      words[RUNNING_CALL] = 0
      const returned = this.#steps.start(() => {
        words[RUNNING_CALL] = this.#call * 4
      })
      words[RUNNING_CALL] = saved
      border.instance.root.addCall(this)
      Promise.resolve(returned).then(
        (flat) => this.#finish(flat),
        (thrown: unknown) => this.#fail(0, thrown),
      )
    } catch (thrown) {
      if (entered) this.#fail(saved, thrown)
      else this.#refuse(thrown)
    }
  }

  /** From the event loop: nothing else runs. */
  #finish(flat: unknown): void {
    words[RUNNING_CALL] = 0
    let value: unknown
    try {
      value = this.#steps.finish(flat)
    } catch (thrown) {
      this.#fail(0, thrown)
      return
    }
    this.#end()
    try {
      this.#border.leave(0)
    } catch (error) {
      this.#reject(error)
      return
    }
    if (value instanceof ComponentError) this.#reject(value)
    else this.#resolve(value)
  }

  #fail(saved: number, thrown: unknown): void {
    const failure = failures.has(this.#call) ? failures.get(this.#call) : undefined
    this.#end()
    const error = this.#border.fail(saved, thrown, failure)
    // What is disposed meanwhile is ended by a trap, which is nobody's fault.
    const { instance } = this.#border
    this.#reject(instance.disposed && failure === undefined ? instance.disposal() : error)
  }

  #end(): void {
    failures.delete(this.#call)
    this.#border.instance.words.free(this.#call)
    this.#steps.end?.()
    this.#border.instance.root.endCall(this)
  }

  /** The instance was disposed: whatever the guest waits for, the caller does not. */
  abandon(): void {
    this.#reject(this.#border.refusal())
  }
}
