/** How calls enter component instances and leave them (CanonicalABI.md, "Component Instances" and "Embedding API"). */
import { TenonError, Trap } from '../errors.ts'
import type { ComponentInstance } from './component-instance.ts'
import { poisonedError } from './refusal.ts'
import { CALL_SHIFT, DISPOSED, ENTERED, LINKED, POISONED, RUNNING_CALL, words } from './thread.ts'
import { reveal } from './trap.ts'

/**
 * The way into one instance for one caller. `enter`, then guest code, then `leave`; or `fail` where anything threw in
 * between. Glue does the common case inline and calls these for the rest.
 */
export class Border {
  readonly instance: ComponentInstance
  /** From another component of the same tree; undefined: from the host. */
  readonly caller: ComponentInstance | undefined
  /** Which instances a call enters: the instance and its ancestors, without those that the caller is in already. */
  readonly set: readonly ComponentInstance[]

  constructor(instance: ComponentInstance, caller: ComponentInstance | undefined) {
    this.instance = instance
    this.caller = caller
    this.set = enteringSet(instance, caller)
  }

  /**
   * Enters for the synchronous view; imports cannot suspend. Returns what `leave` and `fail` need.
   *
   * @throws {Trap} cannot-enter
   * @throws {TenonError} instance-busy, instance-disposed
   */
  enter(): number {
    if (!this.free) throw this.refusal()
    return this.mark(0)
  }

  /** Whether nothing is in the way. */
  get free(): boolean {
    for (const instance of this.set) if (words[instance.word] !== 0) return false
    return true
  }

  /** Marks the set as entered by a call: 0, or the word of a call that may be suspended. */
  mark(call: number): number {
    const mark = ENTERED | (call << CALL_SHIFT)
    for (const instance of this.set) words[instance.word] = mark
    const saved = words[RUNNING_CALL]!
    words[RUNNING_CALL] = call * 4
    return saved
  }

  /**
   * @throws what poisoned the instance, where an engine let the guest catch that
   */
  leave(saved: number): void {
    words[RUNNING_CALL] = saved
    const { poisoned, failure } = this.instance
    for (const instance of this.set) instance.leave()
    if (poisoned) throw failure
  }

  /**
   * Ends a call that threw: poisons what it entered. Returns the error to throw to the caller: the engine's own is
   * replaced by what it stands for, or by what was recorded of it.
   */
  fail(saved: number, thrown: unknown, recorded: unknown = undefined): unknown {
    words[RUNNING_CALL] = saved
    const error = recorded ?? reveal(thrown)
    const inside = this.caller === undefined ? wholeTree(this.instance.root) : this.set
    for (const instance of inside) instance.poison(error)
    for (const instance of inside) instance.leave()
    if (this.caller === undefined) tellTrees(this.instance.root, error, thrown)
    return error
  }

  /** Whether a call of the promise view has only to wait: every instance that is entered is so by a suspended call. */
  get suspended(): boolean {
    let found = false
    for (const instance of this.set) {
      const state = words[instance.word]!
      if (state === 0) continue
      if ((state & (POISONED | DISPOSED)) !== 0 || !isSuspended(state)) return false
      found = true
    }
    return found
  }

  /** Why it may not be entered now. */
  refusal(): Error {
    for (const instance of this.set) if (instance.disposed) return instance.disposal()
    for (const instance of this.set) if (instance.poisoned) return poisonedError(instance)
    if (this.suspended) return busyError(this.instance)
    return new Trap(
      'cannot-enter',
      'wasm trap: cannot enter component instance: a call is inside already, and a component instance is not reentered',
    )
  }
}

/**
 * What ends with a call from the host that traps, the root last: all of the tree. Nothing in it is ever entered again, now that its
 * root is not; and where components call each other from wasm to wasm, not all leave a trace of where the call was.
 */
function wholeTree({ tree }: ComponentInstance): readonly ComponentInstance[] {
  return tree.toReversed()
}

/** The trees that the call was in when it ended: what another tree had entered in wasm ends with it, and hears of the trap first. */
function tellTrees(root: ComponentInstance, error: unknown, thrown: unknown): void {
  for (const linked of root.linkedRoots ?? []) {
    const state = words[linked.firstWord]!
    if (!enteredBy(state, root)) continue
    for (const instance of wholeTree(linked)) instance.poison(error)
    for (const instance of wholeTree(linked)) instance.leave()
    tellTrees(linked, error, thrown)
  }
  if (error instanceof Trap) root.onTrap?.(error, thrown)
}

function enteredBy(state: number, root: ComponentInstance): boolean {
  return (state & LINKED) !== 0 && state >>> CALL_SHIFT === root.firstWord
}

/** Whether the call that holds an instance is suspended (and not on the stack). */
function isSuspended(state: number): boolean {
  if ((state & LINKED) !== 0) return false
  const call = state >>> CALL_SHIFT
  return call !== 0 && words[call] !== 0
}

/** CanonicalABI.md, "Component Instances", `entering_set`: the instance itself first. */
function enteringSet(
  instance: ComponentInstance,
  caller: ComponentInstance | undefined,
): readonly ComponentInstance[] {
  if (instance.parent === undefined && caller === undefined) return [instance]
  const entered: ComponentInstance[] = []
  for (let one: ComponentInstance | undefined = instance; one && !isInside(caller, one); one = one.parent) {
    entered.push(one)
  }
  return entered
}

/** Whether `inner` is `outer` itself or somewhere in it. */
function isInside(inner: ComponentInstance | undefined, outer: ComponentInstance): boolean {
  for (let one = inner; one; one = one.parent) if (one === outer) return true
  return false
}

function busyError(instance: ComponentInstance): Error {
  return new TenonError(
    'instance-busy',
    `a call of the instance ${instance.root.name} is suspended and keeps it: call through the promise view, which waits its turn`,
  )
}
