/**
 * Memories that disposed instances had, for the next ones: a memory is most of what an instance costs. They are zeroed
 * when they are taken again, which most never are. The pool holds them weakly, so that the garbage collector empties it.
 */
import type { MemoryType } from '../binary/rewrite-core-module.ts'
import { memoryUses, pageSize, pooledMemories, pooledMemory } from '../component/limits.ts'
import { memorySize } from './make-memory.ts'
import type { MemorySource } from './memory-source.ts'
import { MemoryWiper } from './memory-wiper.ts'

/** A memory that an instance has. */
export class TakenMemory {
  readonly memory: WebAssembly.Memory
  /** Equal for those that replace each other; undefined for one that is not used again. */
  readonly kind: number | undefined
  /** Bytes that it began with. */
  readonly initialSize: number
  /** Made when it is first given back. */
  place: Place | undefined
  /** How often it was taken from the pool. */
  uses = 0
  #wiper: MemoryWiper | undefined

  constructor(memory: WebAssembly.Memory, kind: number | undefined, initialSize: number) {
    this.memory = memory
    this.kind = kind
    this.initialSize = initialSize
  }

  wipe({ wiper }: MemorySource): void {
    this.#wiper ??= new MemoryWiper(this.memory, wiper())
    this.#wiper.wipe()
  }
}

/**
 * Where a memory lies while it is in the pool. Engines keep what weak references are made to, or led to, until the job ends: that is
 * a place without a memory once the memory was taken, which whoever took it may have forgotten long before.
 */
class Place {
  taken: TakenMemory | undefined
  readonly reference: WeakRef<Place> = new WeakRef(this)
}

/**
 * A memory that is all zeros.
 *
 * @param maximum pages that it may grow to; undefined: as many as the engine allows
 * @throws {RangeError} where the engine has no more memory
 */
export function takeMemory(type: MemoryType, maximum: number | undefined, source: MemorySource): TakenMemory {
  const kind = kindOf(type, maximum)
  const pooled = kind === undefined ? undefined : takePooled(kind)
  if (!pooled) return new TakenMemory(source.make(type, maximum), kind, memorySize(type))
  pooled.uses++
  pooled.wipe(source)
  return pooled
}

/**
 * Keeps a memory for whoever takes one of its kind next. Nothing may be left that could write to it but views that were
 * `lent`: those end here, because growing a memory, by nothing too, detaches them (WebAssembly JavaScript Interface,
 * "refresh the Memory buffer").
 */
export function giveBackMemory(taken: TakenMemory, lent: boolean): void {
  const { memory, kind, initialSize, uses } = taken
  if (kind === undefined || uses === memoryUses) return
  const { buffer } = memory
  if (buffer.byteLength !== initialSize) return
  if (!hasRoom(initialSize)) return
  if (lent) memory.grow(0)
  if (lent && buffer.byteLength !== 0) return
  pooledBytes += initialSize
  taken.place ??= new Place()
  taken.place.taken = taken
  const { reference } = taken.place
  // It stays until this job ends: an instance that is made right after this one gets it.
  reference.deref()
  const pooled = pool.get(kind)
  if (pooled) pooled.push(reference)
  else pool.set(kind, [reference])
}

/** By kind; the last one that was given back is the first one taken again: the caches still know it. */
const pool = /* @__PURE__ */ new Map<number, WeakRef<Place>[]>()
/** Those that were collected count until somebody looks. */
let pooledBytes = 0

/**
 * Undefined where a new memory is as cheap (a large one), or what the memory is cannot be undone (a shared one may be in
 * other threads).
 */
function kindOf(type: MemoryType, maximum: number | undefined): number | undefined {
  const { initial, shared, index64, pageSizeLog2 } = type
  if (shared || index64 || 2 ** pageSizeLog2 !== pageSize) return undefined
  if (initial === 0 || initial * pageSize > pooledMemory) return undefined
  // A memory of 32 bits has at most 2¹⁶ pages.
  return initial * 2 ** 17 + (maximum ?? 2 ** 17 - 1)
}

function takePooled(kind: number): TakenMemory | undefined {
  const references = pool.get(kind)
  while (references !== undefined && references.length > 0) {
    const place = references.pop()!.deref()
    if (place?.taken === undefined) continue
    const { taken } = place
    place.taken = undefined
    pooledBytes -= taken.initialSize
    return taken
  }
  pool.delete(kind)
  return undefined
}

function hasRoom(size: number): boolean {
  if (pooledBytes + size > pooledMemories) forgetCollected()
  return pooledBytes + size <= pooledMemories
}

function forgetCollected(): void {
  pooledBytes = 0
  for (const [kind, references] of pool) {
    const live = references.filter((reference) => {
      const place = reference.deref()
      pooledBytes += place?.taken?.initialSize ?? 0
      return place !== undefined
    })
    if (live.length > 0) pool.set(kind, live)
    else pool.delete(kind)
  }
}
