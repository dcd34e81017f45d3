/**
 * Adapter modules of a Plan, laid out before there is anything live: with stand-ins for memories, functions, instances and resources,
 * of which only counts who is who.
 */
import { type LaidOut, layOut, needsNoAdapter } from '../../compile/fuse/fuse.ts'
import type { CoreItem, Plan, PlanLift, PlanLower } from '../../compile/plan.ts'
import { AsyncState } from '../../runtime/async/async-state.ts'
import { seesTasks } from '../../runtime/async/with-tasks.ts'
import type { CanonicalContext, CoreFunction, DirectCall } from '../../runtime/back-end.ts'
import { ComponentInstance } from '../../runtime/component-instance.ts'
import type { Confinement } from '../../runtime/confined.ts'
import { markBlocking } from '../../runtime/may-block.ts'
import type { RuntimeResource } from '../../runtime/resource.ts'
import { literalText } from './literal-text.ts'
import type { PlanScope } from './plan-scope.ts'

/** All engines that have exceptions have this form of catching them; the newer one is missing from some. */
const engine = { exceptions: 'try' } as const

export interface AdapterModuleText {
  readonly bytes: Uint8Array
  /** Places of its calls among the lowers. */
  readonly places: readonly number[]
  /** What it imports, as text for each object. */
  readonly parts: AdapterPartsText
}

interface AdapterPartsText {
  readonly memories: readonly string[]
  readonly reallocs: readonly string[]
  readonly words: readonly string[]
  readonly links: readonly string[]
  readonly sites: readonly string[]
}

/** Stand-ins by what they stand for; and back. */
class StandIns {
  readonly #objects = new Map<string, object>()
  readonly #texts = new Map<object, string>()

  object(text: string): object {
    const known = this.#objects.get(text)
    if (known !== undefined) return known
    const made = Object.freeze({})
    this.#objects.set(text, made)
    this.#texts.set(made, text)
    return made
  }

  text(object: object): string {
    return this.#texts.get(object)!
  }
}

export class Adapters {
  readonly #plan: Plan
  readonly #confinement: Confinement
  readonly #item: (item: CoreItem) => string
  readonly #coreFunction: (item: CoreItem) => string
  readonly #standIns = new StandIns()
  readonly #instances: readonly ComponentInstance[]
  readonly #resources: readonly RuntimeResource[]

  constructor(scope: PlanScope) {
    const { plan, reach, reenterable, confinement } = scope
    this.#plan = plan
    this.#confinement = confinement
    this.#item = (item) => scope.item(item)
    this.#coreFunction = (item) => scope.function(item)
    const instances: ComponentInstance[] = []
    plan.instances.forEach(({ parent, async }, i) => {
      const instance = new ComponentInstance(parent === undefined ? undefined : instances[parent], '')
      instance.reenterable = reenterable[i]!
      if (async) instance.async = new AsyncState(instance)
      instances.push(instance)
    })
    // Nothing is known of what comes from outside: it may block.
    markBlocking(reach, { instances, functions: [], resources: [] })
    this.#instances = instances
    const owners = new Map<number, ComponentInstance>()
    for (const step of plan.steps)
      if (step.kind === 'define-resource') owners.set(step.resource, instances[step.instance]!)
    // What it can do nobody asks.
    this.#resources = plan.resources.map((_, slot) => ({ owner: owners.get(slot) }) as RuntimeResource)
  }

  /** Gives back what stand-ins took of this thread. */
  end(): void {
    for (const instance of this.#instances.toReversed()) instance.dispose()
  }

  /** For those lowers of one step that may be the callee's core function: the place of each, and that function. */
  direct(lowers: readonly PlanLower[]): ReadonlyMap<number, string> {
    const direct = this.#calls(lowers).filter(({ call }) => needsNoAdapter(call))
    return new Map(direct.map(({ place, callee }) => [place, this.#item(callee)]))
  }

  /** The modules of those that call what another component lifts, and can be fused. */
  modules(lowers: readonly PlanLower[]): readonly AdapterModuleText[] {
    const all = this.#calls(lowers)
    const calls = all.map(({ call }) => call)
    const places = all.map(({ place }) => place)
    // The engine that writes need not be the one that runs.
    return layOut(calls, true).map((one) => ({
      bytes: one.layout.encode(engine),
      places: one.places.map((place) => places[place]!),
      parts: this.#parts(one),
    }))
  }

  #calls(lowers: readonly PlanLower[]): { call: DirectCall; place: number; callee: CoreItem }[] {
    return lowers.flatMap((lower, place) => {
      if (lower.function.from !== 'lift') return []
      const lift = this.#plan.lifts[lower.function.lift]!
      const call = this.#call(lower, lift)
      return seesTasks(call) ? [] : [{ call, place, callee: lift.callee }]
    })
  }

  #call(lower: PlanLower, lift: PlanLift): DirectCall {
    const caller = this.#context(lower)
    const postReturn = lift.postReturn && this.#function(lift.postReturn)
    return {
      lower: this.#plan.signatures[lower.signature]!,
      lowerContext: caller,
      lift: this.#plan.signatures[lift.signature]!,
      liftContext: {
        ...this.#context(lift),
        callee: this.#function(lift.callee),
        postReturn,
        callback: undefined,
        caller: caller.instance,
      },
      slow: () => () => {},
      parameters: 0,
      needsLeaveCheck: () => this.#confinement.needsLeaveCheck(lower.instance),
    }
  }

  #context(items: PlanLower | PlanLift): CanonicalContext {
    const { instance, memory, realloc } = items
    return {
      ...this.#confinement.of(items),
      instance: this.#instances[instance]!,
      memory: memory && (this.#standIns.object(this.#item(memory)) as WebAssembly.Memory),
      realloc: realloc && this.#function(realloc),
      resource: (type) => this.#resources[this.#plan.resources.indexOf(type)]!,
    }
  }

  #function(item: CoreItem): CoreFunction {
    // Nothing calls it: its expression is printed where the function would be.
    return this.#standIns.object(this.#coreFunction(item)) as unknown as CoreFunction
  }

  #parts({ layout }: LaidOut): AdapterPartsText {
    const text = (object: object): string => this.#standIns.text(object)
    const side = ({ instance, memory }: CanonicalContext): string =>
      `{ instance: ${this.#instance(instance)}${memory ? `, memory: ${text(memory)}` : ''} }`
    return {
      memories: layout.memories.map(text),
      reallocs: layout.reallocs.map(text),
      words: layout.words.map((instance) => this.#instance(instance)),
      links: layout.links.map(({ caller, callee }) => `{ caller: ${side(caller)}, callee: ${side(callee)} }`),
      sites: layout.sites.map(({ link, from, resource, lends }) => {
        const slot = this.#resources.indexOf(resource)
        return `[${layout.links.indexOf(link)}, ${literalText(from)}, given.resources[${slot}], ${lends}]`
      }),
    }
  }

  #instance(instance: ComponentInstance): string {
    return `instance${this.#instances.indexOf(instance)}`
  }
}
