/** What generated code of one lift or lower sees as `bound`: the live objects, and what is slow or rare. */
import type { PointerType } from '../../abi/pointer.ts'
import type { FutureType, ResourceType, StreamType } from '../../component/value-type.ts'
import type { CanonicalContext, CoreFunction, LiftContext, LowerContext } from '../../runtime/back-end.ts'
import type { ComponentInstance } from '../../runtime/component-instance.ts'
import type { Border } from '../../runtime/entering.ts'
import { traitsOf } from '../../runtime/host-function.ts'
import { unexpected, wrongArgumentCount } from '../../runtime/mismatch.ts'
import { failSuspended } from '../../runtime/suspendable.ts'
import { cannotBlock } from '../../runtime/thenable.ts'
import { isInstance } from '../../runtime/thrown.ts'
import { crash, hostFailure, reveal } from '../../runtime/trap.ts'
import { Trap } from '../../errors.ts'
import type { RuntimeResource } from '../../runtime/resource.ts'
import type { GuestMemory, Views } from './memory.ts'
import { borrowBytes, liftBytes } from './numeric-list.ts'
import type { LowerText } from './strings.ts'
import type { HostElementFactory } from './host-element.ts'
import type { Site } from './source.ts'

/** What is left of a signature where its code has been generated. */
export interface Outline {
  readonly name: string
  /** Of its parameters. */
  readonly parameters: readonly string[]
  /** How many arguments a call must have. */
  readonly leastArguments: number
  /** Undefined where no value lies in memory: who bundles such a function bundles nothing for it. */
  readonly memory?: ((context: CanonicalContext, between: boolean) => GuestMemory | undefined) | undefined
}

/** What source refers to, in the order of its names. */
export interface References {
  readonly resources: readonly ResourceType[]
  readonly sites: readonly Site[]
  /** Types of streams and futures; none where nothing is said. */
  readonly ends?: readonly EndsReference[] | undefined
}

export interface EndsReference {
  readonly type: StreamType | FutureType
  readonly pointer: PointerType
  /** Reads what the host writes: none where that is numbers or nothing, where the host writes none, and where it would be too large. */
  readonly element?: HostElementFactory | undefined
}

const none: never[] = []

class Binding {
  readonly instance: ComponentInstance
  readonly memory: GuestMemory | undefined
  readonly views: Views | undefined
  readonly lowerText: LowerText | undefined
  readonly resources: readonly RuntimeResource[]
  /** Values only go on to another component. */
  readonly transient: boolean
  readonly references: References
  readonly context: CanonicalContext
  protected readonly outline: Outline

  constructor(outline: Outline, references: References, context: CanonicalContext, between: boolean) {
    this.outline = outline
    this.instance = context.instance
    this.transient = between
    this.resources = references.resources.length === 0 ? none : references.resources.map(context.resource)
    this.references = references
    this.context = context
    this.memory = outline.memory?.(context, between)
    this.views = this.memory?.views
    this.lowerText = this.memory?.lowerText
  }

  /** What says that a value does not fit; `indices` are those of the lists that lead to it. */
  refuse(site: number, value: unknown, ...indices: number[]): TypeError {
    return unexpected(this.path(site, indices), this.references.sites[site]!.expected, value)
  }

  /** The same where it takes more than the value to say what came. */
  refuseWith(site: number, value: unknown, got: string, ...indices: number[]): TypeError {
    return unexpected(this.path(site, indices), this.references.sites[site]!.expected, value, got)
  }

  /** The path to a value, for messages. */
  path(site: number, indices: readonly number[]): string {
    return `${this.outline.name}: ${pathOf(this.references.sites[site]!, indices)}`
  }
}

/** The path to a value, from where the source begins. */
export function pathOf({ place }: Site, indices: readonly number[]): string {
  let next = 0
  return place.replace(/#/g, () => String(indices[next++]))
}

/** How code enters and leaves. */
export type LiftBorder = Pick<Border, 'enter' | 'refusal' | 'leave' | 'fail'>

export class LiftBinding extends Binding {
  readonly core: CoreFunction
  readonly postReturn: CoreFunction | undefined
  readonly confinedPostReturn: boolean
  readonly border: LiftBorder

  constructor(
    outline: Outline,
    references: References,
    context: LiftContext,
    border: LiftBorder,
    core = context.callee,
  ) {
    super(outline, references, context, context.caller !== undefined)
    this.core = core
    this.postReturn = context.postReturn
    this.confinedPostReturn = context.confinedPostReturn ?? false
    this.border = border
  }

  refuseCount(got: number): TypeError {
    const { name, parameters, leastArguments } = this.outline
    return wrongArgumentCount(name, parameters, leastArguments, got)
  }
}

export class LowerBinding extends Binding {
  readonly callee: (...args: never[]) => unknown
  /** Copies bytes for the callee, unless it says that it only looks at them. */
  readonly bytesOf: typeof liftBytes

  constructor(outline: Outline, references: References, context: LowerContext, callee = context.callee) {
    super(outline, references, context, context.target !== undefined)
    this.callee = callee
    const borrows = traitsOf(context.callee).borrowsBytes ?? false
    this.bytesOf = borrows ? borrowBytes : liftBytes
    if (borrows) context.instance.memories.lend()
  }

  cannotBlock(promise: PromiseLike<unknown>): Trap {
    return cannotBlock(this.outline.name, promise)
  }

  /** Ends the guest that called. */
  crash(phase: number, thrown: unknown): never {
    crash(this.instance, this.#failure(phase, thrown))
  }

  failSuspended(call: number, phase: number, thrown: unknown): void {
    failSuspended(this.instance, call, this.#failure(phase, thrown))
  }

  /** @param phase 0: the arguments were wrong, 1: the host function threw, 2: what it returned was wrong */
  #failure(phase: number, thrown: unknown): unknown {
    if (phase === 2 && isInstance(thrown, TypeError)) {
      return new Trap('host-error', thrown.message, { cause: thrown })
    }
    return phase === 0 ? reveal(thrown) : hostFailure(this.instance, this.outline.name, thrown)
  }

  /** Any thenable as a promise of this realm. */
  settled(thenable: PromiseLike<unknown>): Promise<unknown> {
    return Promise.resolve(thenable)
  }
}
