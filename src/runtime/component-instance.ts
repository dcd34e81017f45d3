/**
 * A live component instance (CanonicalABI.md, "Component Instances"): its handles, its place among the instances that
 * contain it, and the word that tells whether it may be entered. `entering.ts` is who enters it.
 */
import { type TenonError, Trap } from '../errors.ts'
import type { AsyncState } from './async/async-state.ts'
import type { Handle } from './handle.ts'
import { HandleTable } from './handle-table.ts'
import { disposedError } from './refusal.ts'
import {
  AWAITED,
  CANNOT_LEAVE,
  DISPOSED,
  DISPOSED_WORD,
  ENTERED,
  MAY_NOT_LEAVE,
  POISONED,
  TreeWords,
  words,
} from './thread.ts'
import { type OwnMemories, unmanagedMemories } from './tree-memories.ts'

/** Of a whole tree of instances; read them through the root. */
export interface InstanceStatistics {
  /**
   * Handles of its resources outside of it, those of other instances included, that nobody disposed. Those that were forgotten count until the
   * garbage collector finds them; where the resource has no destructor, it never does.
   */
  liveHandles: number
  /** Handles that nobody disposed and that the garbage collector found. */
  forgottenHandles: number
  /** Calls of the promise view that waited because another one was suspended. */
  waitedCalls: number
}

/** A call of the promise view: told when it will not go on. */
export interface SuspendedCall {
  abandon(): void
}

export class ComponentInstance {
  /** The instance whose component instantiated this one; undefined for what the host instantiated. */
  readonly parent: ComponentInstance | undefined
  readonly root: ComponentInstance
  /** For messages. */
  readonly name: string
  readonly handles: HandleTable<Handle> = new HandleTable()
  readonly statistics: InstanceStatistics
  /** All instances of the tree, the root included; the same list for all of them. */
  readonly tree: ComponentInstance[]
  /** Of the whole tree. */
  readonly memories: OwnMemories
  /** Of the whole tree, calls included. */
  readonly words: TreeWords
  /**
   * Index of its word in the memory of the thread; read it anew for each call, `dispose` changes it. No field that begins as undefined, for
   * which engines leave room for anything: every call reads it.
   */
  declare word: number
  /** Whether a call inside may be suspended; `may-block.ts` says so before anything is bound to it. */
  mayBlock = false
  /** Whether a call inside of its tree may come back to it; `reentry.ts` says so. */
  reenterable = true
  /** Roots of other trees whose functions this tree calls in wasm; only the root's is used. */
  linkedRoots: Set<ComponentInstance> | undefined
  /** The word that it had from the beginning: `dispose` does not change this one. */
  readonly firstWord: number
  #wordGlobal: WebAssembly.Global<'i32'> | undefined
  /** What poisoned it. */
  failure: unknown
  /** Undefined for an instance that takes no part in asynchronous calls. */
  async: AsyncState | undefined
  /** Told when a root is poisoned or disposed: what waits in its tree will not go on. */
  onEnded: (() => void) | undefined
  /**
   * Told of each trap at the border where a call from the host ends, before it is thrown; may fill in the guest's
   * backtrace from the engine's error. Set it on the root.
   */
  onTrap: ((trap: Trap, engineError: unknown) => void) | undefined
  /** Of the promise view, running or suspended; the root's for the whole tree. */
  #suspendedCalls: Set<SuspendedCall> | undefined
  /** Only the root's is used: every call from the host enters the root. */
  readonly #waiting: (() => void)[] = []
  /** Look again when the last call is over. */
  readonly #idle: (() => void)[] = []
  /** The root's: words of instances that were disposed while a call was inside of the tree. */
  readonly #heldWords: number[] = []

  /** @throws {TenonError} limit */
  constructor(
    parent: ComponentInstance | undefined,
    name: string,
    memories: OwnMemories = parent?.memories ?? unmanagedMemories,
  ) {
    this.parent = parent
    this.root = parent?.root ?? this
    this.name = name
    this.tree = parent?.tree ?? [this]
    if (parent) this.tree.push(this)
    this.statistics = parent?.root.statistics ?? { liveHandles: 0, forgottenHandles: 0, waitedCalls: 0 }
    this.memories = memories
    this.words = parent?.words ?? new TreeWords(this)
    this.word = this.words.take('component instances')
    this.firstWord = this.word
  }

  /** The byte address of its word, for modules that outlive it: those of other trees. */
  get wordGlobal(): WebAssembly.Global<'i32'> {
    this.#wordGlobal ??= new WebAssembly.Global({ value: 'i32', mutable: true }, this.word * 4)
    return this.#wordGlobal
  }

  get state(): number {
    return words[this.word]!
  }

