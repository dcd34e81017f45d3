import { type Paint, plain } from './paint.ts'

const bytesPerRow = 16
const rowsBefore = 1
const rowsAfter = 1

/**
 * A problem in a binary: what is wrong, where in the file, the sections that lead there, and the bytes around it.
 *
 * @example
 * error: unknown section 0x1c
 *  --> adder.wasm:0x1a (26), in component › type section
 *          |
 * 00000010 | 00 06 61 64 64 00 00 00  00 00 1c 02 00 01 00 00 | ..add...........
 *          |                                ^^ unknown section 0x1c
 */
export function renderHexFrame(
  bytes: Uint8Array,
  offset: number,
  path: readonly string[],
  message: string,
  options: {
    readonly name?: string | undefined
    readonly paint?: Paint | undefined
    readonly note?: string | undefined
  } = {},
): string {
  const paint = options.paint ?? plain
  const digits = Math.max(8, bytes.length.toString(16).length)
  const blank = `${' '.repeat(digits)} ${paint('gutter', '|')}`
  const within = path.length > 0 ? `, in ${path.join(' › ')}` : ''
  const place = `${options.name ?? 'binary'}:0x${offset.toString(16)} (${offset})${within}`
  const lines = [
    `${paint('error', 'error:')} ${paint('message', message)}`,
    ` ${paint('gutter', '-->')} ${paint('place', place)}`,
    blank,
  ]
  const marked = Math.floor(offset / bytesPerRow)
  for (let row = Math.max(0, marked - rowsBefore); row <= marked + rowsAfter; row++) {
    if (row > marked && row * bytesPerRow >= bytes.length) break
    const start = row * bytesPerRow
    const address = start.toString(16).padStart(digits, '0')
    lines.push(
      `${paint('gutter', `${address} |`)} ${renderRow(bytes.subarray(start, start + bytesPerRow), paint)}`,
    )
    if (row !== marked) continue
    const at = offset - start
    const what = offset >= bytes.length ? 'end of file' : ''
    lines.push(`${blank} ${' '.repeat(columnOf(at))}${paint('label', `^^ ${what}`.trimEnd())}`)
  }
  if (options.note !== undefined)
    lines.push(`${' '.repeat(digits)} ${paint('gutter', '=')} ${paint('note', options.note)}`)
  return lines.join('\n')
}

/** Where byte `index` of a row stands: two digits and a space each, one more space in the middle. */
function columnOf(index: number): number {
  return index * 3 + (index >= bytesPerRow / 2 ? 1 : 0)
}

function renderRow(bytes: Uint8Array, paint: Paint): string {
  let hex = ''
  let text = ''
  bytes.forEach((byte, index) => {
    hex = `${hex.padEnd(columnOf(index))}${byte.toString(16).padStart(2, '0')}`
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
  })
  return `${hex.padEnd(columnOf(bytesPerRow))}${paint('gutter', '|')} ${text}`.trimEnd()
}
