/**
 * Folders as one file (ZIP, APPNOTE.TXT 6.3): deflated, names in UTF-8, no times, so that the same folder gives the same bytes. Without
 * ZIP64: files, and all of them together, stay under 4 GiB, and there are fewer than 65,535.
 */

export interface FolderFile {
  /** Relative, with `/`. */
  readonly path: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const mostBytes = 0xffff_ffff
const mostFiles = 0xffff

/** Version 2.0: folders and deflate. */
const version = 20
/** Bit 11: names are UTF-8. */
const flags = 1 << 11
const deflated = 8
/** 1980-01-01, the first day that there is. */
const date = (1 << 5) | 1

/** @throws RangeError beyond what ZIP without ZIP64 can say */
export async function zip(files: readonly FolderFile[]): Promise<Blob> {
  if (files.length >= mostFiles) throw new RangeError(`${files.length} files are too many for a ZIP file`)
  const parts: BlobPart[] = []
  const directory: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  for (const { path, bytes } of files) {
    const name = new TextEncoder().encode(path)
    const compressed = await deflate(bytes)
    const sizes = { crc: crc32(bytes), compressed: compressed.byteLength, size: bytes.byteLength }
    const header = localHeader(name, sizes)
    parts.push(header, compressed)
    directory.push(directoryEntry(name, sizes, offset))
    offset += header.byteLength + compressed.byteLength
    if (offset > mostBytes || bytes.byteLength > mostBytes) {
      throw new RangeError('more than 4 GiB are too much for a ZIP file')
    }
  }
  const length = directory.reduce((sum, { byteLength }) => sum + byteLength, 0)
  return new Blob([...parts, ...directory, directoryEnd(files.length, length, offset)], {
    type: 'application/zip',
  })
}

interface Sizes {
  readonly crc: number
  readonly compressed: number
  readonly size: number
}

/** 4.3.7 */
function localHeader(name: Uint8Array, sizes: Sizes): Uint8Array<ArrayBuffer> {
  const record = new RecordWriter(30 + name.length)
  record.u32(0x04034b50)
  common(record, name, sizes)
  record.bytes(name)
  return record.done()
}

/** 4.3.12 */
function directoryEntry(name: Uint8Array, sizes: Sizes, offset: number): Uint8Array<ArrayBuffer> {
  const record = new RecordWriter(46 + name.length)
  record.u32(0x02014b50)
  record.u16(version)
  common(record, name, sizes)
  // No comment, on the first disk, with no attributes.
  for (let fields = 0; fields < 3; fields++) record.u16(0)
  record.u32(0)
  record.u32(offset)
  record.bytes(name)
  return record.done()
}

/** 4.3.16 */
function directoryEnd(count: number, length: number, offset: number): Uint8Array<ArrayBuffer> {
  const record = new RecordWriter(22)
  record.u32(0x06054b50)
  record.u16(0)
  record.u16(0)
  record.u16(count)
  record.u16(count)
  record.u32(length)
  record.u32(offset)
  record.u16(0)
  return record.done()
}

/** From the version that is needed to the lengths of the name and of what there is no more of. */
function common(record: RecordWriter, name: Uint8Array, { crc, compressed, size }: Sizes): void {
  record.u16(version)
  record.u16(flags)
  record.u16(deflated)
  record.u16(0)
  record.u16(date)
  record.u32(crc)
  record.u32(compressed)
  record.u32(size)
  record.u16(name.length)
  record.u16(0)
}

/** Little-endian. */
class RecordWriter {
  readonly #bytes: Uint8Array<ArrayBuffer>
  readonly #view: DataView
  #at = 0

  constructor(length: number) {
    this.#bytes = new Uint8Array(length)
    this.#view = new DataView(this.#bytes.buffer)
  }

  u16(value: number): void {
    this.#view.setUint16(this.#at, value, true)
    this.#at += 2
  }

  u32(value: number): void {
    this.#view.setUint32(this.#at, value, true)
    this.#at += 4
  }

  bytes(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#at)
    this.#at += bytes.length
  }

  done(): Uint8Array<ArrayBuffer> {
    return this.#bytes
  }
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  return await new Response(stream).arrayBuffer()
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffff_ffff) >>> 0
}
