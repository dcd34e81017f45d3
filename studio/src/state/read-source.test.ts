import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../workshop/limits.ts'
import { addressFrom, fileNameOf, isWasm, readAddress, readFile, SourceError } from './read-source.ts'

const url = new URL('https://example.org/a%20b/adder.wasm?x=1')

test('only whole addresses of the web are taken', () => {
  assert.equal(addressFrom(' https://example.org/a.wasm ').href, 'https://example.org/a.wasm')
  const refused = [
    'a.wasm',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:,x',
    'blob:https://a/b',
    'https://u:p@a.org/',
    '',
  ]
  for (const address of refused) {
    assert.throws(() => addressFrom(address), { name: 'SourceError', code: 'not-an-address' }, address)
  }
})

test('an address is read with its progress, and without cookies', async () => {
  const parts: number[] = []
  let asked: RequestInit | undefined
  const bytes = await readAddress(
    url,
    (part) => parts.push(part),
    async (_, init) => {
      asked = init
      return new Response(new Uint8Array([0, 0x61, 0x73, 0x6d]), { headers: { 'content-length': '8' } })
    },
  )
  assert.equal(isWasm(bytes), true)
  assert.deepEqual(parts, [0.5])
  assert.equal(asked?.credentials, 'omit')
})

async function failure(respond: () => Response): Promise<SourceError> {
  const error = await readAddress(
    url,
    () => undefined,
    async () => respond(),
  ).catch((error: unknown) => error)
  assert.ok(error instanceof SourceError)
  return error
}

test('what cannot be fetched says why', async () => {
  const missing = await failure(() => new Response('', { status: 404, statusText: 'Not Found' }))
  assert.equal(missing.message, `${url.href} answers 404 Not Found`)
  const unreachable = await failure(() => {
    throw new TypeError('Failed to fetch')
  })
  assert.equal(unreachable.code, 'not-fetched')
  assert.match(unreachable.cure!, /CORS/)
  const fail = async () => {
    throw new TypeError('Failed to fetch')
  }
  const insecure = readAddress(new URL('http://example.org/a.wasm'), () => undefined, fail)
  await assert.rejects(insecure, { code: 'not-fetched', cure: /https:/ })
  const large = await failure(
    () => new Response('', { headers: { 'content-length': String(limits.file + 1) } }),
  )
  assert.equal(large.code, 'too-large')
})

test('a body that says nothing of its length is cut off at the limit', async () => {
  const chunk = new Uint8Array(32 * 1024 * 1024)
  let sent = 0
  const error = await failure(
    () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            sent += chunk.byteLength
            controller.enqueue(chunk)
          },
        }),
      ),
  )
  assert.equal(error.code, 'too-large')
  assert.ok(sent <= limits.file + 3 * chunk.byteLength, `${sent} bytes were asked for`)
})

test('a file that went away is named', async () => {
  const file = new File([], 'gone.wasm')
  file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
  await assert.rejects(readFile(file), { code: 'unreadable', message: 'gone.wasm cannot be read' })
})

test('sources have the names of their files', () => {
  assert.equal(fileNameOf(url), 'adder.wasm')
  assert.equal(fileNameOf(new URL('https://example.org/%E0%A4%A')), '%E0%A4%A')
  assert.equal(fileNameOf(new URL('https://example.org/')), 'example.org')
})

test('texts are no components', () => {
  assert.equal(isWasm(new ArrayBuffer(0)), false)
  assert.equal(isWasm(new TextEncoder().encode('package a:b;').buffer), false)
})
