/**
 * The threads of one tree of instances that wait (CanonicalABI.md, "Embedding API", `Store.tick`): one after the other is
 * resumed, when no call is inside of the tree, in the order in which they became able to go on. So what happens is the same in
 * every run.
 */
import { limits } from '../../component/limits.ts'
import { TenonError, Trap } from '../../errors.ts'
import type { ComponentInstance } from '../component-instance.ts'
import { Border } from '../entering.ts'
import { describeThrown } from '../thrown.ts'
import { reveal } from '../trap.ts'
import type { GuestThread } from './guest-thread.ts'
import { runEntered } from './task.ts'

/** A call from the host that is not over. */
export interface HostCall {
  fail(error: unknown): void
}

/** After so many turns the event loop of the host gets one: a guest may yield for ever. What nobody waits for begins there. */
const TURNS = 128

/** What of Node's timers keeps the process alive, and nobody may wait for. */
interface Timer {
  ref?(): void
  unref?(): void
}

export class Scheduler {
  readonly waiting = new Set<GuestThread>()
  /** Those of them that may be able to go on, in the order in which that came about. */
  readonly candidates = new Set<GuestThread>()
  readonly hostCalls = new Set<HostCall>()
  /** Streams and futures that the host reads: told when nothing more will come. */
  readonly observers = new Set<HostCall>()
  /** What the host was asked for and has not answered. */
  external = 0
  /** Numbers of types: see `element-type.ts`. */
  readonly typeNumbers = new Map<string, number>()
  readonly #root: ComponentInstance
  #stacks = 0
  #scheduled = false
  /** Left until the event loop of the host gets one. */
  #turns = 0
  /** Of the next turn, where the event loop of the host comes first. */
  #timer: Timer | undefined
  #lookingForDeadlock = false

  constructor(root: ComponentInstance) {
    this.#root = root
  }

  /** Something may be ready now: looks for it, when what runs has come to its end. */
  poke(): void {
    if (this.#scheduled) {
      if (this.#awaited) this.#timer?.ref?.()
      return
    }
    this.#scheduled = true
    if (this.#turns > 0) {
      this.#turns--
      queueMicrotask(() => this.#turn())
      return
    }
    // A number or an object, by the platform; its type here is that of the one that was compiled for.
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#turns = TURNS
      this.#turn()
    }, 0) as unknown as Timer
    if (!this.#awaited) this.#timer.unref?.()
  }

  /** Whether the host waits for anything of the tree, or the tree for the host. */
  get #awaited(): boolean {
    return this.hostCalls.size > 0 || this.external > 0
  }

  /** A call of the host began: what it needs runs without waiting for the host's event loop. */
  addHostCall(call: HostCall): void {
    if (this.hostCalls.size === 0) this.#turns = TURNS
    this.hostCalls.add(call)
  }

  removeHostCall(call: HostCall): void {
    this.hostCalls.delete(call)
    if (!this.#awaited) this.#turns = 0
  }

  /** For guest code that may be suspended. @throws {TenonError} limit */
  takeStack(): void {
    if (this.#stacks >= limits.suspendedStacks) {
      throw new TenonError(
        'limit',
        `too many calls are suspended in the middle of guest code: at most ${limits.suspendedStacks}; tasks with callbacks wait without a stack`,
      )
    }
    this.#stacks++
  }

  freeStack(): void {
    this.#stacks--
  }

  #turn(): void {
    this.#scheduled = false
    const root = this.#root
    if (root.disposed || root.poisoned) {
      this.failAll(root.disposed ? root.disposal() : root.failure)
      return
    }
    if (root.entered) {
      root.whenLeft(() => this.poke())
      return
    }
    for (const thread of this.candidates) {
      this.candidates.delete(thread)
      if (!thread.ready) continue
      this.#resume(thread, new Border(thread.task.instance, undefined))
      return
    }
    this.#turns = this.#awaited ? TURNS : 0
    this.#lookForDeadlock()
  }

  #resume(thread: GuestThread, border: Border): void {
    if (!border.free) {
      this.failAll(border.refusal())
      return
    }
    try {
      const running = runEntered(border, thread, () => thread.resume(border, false))
      if (running === undefined) this.poke()
      else
        running.then(
          () => this.poke(),
          (error: unknown) => this.failAll(error),
        )
    } catch (error) {
      this.failAll(error)
    }
  }

  /** Runs `then` when no call is inside of the tree; `never` where the tree is no more. What `then` throws ends the tree. */
  whenIdle(then: () => void, never: () => void): void {
    const root = this.#root
    root.whenLeft(() => {
      if (root.disposed || root.poisoned) {
        never()
        return
      }
      try {
        then()
        this.poke()
      } catch (error) {
        this.fail(error)
      }
    })
  }

  /** The host did something wrong that guests cannot go on from. */
  fail(thrown: unknown): void {
    const error = hostTrap(thrown)
    this.#root.poison(error)
    this.failAll(error)
  }

  /** A trap ends everything that goes on in the tree. */
  failAll(error: unknown): void {
    this.waiting.clear()
    this.candidates.clear()
    for (const one of [...this.hostCalls, ...this.observers]) one.fail(error)
    this.hostCalls.clear()
    this.observers.clear()
  }

  get #stuck(): boolean {
    return (
      !this.#scheduled &&
      this.candidates.size === 0 &&
      this.hostCalls.size > 0 &&
      this.external === 0 &&
      !this.#root.entered
    )
  }

  /**
   * Calls of the host wait, and nothing in the tree can go on: unless the host itself does something in its next turn, nothing
   * ever will.
   */
  #lookForDeadlock(): void {
    if (this.#lookingForDeadlock || !this.#stuck) return
    this.#lookingForDeadlock = true
    setTimeout(() => {
      this.#lookingForDeadlock = false
      const root = this.#root
      if (!this.#stuck || root.disposed) return
      const error = new Trap(
        'deadlock',
        'wasm trap: deadlock detected: event loop cannot make further progress: every task waits, and for nothing that the host could bring',
      )
      for (const { task } of this.waiting) task.instance.poison(error)
      root.poison(error)
      root.onTrap?.(error, error)
      this.failAll(error)
    }, 0)
  }
}

function hostTrap(thrown: unknown): unknown {
  const error = reveal(thrown)
  if (error instanceof Trap || error instanceof TenonError) return error
  return new Trap('host-error', `a stream or future of the host failed: ${describeThrown(error)}`, {
    cause: error,
  })
}

const schedulers = new WeakMap<ComponentInstance, Scheduler>()

/** One for each tree of instances. */
export function schedulerOf(root: ComponentInstance): Scheduler {
  let scheduler = schedulers.get(root)
  if (scheduler === undefined) {
    const made = new Scheduler(root)
    // The memory of what was disposed may be somebody else's soon; what trapped is on the stack now.
    root.onEnded = () => (root.disposed ? made.failAll(root.disposal()) : made.poke())
    scheduler = made
    schedulers.set(root, scheduler)
  }
  return scheduler
}
