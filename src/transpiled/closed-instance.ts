/**
 * The instance of a component that imports nothing, has no others in it, and knows no resources: while a call is inside nothing
 * else runs, so that no call is refused but after a trap or `dispose`, and none waits. For all others there is
 * `ComponentInstance`, which does the same and is five times as large.
 */
import { bindSynchronous, type LiftCode, promiseOf } from '../compile/glue/bind.ts'
import type { LiftBorder } from '../compile/glue/binding.ts'
import type { FunctionType } from '../component/extern-type.ts'
import type { LiftContext, LiftedFunction } from '../runtime/back-end.ts'
import type { ComponentInstance, InstanceStatistics } from '../runtime/component-instance.ts'
import { disposedError, poisonedError } from '../runtime/refusal.ts'
import { DISPOSED_WORD, ENTERED, POISONED, RUNNING_CALL, TreeWords, words } from '../runtime/thread.ts'
import { reveal } from '../runtime/trap.ts'
import { type OwnMemories, unmanagedMemories } from '../runtime/tree-memories.ts'
import { exported } from './functions.ts'
import type { Root } from './instance.ts'

export class ClosedInstance implements LiftBorder, Root {
  readonly parent = undefined
  readonly root: { readonly onTrap: undefined } = { onTrap: undefined }
  readonly tree: readonly ClosedInstance[] = [this]
  readonly statistics: InstanceStatistics = { liveHandles: 0, forgottenHandles: 0, waitedCalls: 0 }
  readonly mayBlock = false
  readonly name: string
  /** As in `ComponentInstance`. */
  declare word: number
  /** What poisoned it. */
  failure: unknown
  readonly async = undefined
  readonly words: TreeWords = new TreeWords(this)
  readonly memories: OwnMemories

  constructor(name: string, memories: OwnMemories = unmanagedMemories) {
    this.name = name
    this.memories = memories
    this.word = this.words.take('component instances')
  }

  get disposed(): boolean {
    return this.word === DISPOSED_WORD
  }

  /** @throws {Trap} cannot-enter @throws {TenonError} instance-disposed */
  enter(): number {
    if (words[this.word] !== 0) throw this.refusal()
    const running = words[RUNNING_CALL]!
    words[RUNNING_CALL] = 0
    words[this.word] = ENTERED
    return running
  }

  refusal(): Error {
    return this.disposed ? disposedError(this.name) : poisonedError(this)
  }

  leave(running: number): void {
    words[RUNNING_CALL] = running
    words[this.word] = 0
  }

  fail(running: number, thrown: unknown): unknown {
    words[RUNNING_CALL] = running
    words[this.word] = POISONED
    this.failure = reveal(thrown)
    return this.failure
  }

  dispose(): void {
    if (this.disposed) return
    // The last call trapped: what it left behind may still write to the memory.
    if (words[this.word] !== 0) this.memories.retire()
    this.words.free(this.word)
    this.word = DISPOSED_WORD
  }
}

type ClosedContext = Omit<LiftContext, 'instance' | 'caller'> & { readonly instance: ClosedInstance }

/** A function that users get. */
export function exportedClosed(code: LiftCode, closed: ClosedContext, type: FunctionType): LiftedFunction {
  // It has what code of functions without handles asks for, and users' imports of what another component exports.
  const instance = closed.instance as unknown as ComponentInstance
  const synchronous = bindSynchronous(code, { ...closed, instance, caller: undefined }, closed.instance)
  const lifted = Object.assign(synchronous, { promise: promiseOf(synchronous) }) as LiftedFunction
  return exported(lifted, type, instance)
}
