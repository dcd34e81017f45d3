import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unzip } from './testing/unzip.ts'
import { zip } from './zip.ts'

async function bytesOf(blob: Blob): Promise<Buffer> {
  return Buffer.from(await blob.arrayBuffer())
}

test('what goes in comes out, also nothing, and much', async () => {
  const large = Uint8Array.from({ length: 200_017 }, (_, at) => (at * at) >> 3)
  const files = [
    { path: 'calculator.wac', bytes: new TextEncoder().encode('package a:b;\n') },
    { path: 'deps/docs/größe.wasm', bytes: large },
    { path: 'deps/empty', bytes: new Uint8Array() },
  ]
  const found = unzip(await bytesOf(await zip(files)))
  assert.deepEqual(
    [...found.keys()],
    files.map(({ path }) => path),
  )
  for (const { path, bytes } of files) assert.ok(found.get(path)!.equals(bytes), path)
})

test('the same folder gives the same bytes, and an empty one is a ZIP file', async () => {
  const files = [{ path: 'a', bytes: new Uint8Array([1, 2, 3]) }]
  assert.ok((await bytesOf(await zip(files))).equals(await bytesOf(await zip(files))))
  assert.equal(unzip(await bytesOf(await zip([]))).size, 0)
})

test('more files than can be counted are refused', async () => {
  const files = Array.from({ length: 0xffff }, (_, index) => ({ path: `${index}`, bytes: new Uint8Array() }))
  await assert.rejects(zip(files), RangeError)
})
