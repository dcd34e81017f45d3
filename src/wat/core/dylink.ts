/**
 * The custom section `dylink.0`, of modules that are linked when they are loaded (tool-conventions, DynamicLinking.md),
 * as bytes and as the annotation that stands for it:
 *
 *     (@dylink.0 (mem-info (memory size align) (table size align)) (needed "libc.so") (export-info "f" no-strip) …)
 *
 * Alignments are logarithms.
 */
import { areSameBytes } from '../../binary/same-bytes.ts'
import { limits } from '../../component/limits.ts'
import { ByteReader } from '../../binary/byte-reader.ts'
import { ByteWriter } from '../../binary/byte-writer.ts'
import { DecodeError } from '../../errors.ts'
import type { Printer } from '../printer.ts'
import type { TokenReader } from '../token-reader.ts'
import { quoted } from './print-name.ts'

type Subsection =
  | { readonly kind: 'mem-info'; readonly sizes: readonly number[] }
  | { readonly kind: 'needed' | 'runtime-path'; readonly names: readonly string[] }
  | { readonly kind: 'export-info' | 'import-info'; readonly symbols: readonly Symbol[] }

/** `names`: of the module and the item for an import, of the item for an export. */
interface Symbol {
  readonly names: readonly string[]
  readonly flags: number
}

/** By id. */
const kinds = [undefined, 'mem-info', 'needed', 'export-info', 'import-info', 'runtime-path'] as const

/** By bit. */
const flagNames = [
  'binding-weak',
  'binding-local',
  'visibility-hidden',
  undefined,
  'undefined',
  'exported',
  'explicit-name',
  'no-strip',
  'tls',
  'absolute',
]

/** The contents of the section, from the annotation that was entered. */
export function takeDylink(tokens: TokenReader): Uint8Array<ArrayBuffer> {
  const subsections: Subsection[] = []
  while (!tokens.atEnd) {
    tokens.enter('a part of `dylink.0`')
    const kind = tokens.takeKeyword('a part of `dylink.0`')
    const next = takeSubsection(tokens, kind)
    const last = subsections.at(-1)
    // What stands in one list in the bytes has parentheses of its own in the text.
    if (last && 'symbols' in last && 'symbols' in next && last.kind === next.kind) {
      subsections[subsections.length - 1] = { ...last, symbols: [...last.symbols, ...next.symbols] }
    } else subsections.push(next)
    tokens.leave()
  }
  return encode(subsections)
}

function takeSubsection(tokens: TokenReader, kind: string): Subsection {
  switch (kind) {
    case 'mem-info':
      return { kind, sizes: [...takeSizes(tokens, 'memory'), ...takeSizes(tokens, 'table')] }
    case 'needed':
    case 'runtime-path': {
      const names: string[] = []
      while (!tokens.atEnd) names.push(tokens.takeText('a name'))
      return { kind, names }
    }
    case 'export-info':
    case 'import-info': {
      const names = [tokens.takeText('a name')]
      if (kind === 'import-info') names.push(tokens.takeText('a name'))
      return { kind, symbols: [{ names, flags: takeFlags(tokens) }] }
    }
    default:
      return tokens.fail(`unexpected token: \`${kind}\` is no part of \`dylink.0\``)
  }
}

function takeSizes(tokens: TokenReader, keyword: string): [size: number, align: number] {
  if (!tokens.enters(keyword)) return [0, 0]
  const size = tokens.takeIndex('a size')
  const align = tokens.takeIndex('an alignment')
  tokens.leave()
  return [size, align]
}

function takeFlags(tokens: TokenReader): number {
  let flags = 0
  while (!tokens.atEnd) {
    const bit = tokens.keyword === undefined ? -1 : flagNames.indexOf(tokens.keyword)
    if (bit >= 0) tokens.lexer.next()
    flags |= bit >= 0 ? 1 << bit : tokens.takeIndex('a flag of a symbol')
  }
  return flags >>> 0
}

function encode(subsections: readonly Subsection[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter()
  for (const subsection of subsections) {
    writer.section(kinds.indexOf(subsection.kind), (contents) => writeContents(contents, subsection))
  }
  return writer.finish()
}

function writeContents(writer: ByteWriter, subsection: Subsection): void {
  if ('sizes' in subsection) for (const size of subsection.sizes) writer.u32(size)
  else if ('names' in subsection) writer.vector(subsection.names, (name) => writer.name(name))
  else {
    writer.vector(subsection.symbols, ({ names, flags }) => {
      for (const name of names) writer.name(name)
      writer.u32(flags)
    })
  }
}

/** Prints the annotation; false, and nothing is printed, for contents that it cannot express. */
export function printDylink(printer: Printer, bytes: Uint8Array): boolean {
  const subsections = decode(bytes)
  if (!subsections || !areSameBytes(encode(subsections), bytes)) return false
  printer.open('@dylink.0')
  for (const subsection of subsections) printSubsection(printer, subsection)
  printer.close()
  return true
}

function printSubsection(printer: Printer, subsection: Subsection): void {
  if ('symbols' in subsection) {
    for (const { names, flags } of subsection.symbols) {
      const words = [subsection.kind, ...names.map(quoted), ...flagWords(flags)]
      printer.line().open(words.join(' ')).close()
    }
    return
  }
  printer.line().open(subsection.kind)
  if ('names' in subsection) for (const name of subsection.names) printer.write(` ${quoted(name)}`)
  else {
    const [memory = 0, memoryAlign = 0, table = 0, tableAlign = 0] = subsection.sizes
    if (memory > 0 || memoryAlign > 0) printer.write(` (memory ${memory} ${memoryAlign})`)
    if (table > 0 || tableAlign > 0) printer.write(` (table ${table} ${tableAlign})`)
  }
  printer.close()
}

function flagWords(flags: number): string[] {
  const words = flagNames.filter((name, bit) => name !== undefined && flags & (1 << bit)) as string[]
  const known = flagNames.reduce((bits, name, bit) => (name === undefined ? bits : bits | (1 << bit)), 0)
  const rest = (flags & ~known) >>> 0
  return rest === 0 ? words : [...words, `0x${rest.toString(16)}`]
}

function decode(bytes: Uint8Array): Subsection[] | undefined {
  const reader = new ByteReader(bytes)
  const subsections: Subsection[] = []
  try {
    while (!reader.atEnd) {
      const kind = kinds[reader.byte()]
      if (kind === undefined) return undefined
      const outer = reader.narrow(reader.u32(), kind)
      subsections.push(readContents(reader, kind))
      reader.widen(outer)
    }
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
  return subsections
}

function readContents(reader: ByteReader, kind: NonNullable<(typeof kinds)[number]>): Subsection {
  switch (kind) {
    case 'mem-info':
      return { kind, sizes: [reader.u32(), reader.u32(), reader.u32(), reader.u32()] }
    case 'needed':
    case 'runtime-path':
      return { kind, names: reader.vector('names', limits.imports, () => reader.name()) }
    case 'export-info':
    case 'import-info': {
      const symbols = reader.vector('symbols', limits.imports, () => {
        const names = kind === 'import-info' ? [reader.name(), reader.name()] : [reader.name()]
        return { names, flags: reader.u32() }
      })
      return { kind, symbols }
    }
  }
}
