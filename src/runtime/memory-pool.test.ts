import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { collectGarbage, collectNow } from '../../test/support/collect-garbage.ts'
import type { MemoryType } from '../binary/rewrite-core-module.ts'
import { limits } from '../component/limits.ts'
import { giveBackMemory, type TakenMemory, takeMemory as takeFrom } from './memory-pool.ts'
import { anyMemory } from './memory-source.ts'

const one: MemoryType = {
  initial: 1,
  maximum: undefined,
  shared: false,
  index64: false,
  pageSizeLog2: 16,
}

const takeMemory = (type: MemoryType, maximum: number | undefined): TakenMemory =>
  takeFrom(type, maximum, anyMemory)

/** Each test has a kind of its own. */
let maximum = 10_000
beforeEach(() => {
  maximum++
})

const bytesOf = ({ memory }: { memory: WebAssembly.Memory }): Uint8Array => new Uint8Array(memory.buffer)

describe('a memory that was given back', () => {
  test('is the next one of its kind, all zeros', () => {
    const first = takeMemory(one, maximum)
    bytesOf(first).fill(7)
    giveBackMemory(first, false)
    const second = takeMemory(one, maximum)
    assert.equal(second.memory, first.memory)
    assert.ok(bytesOf(second).every((byte) => byte === 0))
    assert.notEqual(takeMemory(one, maximum).memory, first.memory)
  })

  test('is no memory of another kind', () => {
    const first = takeMemory(one, maximum)
    giveBackMemory(first, false)
    assert.notEqual(takeMemory(one, maximum + 1000).memory, first.memory)
    assert.notEqual(takeMemory(one, undefined).memory, first.memory)
    assert.notEqual(takeMemory({ ...one, initial: 2 }, maximum).memory, first.memory)
    assert.equal(takeMemory(one, maximum).memory, first.memory)
  })

  test('is the last one that was', () => {
    const [a, b] = [takeMemory(one, maximum), takeMemory(one, maximum)]
    giveBackMemory(a, false)
    giveBackMemory(b, false)
    assert.equal(takeMemory(one, maximum), b)
    assert.equal(takeMemory(one, maximum), a)
  })

  test('has no views any more where some were lent', () => {
    const taken = takeMemory(one, maximum)
    const view = bytesOf(taken)
    giveBackMemory(taken, true)
    assert.equal(view.length, 0)
    assert.equal(takeMemory(one, maximum), taken)
  })

  test('is used again so often, and then no more', () => {
    const first = takeMemory(one, maximum)
    let last = first
    for (let i = 0; i < limits.memoryUses; i++) {
      giveBackMemory(last, false)
      last = takeMemory(one, maximum)
    }
    assert.equal(last, first)
    giveBackMemory(last, false)
    assert.notEqual(takeMemory(one, maximum), first)
  })

  test('is collected where nobody takes it', async () => {
    const gone = (() => {
      const taken = takeMemory(one, maximum)
      giveBackMemory(taken, false)
      return new WeakRef(taken.memory)
    })()
    assert.ok(await collectGarbage(() => gone.deref() === undefined))
    assert.equal(takeMemory(one, maximum).memory.buffer.byteLength, limits.pageSize)
  })

  test('is collected in the same job where who took it forgets it', async () => {
    const taken = [takeMemory(one, maximum)]
    const gone = new WeakRef(taken[0]!.memory)
    // A reference keeps what it is made to until the job ends.
    await sleep(1)
    giveBackMemory(taken.pop()!, false)
    takeMemory(one, maximum)
    collectNow()
    assert.equal(gone.deref(), undefined)
  })
})

describe('not used again is a memory', () => {
  const kinds: Readonly<Record<string, MemoryType>> = {
    'that is shared': { ...one, maximum: 3, shared: true },
    'with addresses of 64 bits': { ...one, index64: true },
    'of no pages': { ...one, initial: 0 },
    'that is large': { ...one, initial: limits.pooledMemory / limits.pageSize + 1 },
  }
  for (const [title, type] of Object.entries(kinds)) {
    test(title, () => {
      const taken = takeMemory(type, type.maximum)
      giveBackMemory(taken, false)
      assert.notEqual(takeMemory(type, type.maximum), taken)
    })
  }

  test('that grew', () => {
    const taken = takeMemory(one, maximum)
    taken.memory.grow(1)
    giveBackMemory(taken, false)
    assert.notEqual(takeMemory(one, maximum), taken)
  })

  test('that comes when enough are there', () => {
    const large = { ...one, initial: limits.pooledMemory / limits.pageSize }
    const taken = Array.from({ length: limits.pooledMemories / limits.pooledMemory + 1 }, () =>
      takeMemory(large, maximum),
    )
    for (const memory of taken) giveBackMemory(memory, false)
    const again = new Set(taken.map(() => takeMemory(large, maximum)))
    assert.ok(taken.filter((memory) => again.has(memory)).length < taken.length)
    assert.equal(again.size, taken.length)
  })
})