  get entered(): boolean {
    return (this.state & ENTERED) !== 0
  }

  get poisoned(): boolean {
    return (this.state & POISONED) !== 0
  }

  get disposed(): boolean {
    return (this.state & DISPOSED) !== 0
  }

  /** Marks it as one that failed: it is never entered again, and nothing leaves it any more. */
  poison(failure: unknown): void {
    if (this.disposed) return
    if (!this.poisoned) this.failure = failure
    words[this.word]! |= POISONED
    this.onEnded?.()
  }

  /** While guest code runs that may not call out (CanonicalABI.md, `may_leave`). */
  forbidLeave(): void {
    words[this.word]! |= MAY_NOT_LEAVE
  }

  allowLeave(): void {
    words[this.word]! &= ~MAY_NOT_LEAVE
  }

  /** @throws {Trap} cannot-leave */
  checkMayLeave(): void {
    if ((this.state & CANNOT_LEAVE) !== 0) throw this.leaveRefusal()
  }

  /** Why nothing leaves it now. */
  leaveRefusal(): unknown {
    if (this.disposed) return this.disposal()
    if (this.poisoned) return this.failure
    return new Trap(
      'cannot-leave',
      'wasm trap: cannot leave component instance: realloc and post-return cannot call out of their component',
    )
  }

  /** What calls are told after `dispose`. */
  disposal(): TenonError {
    return disposedError(this.name)
  }

  /** Takes the mark of a call away. Children before their parents: what waits for the tree waits at the root. */
  leave(): void {
    while (this.#heldWords.length > 0) this.words.free(this.#heldWords.pop()!)
    if (this.disposed) return
    const awaited = (this.state & AWAITED) !== 0
    words[this.word]! &= POISONED
    if (awaited) this.#runWaiting()
  }

  /** Runs `then` when no call is inside the tree any more; at once where that is so. */
  whenLeft(then: () => void): void {
    const { root } = this
    if (!root.entered) {
      then()
      return
    }
    root.#waiting.push(then)
    words[root.word]! |= AWAITED
  }

  /** Its tree calls another tree's functions in wasm. */
  linkTo(root: ComponentInstance): void {
    this.linkedRoots ??= new Set()
    this.linkedRoots.add(root)
  }

  /** A call of the promise view begins. */
  addCall(call: SuspendedCall): void {
    this.#suspendedCalls ??= new Set()
    this.#suspendedCalls.add(call)
  }

  /** A call of the promise view is over. */
  endCall(call: SuspendedCall): void {
    this.#suspendedCalls?.delete(call)
    if (!this.#hasCalls) for (const look of this.#idle.splice(0)) queueMicrotask(look)
  }

  get #hasCalls(): boolean {
    return this.#suspendedCalls !== undefined && this.#suspendedCalls.size > 0
  }

  /** Runs `then` when no call of the host is inside the tree, suspended or not, and none waits for its turn. For roots. */
  whenIdle(then: () => void): void {
    const again = (): void => this.whenIdle(then)
    if (this.#hasCalls) this.#idle.push(again)
    // Behind those that wait already, and not on the stack of the last of them.
    else if (this.entered || this.#waiting.length > 0) this.whenLeft(() => queueMicrotask(again))
    else then()
  }

  /** In order, until one of them enters the tree again. */
  #runWaiting(): void {
    while (this.#waiting.length > 0 && !this.entered) this.#waiting.shift()!()
    if (this.#waiting.length > 0) words[this.word]! |= AWAITED
  }

  /**
   * Ends it: every later entry throws `instance-disposed`, and what waited finds that. Dispose whole trees, children
   * included, the root last.
   */
  dispose(): void {
    const { word, root } = this
    if (this.disposed) return
    // A call is inside or failed inside, or tasks may wait: what they left behind may still run, or write to the memory.
    if (words[word] !== 0 || this.#hasCalls || this.async) this.memories.retire()
    words[word]! |= DISPOSED
    if (root.entered) root.#heldWords.push(word)
    else this.words.free(word)
    this.word = DISPOSED_WORD
    if (this.#wordGlobal) this.#wordGlobal.value = DISPOSED_WORD * 4
    for (const call of this.#suspendedCalls ?? []) call.abandon()
    this.onEnded?.()
    this.#runWaiting()
    this.#dropHandles()
  }

  /** What it owned of others is dropped. @throws what a destructor of the host's throws, when all have run */
  #dropHandles(): void {
    if (this.handles.size === 0) return
    const errors: unknown[] = []
    for (const handle of this.handles) {
      try {
        if (handle.resource !== undefined && handle.own) handle.resource.ownerDisposed(handle.rep, this)
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw errors[0]
  }
}
