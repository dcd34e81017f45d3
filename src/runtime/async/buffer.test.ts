import assert from 'node:assert/strict'
import { test } from 'node:test'
import { elementSize } from '../../abi/element-size.ts'
import type { ValueType } from '../../component/value-type.ts'
import { ComponentInstance } from '../component-instance.ts'
import { type BufferPlace, copy, GuestBuffer } from './buffer.ts'

function placeIn(memory: WebAssembly.Memory, element: ValueType): BufferPlace {
  const options = {
    stringEncoding: 'utf8',
    pointer: 'i32',
    async: false,
    postReturn: false,
    callback: false,
  } as const
  const instance = new ComponentInstance(undefined, 'guest')
  const context = {
    instance,
    memory,
    realloc: undefined,
    resource: () => assert.fail('there are no handles'),
  }
  return { options, context, element }
}

/** Every byte differs from its neighbours; of floats, some are NaNs of many kinds. */
function filled(): WebAssembly.Memory {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const bytes = new Uint8Array(memory.buffer)
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 37) & 0xff
  const view = new DataView(memory.buffer)
  for (const at of [64, 88]) {
    view.setUint32(at, 0x7f80_1234, true)
    view.setBigUint64(at + 8, 0xfff4_0000_0000_0001n, true)
  }
  return memory
}

const bytesOf = ({ buffer }: WebAssembly.Memory): Uint8Array => new Uint8Array(buffer)
const kinds = ['u8', 's8', 'u16', 's16', 'u32', 's32', 'u64', 's64', 'f32', 'f64'] as const

for (const kind of kinds) {
  test(`${kind}: memory to memory is the same as through values`, () => {
    const element = { kind } as const
    const size = elementSize(element, 'i32')
    const buffers = (memories: readonly WebAssembly.Memory[]) => [
      new GuestBuffer(placeIn(memories[0]!, element), 64n, 20n),
      new GuestBuffer(placeIn(memories[1]!, element), 1024n, 12n),
    ]
    const [fast, slow] = [
      [filled(), filled()],
      [filled(), filled()],
    ] as const
    const [from, to] = buffers(fast)
    copy(from!, to!)
    const [slowFrom, slowTo] = buffers(slow)
    slowTo!.write(slowFrom!.read(12), 12)
    assert.deepEqual(bytesOf(fast[1]), bytesOf(slow[1]))
    assert.notDeepEqual(bytesOf(fast[1]), bytesOf(filled()))
    assert.deepEqual([from!.progress, from!.remain, to!.progress, to!.remain], [12, 8, 12, 0])
    // It goes on where it stopped.
    const rest = new GuestBuffer(placeIn(fast[1], element), 2048n, 20n)
    copy(from!, rest)
    assert.equal(rest.progress, 8)
    const expected = new GuestBuffer(placeIn(slow[1], element), 2048n, 20n)
    expected.write(slowFrom!.read(8), 8)
    assert.deepEqual(
      bytesOf(fast[1]).subarray(2048, 2048 + 8 * size),
      bytesOf(slow[1]).subarray(2048, 2048 + 8 * size),
    )
  })
}

test('places of one memory may overlap', () => {
  const element = { kind: 'u8' } as const
  const memory = filled()
  const before = bytesOf(memory).slice(100, 150)
  copy(
    new GuestBuffer(placeIn(memory, element), 100n, 50n),
    new GuestBuffer(placeIn(memory, element), 110n, 50n),
  )
  assert.deepEqual(bytesOf(memory).slice(110, 160), before)
})
