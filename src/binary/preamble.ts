/** The first eight bytes: `\0asm`, a version and a layer; the layer tells a core module from a component. */
import type { ByteReader } from './byte-reader.ts'

/** Of core modules and components. */
export const preambleSize = 8
const MODULE = 0x00_00_00_01
const COMPONENT = 0x00_01_00_0d

/** `preamble ::= 0x00 0x61 0x73 0x6d version:(0x0d 0x00) layer:(0x01 0x00)` */
export function readComponentPreamble(reader: ByteReader): void {
  const start = reader.position
  const outermost = start === 0
  const version = readVersion(reader)
  if (version === COMPONENT) return
  if (version === MODULE) {
    const cure = outermost
      ? ': Tenon runs components; make one of it with `wasm-tools component new module.wasm -o component.wasm`'
      : ''
    reader.fail(`expected a version header for a component, found a core module${cure}`, start)
  }
  unknownVersion(reader, version, 'a component (0d 00 01 00)')
}

export function readModulePreamble(reader: ByteReader): void {
  const start = reader.position
  const version = readVersion(reader)
  if (version === MODULE) return
  if (version === COMPONENT) reader.fail('expected a version header for a module, found a component', start)
  unknownVersion(reader, version, 'a core module (01 00 00 00)')
}

/** Version and layer, as one little-endian integer. */
function readVersion(reader: ByteReader): number {
  const { bytes, position, end } = reader
  if (position === end) reader.fail('unexpected end-of-file: no bytes at all, wanted a WebAssembly component')
  const magic = [0x00, 0x61, 0x73, 0x6d]
  const found = magic.findIndex((byte, i) => position + i < end && bytes[position + i] !== byte)
  if (found >= 0)
    reader.fail(`magic header not detected: ${describe(bytes.subarray(position, end))}`, position)
  reader.skip(8)
  return (
    bytes[position + 4]! |
    (bytes[position + 5]! << 8) |
    (bytes[position + 6]! << 16) |
    (bytes[position + 7]! << 24)
  )
}

function unknownVersion(reader: ByteReader, version: number, wanted: string): never {
  const found = hex(Uint8Array.of(version, version >> 8, version >> 16, version >> 24))
  reader.fail(`unknown binary version: found ${found}, wanted that of ${wanted}`, reader.position - 4)
}

/** What a file is that does not start with `\0asm`, as far as its first bytes tell. */
function describe(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart()
  if (/^(\(|;;)/.test(text)) {
    return 'this is WebAssembly text (.wat); assemble it first: `tenon parse component.wat -o component.wasm`, or `parseWat` of `tenon/wat`'
  }
  return `found ${hex(bytes.subarray(0, 4))}, wanted 00 61 73 6d; this is not a WebAssembly file`
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')

/** Whether bytes begin as those of a core module do. */
export function isCoreModule(bytes: Uint8Array): boolean {
  const preamble = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
  return preamble.every((byte, i) => bytes[i] === byte)
}
