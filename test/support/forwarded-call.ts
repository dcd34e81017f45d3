/**
 * One call through a forwarding guest with a back end, and all that can be seen of it: what crossed the borders, what the
 * guest's memory held, how often `realloc` was called. The test decides what goes wrong on the way.
 */
import { alignTo } from '../../src/abi/alignment.ts'
import type { PointerType } from '../../src/abi/pointer.ts'
import type { StringEncoding } from '../../src/component/component.ts'
import type { FunctionType } from '../../src/component/extern-type.ts'
import type { ResourceType } from '../../src/component/value-type.ts'
import { ComponentError, Trap } from '../../src/errors.ts'
import type { BackEnd, CoreFunction } from '../../src/runtime/back-end.ts'
import { ComponentInstance } from '../../src/runtime/component-instance.ts'
import type { RuntimeResource } from '../../src/runtime/resource.ts'
import { forwardingGuest } from './forwarding-guest.ts'

export interface ForwardedCall {
  readonly type: FunctionType
  readonly pointer: PointerType
  readonly stringEncoding: StringEncoding
  readonly args: readonly unknown[]
  /** What the host's function returns, or throws. */
  readonly respond: () => unknown
  /** What changes the guest's memory on its way; none where the guest is well-behaved. */
  readonly faults?: Faults
  readonly resource?: (type: ResourceType) => RuntimeResource
}

export interface Faults {
  /** Xored into the flat parameters, and the last one into the flat result. */
  readonly masks: readonly bigint[]
  /** Bytes of the heap that change before the import is called (stage 0) and after it (stage 1). */
  readonly bytes: readonly { readonly stage: 0 | 1; readonly at: number; readonly xor: number }[]
  /** By number of the call of `realloc`: added to what it returns. */
  readonly reallocs: ReadonlyMap<number, number>
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
}

export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'error'; readonly payload: unknown }
  | { readonly kind: 'trap'; readonly code: string; readonly message: string }
  | { readonly kind: 'thrown'; readonly name: string; readonly message: string }

/** Calls the guest's export with a back end of its own, in a fresh instance, through the synchronous view. */
export function forwardCall(backEnd: BackEnd, call: ForwardedCall): Observation {
  const { type, pointer, stringEncoding } = call
  const signature = {
    name: 'f',
    type,
    options: { stringEncoding, pointer, async: false, callback: false, postReturn: true },
  }
  const guest = forwardingGuest(type, pointer)
  const instance = new ComponentInstance(undefined, 'guest')
  const memory = new ObservedMemory(pointer, guest.heapAt, call.faults)
  let flatArguments: readonly unknown[] = []
  let received: readonly unknown[] | undefined
  let postReturns = 0

  // The lowered import takes the memory of the guest that imports it: it is made when it is called.
  const lowered = (): CoreFunction =>
    backEnd.lower(signature)({
      ...context,
      callee: (...args: unknown[]) => {
        received = args
        return call.respond()
      },
      target: undefined,
    }).plain
  const imports = {
    call: (...flat: never[]) => lowered()(...flat),
    arguments: (...flat: unknown[]) => {
      flatArguments = flat
    },
    stage: (stage: number) => {
      if (stage === 2) postReturns++
      else memory.pass(stage)
    },
    realloc: (...numbers: (number | bigint)[]) => memory.realloc(numbers),
  }
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(guest.bytes), { host: imports })
  memory.attach(exports['memory'] as WebAssembly.Memory)

  const context = {
    instance,
    memory: memory.memory,
    realloc: exports['realloc'] as CoreFunction,
    resource: call.resource ?? noResources,
  }
  const lifted = backEnd.lift(signature)({
    ...context,
    callee: exports['f'] as CoreFunction,
    postReturn: exports['post-return'] as CoreFunction,
    callback: undefined,
    caller: undefined,
  })
  const outcome = outcomeOf(() => lifted(...(call.args as never[])))
  instance.dispose()
  const { reallocs, snapshots } = memory
  return { outcome, received, flatArguments, reallocs, memories: snapshots, postReturns }
}

function noResources(): never {
  throw new Error('the type has handles, but the call says nothing of resources')
}

function outcomeOf(call: () => unknown): Outcome {
  try {
    return { kind: 'returned', value: call() }
  } catch (error) {
    if (error instanceof ComponentError) return { kind: 'error', payload: error.payload }
    if (error instanceof Trap) return { kind: 'trap', code: error.code, message: error.message }
    if (error instanceof Error) return { kind: 'thrown', name: error.name, message: error.message }
    throw error
  }
}

/** The guest's memory: a bump allocator that remembers, and the faults that happen to it. */
class ObservedMemory {
  readonly reallocs: (readonly number[])[] = []
  readonly snapshots: Uint8Array[] = []
  memory: WebAssembly.Memory | undefined
  readonly #pointer: PointerType
  readonly #heapAt: number
  readonly #faults: Faults | undefined
  #heapEnd: number

  constructor(pointer: PointerType, heapAt: number, faults: Faults | undefined) {
    this.#pointer = pointer
    this.#heapAt = heapAt
    this.#heapEnd = heapAt
    this.#faults = faults
  }

  attach(memory: WebAssembly.Memory): void {
    this.memory = memory
    const masks = new BigUint64Array(memory.buffer, 0, this.#faults?.masks.length ?? 0)
    masks.set(this.#faults?.masks ?? [])
  }

  realloc(numbers: readonly (number | bigint)[]): number | bigint {
    const [old, oldLength, alignment, length] = numbers.map((one) => Number(one) >>> 0) as [
      number,
      number,
      number,
      number,
    ]
    const fault = this.#faults?.reallocs.get(this.reallocs.length) ?? 0
    this.reallocs.push([old, oldLength, alignment, length])
    const ptr = alignTo(this.#heapEnd, alignment)
    this.#heapEnd = ptr + length
    this.#growTo(this.#heapEnd)
    this.#bytes().copyWithin(ptr, old, old + Math.min(oldLength, length))
    return this.#pointer === 'i32' ? ptr + fault : BigInt(ptr + fault)
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
    return new Uint8Array(this.memory!.buffer)
  }

  #growTo(size: number): void {
    const missing = Math.ceil((size - this.memory!.buffer.byteLength) / PAGE)
    if (missing <= 0) return
    // TypeScript's library does not know 64-bit memories.
    this.memory!.grow((this.#pointer === 'i32' ? missing : BigInt(missing)) as number)
  }
}

const PAGE = 65536
