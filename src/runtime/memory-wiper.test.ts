import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { memoryWiper, memoryWiperBytes } from './memory-wiper-module.ts'
import { MemoryWiper } from './memory-wiper.ts'

test('the bytes are those of the text', async () => {
  const text = readFileSync(new URL('memory-wiper.wat', import.meta.url), 'utf8')
  assert.equal(memoryWiperBytes, Buffer.from(await assemble(text)).toString('base64'))
})

for (const [by, module] of [
  ['wasm', memoryWiper()],
  ['JavaScript', undefined],
] as const) {
  test(`every byte that is not 0 is 0 afterwards, by ${by}`, () => {
    const memory = new WebAssembly.Memory({ initial: 2 })
    const bytes = new Uint8Array(memory.buffer)
    const wiper = new MemoryWiper(memory, module)
    const isZero = (): boolean => bytes.every((byte) => byte === 0)
    for (let place = 0; place < bytes.length; place += 241) {
      bytes[place] = 1
      wiper.wipe()
      assert.equal(bytes[place], 0, `byte ${place}`)
    }
    assert.ok(isZero())
    bytes[bytes.length - 1] = 255
    bytes.fill(3, 4095, 9000)
    wiper.wipe()
    assert.ok(isZero())
    bytes.fill(0xff)
    wiper.wipe()
    assert.ok(isZero())
  })
}
