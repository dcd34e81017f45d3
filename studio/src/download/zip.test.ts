import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, inflateRawSync } from 'node:zlib'
import { zip } from './zip.ts'

/** By the directory at the end, as readers of ZIP files do it. */
function unzip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.length - 22
  assert.equal(bytes.readUInt32LE(end), 0x06054b50)
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  assert.equal(at + bytes.readUInt32LE(end + 12), end, 'the directory reaches to its end')
  const files = new Map<string, Buffer>()
  for (let file = 0; file < count; file++) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50)
    const [crc, compressed, size] = [16, 20, 24].map((field) => bytes.readUInt32LE(at + field)) as [
      number,
      number,
      number,
    ]
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const local = bytes.readUInt32LE(at + 42)
    assert.equal(bytes.readUInt32LE(local), 0x04034b50)
    assert.equal(bytes.compare(bytes, at + 6, at + 32, local + 4, local + 30), 0, 'both headers say the same')
    const start = local + 30 + nameLength
    const content = inflateRawSync(bytes.subarray(start, start + compressed))
    assert.equal(content.length, size)
    assert.equal(crc32(content), crc)
    files.set(name, content)
    at += 46 + nameLength
  }
  return files
}

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
