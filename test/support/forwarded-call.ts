/**
 * One call through a forwarding guest with a back end, and all that can be seen of it: what crossed the borders, what the
 * guest's memory held, how often `realloc` was called. The test decides what goes wrong on the way.
 */
import { alignTo } from '../../src/abi/alignment.ts'
import type { PointerType } from '../../src/abi/pointer.ts'
import type { StringEncoding } from '../../src/component/component.ts'
import type { FunctionType } from '../../src/component/extern-type.ts'
import { ComponentError, Trap } from '../../src/errors.ts'
import type {
  BackEnd,
  CanonicalContext,
  CoreFunction,
  LiftContext,
  LiftedFunction,
  LoweredFunction,
  Signature,
} from '../../src/runtime/back-end.ts'
import { AsyncState } from '../../src/runtime/async/async-state.ts'
import { ComponentInstance } from '../../src/runtime/component-instance.ts'
import { bindLowered } from '../../src/runtime/switch.ts'
import { forwardingGuest, reallocModule } from './forwarding-guest.ts'
import type { ResourceWorld } from './resource-world.ts'

export interface ForwardedCall {
  readonly type: FunctionType
  readonly pointer: PointerType
  readonly stringEncoding: StringEncoding
  readonly args: readonly unknown[]
  /** What the host's function returns, or throws. */
  readonly respond: (args: readonly unknown[]) => unknown
  /** What changes the guest's memory on its way; none where the guest is well-behaved. */
  readonly faults?: Faults | undefined
  /** What handles belong to; only where the type has any. */
  readonly resources?: ResourceWorld
  /** Awaited when a call of the promise view is over, before its instance is disposed. */
  readonly beforeDisposal?: () => Promise<void>
  /** Told when the guest is before (0) and after (1) its call of the import, and in post-return (2). */
  readonly atStage?: (stage: number, instance: ComponentInstance) => void
}

export interface Faults {
  /** Xored into the flat parameters, and the last one into the flat result. */
  readonly masks: readonly bigint[]
  /** Bytes of the heap that change before the import is called (stage 0) and after it (stage 1). */
  readonly bytes: readonly { readonly stage: 0 | 1; readonly at: number; readonly xor: number }[]
  /** By number of the call of `realloc`: added to what it returns. */
  readonly reallocs: ReadonlyMap<number, number>
  /** `realloc` grows the memory each time, which detaches all views of it. */
  readonly grows: boolean
  /** `realloc` returns 0 for nothing. */
  readonly nothingAtZero: boolean
}

/** Everything that two back ends must agree on. */
export interface Observation {
  /** What the caller of the export saw. */
  readonly outcome: Outcome
  /** What the host's function got; undefined where it was not called. */
  readonly received: readonly unknown[] | undefined
  readonly flatArguments: readonly unknown[]
  readonly reallocs: readonly (readonly number[])[]
  /** The guest's memory in use, at both stages, before the faults. */
  readonly memories: readonly Uint8Array[]
  readonly postReturns: number
  /** What the guest's table holds afterwards. */
  readonly handles: readonly unknown[]
}

export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'error'; readonly payload: unknown }
  | { readonly kind: 'trap'; readonly code: string; readonly message: string }
  | { readonly kind: 'thrown'; readonly name: string; readonly message: string }

/** Calls the guest's export with a back end of its own, in a fresh instance, through the synchronous view. */
export function forwardCall(backEnd: BackEnd, call: ForwardedCall): Observation {
  const forwarding = new Forwarding(backEnd, call)
  const outcome = outcomeOf(() => forwarding.lifted(...(call.args as never[])))
  return forwarding.observe(outcome)
}

/** The same through the promise view: the import may be suspended. */
export async function forwardCallSuspended(backEnd: BackEnd, call: ForwardedCall): Promise<Observation> {
  const forwarding = new Forwarding(backEnd, call)
  const outcome = await forwarding.lifted.promise(...(call.args as never[])).then(returned, thrown)
  await call.beforeDisposal?.()
  return forwarding.observe(outcome)
}

/**
 * Two calls through the promise view of one instance: the second waits where the first is suspended. `call.respond` answers
 * both; where it says so the instance is disposed as soon as the first call is suspended.
 */
export async function forwardTwoCalls(
  backEnd: BackEnd,
  call: ForwardedCall,
  secondArgs: readonly unknown[],
  disposes: boolean,
): Promise<{ readonly first: Observation; readonly second: Outcome }> {
  const forwarding = new Forwarding(backEnd, call)
  const { lifted } = forwarding
  const calls = [call.args, secondArgs].map((args) =>
    lifted.promise(...(args as never[])).then(returned, thrown),
  )
  if (disposes) forwarding.dispose()
  const [first, second] = await Promise.all(calls)
  await call.beforeDisposal?.()
  return { first: forwarding.observe(first!), second: second! }
}

