import { isUtf8 } from 'node:buffer'
import { TenonError } from '../errors.ts'

/**
 * A file's bytes as text, without a byte order mark. `name` is for messages.
 *
 * @throws {TenonError} decode: they are not UTF-8
 */
export function textOf(bytes: Uint8Array, name: string): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes)
  const line = lineOfProblem(bytes)
  throw new TenonError('decode', `${name}:${line}: malformed UTF-8 encoding: texts are UTF-8`)
}

/** A line feed is part of no other character's encoding. */
function lineOfProblem(bytes: Uint8Array): number {
  for (let line = 1, start = 0; ; line++) {
    const feed = bytes.indexOf(0x0a, start)
    const end = feed < 0 ? bytes.length : feed
    if (feed < 0 || !isUtf8(bytes.subarray(start, end))) return line
    start = end + 1
  }
}
