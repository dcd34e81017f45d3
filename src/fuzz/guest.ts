/** Carries out steps in one live instance. */
import { handlesIn } from '../component/handles-in.ts'
import { type Failure, failureOf } from './failure.ts'
import { mapHandles } from './map-handles.ts'
import type { CallStep, Step, TracedStep } from './step.ts'
import type { Target, Targets } from './target.ts'

/** Calls a function; what it returns is a value of its type, an error case too. */
export type Invoke = (target: Target, args: readonly unknown[]) => Promise<unknown>

/** How a step ended. */
export type Ended =
  | { readonly kind: 'done'; readonly step: TracedStep }
  /** There is no handle that it needs. */
  | { readonly kind: 'skipped' }
  | { readonly kind: 'failed'; readonly step: TracedStep; readonly failure: Failure }
  /** An import that is only a stub was called: the instance is of no use any more, but nobody is to blame. */
  | { readonly kind: 'stubbed' }

interface LiveHandle {
  readonly id: number
  readonly handle: object
}

export class Guest {
  readonly #targets: Targets
  readonly #invoke: Invoke
  readonly #onStart: (step: TracedStep) => void
  /** By number of the resource. */
  readonly #live: LiveHandle[][]
  readonly #numbers: ReadonlyMap<object, number>
  #nextId = 0

  /** `onStart` is told each step before it runs: it may not come back. */
  constructor(targets: Targets, invoke: Invoke, onStart: (step: TracedStep) => void = () => {}) {
    this.#targets = targets
    this.#invoke = invoke
    this.#onStart = onStart
    this.#live = targets.resources.map(() => [])
    this.#numbers = new Map(targets.resources.map(({ type }, index) => [type, index]))
  }

  async run(step: Step): Promise<Ended> {
    return step.kind === 'drop' ? this.#drop(step.resource, step.pick) : this.#call(step)
  }

  /** Gives all handles up, so that what is left is what the guest keeps. */
  dropAll(): Failure | undefined {
    for (const [resource, live] of this.#live.entries()) {
      while (live.length > 0) {
        const ended = this.#drop(resource, 0)
        if (ended.kind === 'failed') return ended.failure
      }
    }
    return undefined
  }

  async #call({ target: index, args: picks }: CallStep): Promise<Ended> {
    const target = this.#targets.targets[index]!
    const taken = this.#take(target, picks)
    if (!taken) return { kind: 'skipped' }
    const { args, ids } = taken
    const { result } = target.function.type
    const started: TracedStep = { kind: 'call', target: index, args: ids, handles: [] }
    this.#onStart(started)
    try {
      const value = await this.#invoke(target, args)
      const found = result ? handlesIn(value, result) : []
      const handles = found.map(({ handle, resource }) => {
        const id = this.#nextId++
        this.#live[this.#numbers.get(resource)!]?.push({ id, handle })
        return id
      })
      return { kind: 'done', step: { ...started, handles } }
    } catch (error) {
      const failure = failureOf(error, target.name)
      if (!failure) return { kind: 'stubbed' }
      return { kind: 'failed', step: started, failure }
    }
  }

  /** Handles for the picks: as arguments, and as numbers. Undefined where there are not enough. */
  #take(target: Target, picks: readonly unknown[]): { args: unknown[]; ids: unknown[] } | undefined {
    const owned = new Set<LiveHandle>()
    const used = new Set<LiveHandle>()
    const choose = (pick: unknown, { kind, resource }: { kind: string; resource: object }) => {
      const live = this.#live[this.#numbers.get(resource)!]!
      const free = live.filter((one) => !(kind === 'own' ? used : owned).has(one))
      const chosen = free[free.length - 1 - ((pick as number) % free.length)]
      if (!chosen) throw notEnough
      used.add(chosen)
      if (kind === 'own') owned.add(chosen)
      return chosen
    }
    const { parameters } = target.function.type
    try {
      const chosen = parameters.map(({ type }, index) => mapHandles(picks[index], type, choose))
      for (const [resource, live] of this.#live.entries())
        if (owned.size > 0) this.#live[resource] = live.filter((one) => !owned.has(one))
      const each = (pick: (handle: LiveHandle) => unknown) =>
        parameters.map(({ type }, index) =>
          mapHandles(chosen[index], type, (handle) => pick(handle as LiveHandle)),
        )
      return { args: each(({ handle }) => handle), ids: each(({ id }) => id) }
    } catch (error) {
      if (error === notEnough) return undefined
      throw error
    }
  }

  #drop(resource: number, pick: number): Ended {
    const live = this.#live[resource]!
    const [dropped] = live.splice(-1 - (pick % Math.max(1, live.length)), 1)
    if (!dropped) return { kind: 'skipped' }
    const step: TracedStep = { kind: 'drop', handle: dropped.id }
    this.#onStart(step)
    try {
      ;(dropped.handle as Partial<Disposable>)[Symbol.dispose]?.()
      return { kind: 'done', step }
    } catch (error) {
      const { name } = this.#targets.resources[resource]!
      const failure = failureOf(error, `the destructor of ${name}`)
      return failure ? { kind: 'failed', step, failure } : { kind: 'stubbed' }
    }
  }
}

const notEnough = new Error('not enough handles')