/** How the guest in the middle moves values: another encoding, another address type. */
export interface MiddleOptions extends Pick<ForwardedCall, 'pointer' | 'stringEncoding'> {
  /** Whether the instances take it that a call may come back to them: here none does. */
  readonly reenterable: boolean
}

/** Through two components of one tree: the caller's guest forwards to the middle one, and that to the host. */
export async function forwardThroughTwo(
  backEnd: BackEnd,
  call: ForwardedCall,
  middle: MiddleOptions,
  view: 'synchronous' | 'promise',
): Promise<{ readonly outer: Observation; readonly inner: Observation }> {
  const root = new ComponentInstance(undefined, 'root')
  const instance = call.resources?.guest ?? new ComponentInstance(root, 'outer')
  const target = call.resources?.other ?? new ComponentInstance(instance.parent, 'inner')
  instance.reenterable = target.reenterable = middle.reenterable
  // As the runtime says of whoever calls the host.
  target.mayBlock = true
  const inner = new Forwarding(backEnd, { ...call, ...middle }, { instance: target, caller: instance })
  const outer = new Forwarding(backEnd, call, { instance, callee: inner })
  const args = call.args as never[]
  const outcome =
    view === 'synchronous'
      ? outcomeOf(() => outer.lifted(...args))
      : await outer.lifted.promise(...args).then(returned, thrown)
  await call.beforeDisposal?.()
  return { outer: outer.observe(outcome), inner: inner.observe(outcome) }
}

/** Where a guest stands among others; by default it is alone, between the host and the host. */
interface Surroundings {
  readonly instance?: ComponentInstance
  readonly caller?: ComponentInstance
  /** What its import is bound to; by default the host's function. */
  readonly callee?: Forwarding
}

class Forwarding {
  readonly lifted: LiftedFunction
  readonly #signature: Signature
  readonly #liftContext: LiftContext
  readonly instance: ComponentInstance
  readonly #resources: ResourceWorld | undefined
  readonly #memory: ObservedMemory
  #flatArguments: readonly unknown[] = []
  #received: readonly unknown[] | undefined
  #postReturns = 0

  constructor(backEnd: BackEnd, call: ForwardedCall, around: Surroundings = {}) {
    const { type, pointer, stringEncoding } = call
    const options = { stringEncoding, pointer, async: false, callback: false, postReturn: true }
    const signature: Signature = { name: 'f', type, options }
    const guest = forwardingGuest(type, pointer)
    this.#resources = call.resources
    this.instance = around.instance ?? call.resources?.guest ?? new ComponentInstance(undefined, 'guest')
    // Functions of async type are tasks: the back end has to know of these.
    if (type.async) this.instance.async ??= new AsyncState(this.instance)
    this.#memory = new ObservedMemory(pointer, guest.heapAt, call.faults)
    const context: CanonicalContext = {
      instance: this.instance,
      memory: this.#memory.memory,
      realloc: this.#memory.coreRealloc(),
      resource: call.resources ? (type) => call.resources!.resource(type) : noResources,
    }
    const callHost = (...args: unknown[]): unknown => {
      this.#received = args
      return call.respond(args)
    }
    const { callee } = around
    const lowered = backEnd.lower(signature)({
      ...context,
      callee: callee ? callee.lifted : callHost,
      target: callee?.instance,
    })
    const [imported] = callee?.fuse(backEnd, signature, context, lowered) ?? bindLowered([lowered])
    const stage = (number: number): void => {
      if (number === 2) this.#postReturns++
      else this.#memory.pass(number)
      call.atStage?.(number, this.instance)
    }
    const flatArguments = (...flat: unknown[]): void => {
      this.#flatArguments = flat
    }
    const host = { memory: this.#memory.memory, call: imported!, arguments: flatArguments, stage }
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(guest.bytes), { host })
    this.#signature = signature
    this.#liftContext = {
      ...context,
      callee: exports.f as CoreFunction,
      postReturn: exports['post-return'] as CoreFunction,
      callback: undefined,
      caller: around.caller,
    }
    this.lifted = backEnd.lift(signature)(this.#liftContext)
  }

  /** The function that a caller imports to call this guest, where the back end can make one. */
  fuse(
    backEnd: BackEnd,
    lower: Signature,
    lowerContext: CanonicalContext,
    { plain, type }: LoweredFunction,
  ): readonly CoreFunction[] | undefined {
    const [adapter] =
      backEnd.fuse?.([
        {
          lower,
          lowerContext,
          lift: this.#signature,
          liftContext: this.#liftContext,
          slow: () => plain as (...args: unknown[]) => unknown,
          needsLeaveCheck: () => true,
          parameters: type.parameters.length,
        },
      ]) ?? []
    return adapter && [adapter]
  }

