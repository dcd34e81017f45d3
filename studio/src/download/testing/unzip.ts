import assert from 'node:assert/strict'
import { crc32, inflateRawSync } from 'node:zlib'

/** By the directory at the end, as readers of ZIP files do it. */
export function unzip(bytes: Buffer): Map<string, Buffer> {
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
