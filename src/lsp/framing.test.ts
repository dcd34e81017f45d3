import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { frame, MessageReader } from './framing.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function read(...pieces: readonly Uint8Array[]): string[] {
  const found: string[] = []
  const reader = new MessageReader((message) => found.push(message))
  for (const piece of pieces) reader.push(piece)
  return found
}

describe('messages in a stream', () => {
  const messages = ['{}', '{"a":"é🌊"}', '', `"${'x'.repeat(100_000)}"`]
  const stream = Uint8Array.from(messages.flatMap((message) => [...frame(message)]))

  test('in pieces of any size', () => {
    for (const size of [1, 7, 4_096, stream.length]) {
      const pieces = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
        stream.subarray(index * size, (index + 1) * size),
      )
      assert.deepEqual(read(...pieces), messages)
    }
  })

  test('with other headers, written otherwise', () => {
    const head = 'Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:2\r\n\r\n'
    assert.deepEqual(read(bytes(`${head}{}`)), ['{}'])
  })

  test('what is no stream of messages is refused', () => {
    assert.throws(() => read(bytes('GET / HTTP/1.1\r\n\r\n')), {
      code: 'protocol',
      message: /a header without Content-Length/,
    })
    assert.throws(() => read(bytes('x'.repeat(5_000))), { message: /a header without an end/ })
    assert.throws(() => read(bytes('Content-Length: 99999999999\r\n\r\n')), {
      message: /a message of 99999999999 bytes/,
    })
    assert.throws(() => read(bytes('Content-Length: -1\r\n\r\n')), { message: /without Content-Length/ })
  })
})