  dispose(): void {
    this.instance.dispose()
  }

  observe(outcome: Outcome): Observation {
    // What a disposed instance holds is of no use any more.
    const handles = Array.from(this.instance.disposed ? [] : this.instance.handles, (handle) =>
      this.#resources?.describeHandle(handle),
    )
    this.dispose()
    const { reallocs, snapshots } = this.#memory
    return {
      outcome,
      received: this.#received,
      flatArguments: this.#flatArguments,
      reallocs,
      memories: snapshots,
      postReturns: this.#postReturns,
      handles,
    }
  }
}

function noResources(): never {
  throw new Error('the type has handles, but the call says nothing of resources')
}

function outcomeOf(call: () => unknown): Outcome {
  try {
    return returned(call())
  } catch (error) {
    return thrown(error)
  }
}

function returned(value: unknown): Outcome {
  return { kind: 'returned', value }
}

function thrown(error: unknown): Outcome {
  if (error instanceof ComponentError) return { kind: 'error', payload: error.payload }
  if (error instanceof Trap) return { kind: 'trap', code: error.code, message: error.message }
  if (error instanceof Error) return { kind: 'thrown', name: error.name, message: error.message }
  throw error
}

/** The guest's memory: a bump allocator that remembers, and the faults that happen to it. */
export class ObservedMemory {
  readonly memory: WebAssembly.Memory
  readonly reallocs: (readonly number[])[] = []
  readonly snapshots: Uint8Array[] = []
  readonly #pointer: PointerType
  readonly #heapAt: number
  readonly #faults: Faults | undefined
  #heapEnd: number

  constructor(pointer: PointerType, heapAt: number, faults: Faults | undefined) {
    this.memory = new WebAssembly.Memory({
      address: pointer,
      initial: pointer === 'i32' ? 1 : 1n,
    } as unknown as WebAssembly.MemoryDescriptor) // TypeScript's library does not know 64-bit memories.
    this.#pointer = pointer
    this.#heapAt = heapAt
    this.#heapEnd = heapAt
    this.#faults = faults
    this.#growTo(heapAt)
    new BigUint64Array(this.memory.buffer, 0, 32).set(faults?.masks ?? [])
  }

  /** As a wasm function. */
  coreRealloc(): CoreFunction {
    const module = new WebAssembly.Module(reallocModule(this.#pointer))
    const host = { realloc: (...numbers: (number | bigint)[]) => this.#realloc(numbers) }
    return new WebAssembly.Instance(module, { host }).exports.realloc as CoreFunction
  }

  #realloc(numbers: readonly (number | bigint)[]): number | bigint {
    const [old = 0, oldLength = 0, alignment = 1, length = 0] = numbers.map((one) => Number(one) >>> 0)
    const fault = this.#faults?.reallocs.get(this.reallocs.length) ?? 0
    this.reallocs.push([old, oldLength, alignment, length])
    if (this.#faults?.grows) this.#growTo(this.memory.buffer.byteLength + 1)
    if (length === 0 && this.#faults?.nothingAtZero) return this.#pointer === 'i32' ? 0 : 0n
    const ptr = alignTo(this.#heapEnd, alignment) + fault
    // Allocations never overlap: in which order they are written does not show.
    this.#heapEnd = fault > PAGE ? this.#heapEnd : ptr + length
    this.#growTo(this.#heapEnd)
    this.#bytes().copyWithin(ptr, old, old + Math.min(oldLength, length))
    return this.#pointer === 'i32' ? ptr : BigInt(ptr)
  }

  /** The guest goes on to another stage: 0 before its import is called, 1 after. */
  pass(stage: number): void {
    this.snapshots.push(this.#bytes().slice(0, this.#heapEnd))
    const heap = this.#bytes().subarray(this.#heapAt, this.#heapEnd)
    if (heap.length === 0) return
    for (const fault of this.#faults?.bytes ?? []) {
      if (fault.stage === stage) heap[fault.at % heap.length]! ^= fault.xor
    }
  }

  #bytes(): Uint8Array {
    return new Uint8Array(this.memory.buffer)
  }

  #growTo(size: number): void {
    const missing = Math.ceil((size - this.memory.buffer.byteLength) / PAGE)
    if (missing > 0) this.memory.grow((this.#pointer === 'i32' ? missing : BigInt(missing)) as number)
  }
}

const PAGE = 65536
