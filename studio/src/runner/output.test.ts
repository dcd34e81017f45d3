import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Output } from './output.ts'

const decoder = new TextDecoder()
const encoder = new TextEncoder()

function outputOf(limit: number): {
  readonly output: Output
  readonly chunks: (readonly [string, string])[]
} {
  const chunks: (readonly [string, string])[] = []
  const tell = (stream: string, bytes: Uint8Array): void => void chunks.push([stream, decoder.decode(bytes)])
  return { output: new Output({ output: tell }, limit), chunks }
}

suite('output', () => {
  test('goes over at once, so that it is seen also where the guest never waits', () => {
    const { output, chunks } = outputOf(1_000)
    output.write('stdout', encoder.encode('one'))
    output.write('stderr', encoder.encode('two'))
    assert.deepEqual(chunks, [
      ['stdout', 'one'],
      ['stderr', 'two'],
    ])
  })

  test('in chunks, where there is much of it, and in order', () => {
    const { output, chunks } = outputOf(10_000_000)
    for (let i = 0; i < 20_000; i++) {
      output.write('stdout', encoder.encode(`${i}\n`))
      if (i % 5_000 === 0) output.write('stderr', encoder.encode(`at ${i}\n`))
    }
    output.flush()
    assert.ok(chunks.length < 200, `${chunks.length} chunks`)
    const text = (stream: string) => chunks.flatMap(([one, part]) => (one === stream ? [part] : [])).join('')
    assert.equal(text('stdout'), Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join(''))
    assert.equal(text('stderr'), 'at 0\nat 5000\nat 10000\nat 15000\n')
  })

  test('ends at its limit, with one note', () => {
    const { output, chunks } = outputOf(5)
    for (const part of ['abc', 'def', 'ghi']) output.write('stdout', encoder.encode(part))
    assert.deepEqual(chunks, [
      ['stdout', 'abc'],
      ['stdout', 'de'],
      ['stderr', '\n[output beyond 5 bytes is left out]\n'],
    ])
  })
})
