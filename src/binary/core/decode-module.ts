import type { ByteRange } from '../../component/component.ts'
import type { CoreTypeIndex } from '../../component/indices.ts'
import { limits } from '../../component/limits.ts'
import { DecodeError } from '../../errors.ts'
import { ByteReader } from '../byte-reader.ts'
import { externSorts, readImportGroup } from '../core-imports.ts'
import { type CoreSectionName, walkCoreSections } from '../core-sections.ts'
import {
  readCoreValueType,
  readGlobalType,
  readMemoryType,
  readRecType,
  readReferenceType,
  readTableType,
  readTagType,
} from '../sections/core-type.ts'
import { skipExpression } from './instruction-reader.ts'
import type {
  CoreModule,
  CoreSectionSyntax,
  DataSegment,
  ElementSegment,
  ExportSyntax,
  Expression,
  FunctionBody,
  GlobalSyntax,
  LocalGroup,
  TableSyntax,
} from './module.ts'

/**
 * Decodes the core module in `range`: all of it but the instructions of functions, which stay bytes. What is decoded
 * here need not be valid; {@link encodeModule} makes the same bytes of it where no integer was padded.
 *
 * @throws {DecodeError}
 *
 * @example
 * const module = decodeModule(await assemble('(module (func) (memory 1))'))
 * module.sections.map(({ kind }) => kind) // ['type', 'function', 'memory', 'code']
 */
export function decodeModule(
  bytes: Uint8Array,
  range: ByteRange = { start: 0, end: bytes.length },
): CoreModule {
  const sections: CoreSectionSyntax[] = []
  for (const { name, range: part } of walkCoreSections(new ByteReader(bytes, range.start, range.end))) {
    const reader = new ByteReader(bytes, part.start, part.end)
    reader.path.push(`${name} section`)
    sections.push(readSection(reader, name))
    reader.item = -1
    if (!reader.atEnd) reader.fail('section size mismatch: unexpected bytes at the end of the section')
  }
  checkLengths(sections, range.end)
  return { sections }
}

/** Functions are in two sections, and the number of data segments is said twice. */
function checkLengths(sections: readonly CoreSectionSyntax[], offset: number): void {
  const lengths = { function: 0, code: 0, data: 0, 'data count': 0 }
  let counted = false
  for (const section of sections) {
    if (section.kind === 'data count') {
      lengths[section.kind] = section.count
      counted = true
    } else if (section.kind === 'function' || section.kind === 'code' || section.kind === 'data') {
      lengths[section.kind] = section.items.length
    }
  }
  const refuse = (first: 'function' | 'data count', second: 'code' | 'data'): never => {
    const found = `found ${lengths[first]} and ${lengths[second]}`
    throw new DecodeError(`${first} and ${second} section have inconsistent lengths: ${found}`, offset)
  }
  if (lengths.function !== lengths.code) refuse('function', 'code')
  if (counted && lengths['data count'] !== lengths.data) refuse('data count', 'data')
}

function readSection(reader: ByteReader, kind: CoreSectionName): CoreSectionSyntax {
  switch (kind) {
    case 'custom':
      return { kind, name: reader.name(), bytes: rest(reader) }
    case 'type':
      return { kind, items: items(reader, kind, limits.types, readRecType) }
    case 'import':
      return { kind, items: items(reader, kind, limits.imports, readImportGroup) }
    case 'function':
      return { kind, items: items(reader, kind, limits.functions, (item) => item.u32() as CoreTypeIndex) }
    case 'table':
      return { kind, items: items(reader, kind, limits.tables, readTable) }
    case 'memory':
      return { kind, items: items(reader, kind, limits.memories, readMemoryType) }
    case 'tag':
      return { kind, items: items(reader, kind, limits.tags, readTagType) }
    case 'global':
      return { kind, items: items(reader, kind, limits.globals, readGlobal) }
    case 'export':
      return { kind, items: items(reader, kind, limits.exports, readExport) }
    case 'start':
      return { kind, func: reader.u32() }
    case 'element':
      return { kind, items: items(reader, kind, limits.segments, readElementSegment) }
    case 'data count':
      return { kind, count: reader.u32() }
    case 'code':
      return { kind, items: items(reader, kind, limits.functions, readFunctionBody) }
    case 'data':
      return { kind, items: items(reader, kind, limits.segments, readDataSegment) }
  }
}

function items<T>(
  reader: ByteReader,
  section: CoreSectionName,
  limit: number,
  read: (reader: ByteReader) => T,
): T[] {
  const count = reader.count(`items in the ${section} section`, limit)
  const all: T[] = []
  for (reader.item = 0; reader.item < count; reader.item++) all.push(read(reader))
  return all
}

function rest(reader: ByteReader): Uint8Array {
  return bytesOf(reader, reader.end - reader.position)
}

function bytesOf(reader: ByteReader, length: number): Uint8Array {
  const start = reader.position
  reader.skip(length)
  return reader.bytes.subarray(start, start + length)
}

function readExpression(reader: ByteReader): Expression {
  const offset = reader.position
  skipExpression(reader)
  return { bytes: reader.bytes.subarray(offset, reader.position), offset }
}

/** `table ::= tabletype | 0x40 0x00 tabletype expr` */
function readTable(reader: ByteReader): TableSyntax {
  if (reader.peek() !== 0x40) return { type: readTableType(reader), initial: undefined }
  reader.skip(1)
  const reserved = reader.byte()
  if (reserved !== 0x00) reader.invalidByte(reserved, 'table with an initial value', '0x00')
  return { type: readTableType(reader), initial: readExpression(reader) }
}

/** `global ::= globaltype expr` */
function readGlobal(reader: ByteReader): GlobalSyntax {
  return { type: readGlobalType(reader), initial: readExpression(reader) }
}

/** `export ::= name sort:byte index:u32` */
function readExport(reader: ByteReader): ExportSyntax {
  const name = reader.name()
  const byte = reader.byte()
  const sort = externSorts[byte] ?? reader.invalidByte(byte, 'external kind', '0x00 to 0x04')
  return { name, sort, index: reader.u32() }
}

/** Of an element segment's flags: not active; table given, or declared; expressions instead of indices. */
const INACTIVE = 0b001
const EXPLICIT = 0b010
const EXPRESSIONS = 0b100

/**
 *     elem ::= 0 expr vec(funcidx)          | 4 expr vec(expr)
 *            | 1 0x00 vec(funcidx)          | 5 reftype vec(expr)
 *            | 2 tableidx expr 0x00 vec(…)  | 6 tableidx expr reftype vec(expr)
 *            | 3 0x00 vec(funcidx)          | 7 reftype vec(expr)
 */
function readElementSegment(reader: ByteReader): ElementSegment {
  const start = reader.position
  const flags = reader.u32()
  if (flags > 7) reader.fail(`malformed elements segment kind: found ${flags}, wanted 0 to 7`, start)
  const mode = readElementMode(reader, flags)
  const typed = (flags & (INACTIVE | EXPLICIT)) !== 0
  if (flags & EXPRESSIONS) {
    const type = typed ? readReferenceType(reader, 'malformed reference type') : 'funcref'
    const expressions = reader.vector('elements', limits.elements, readExpression)
    return { mode, elements: { kind: 'expressions', type, expressions } }
  }
  const kind = typed ? reader.byte() : 0
  if (kind !== 0) reader.invalidByte(kind, 'element kind', '0x00 (func)')
  const indices = reader.vector('elements', limits.elements, (item) => item.u32())
  return { mode, elements: { kind: 'functions', indices } }
}

function readElementMode(reader: ByteReader, flags: number): ElementSegment['mode'] {
  if (flags & INACTIVE) return { kind: flags & EXPLICIT ? 'declared' : 'passive' }
  const table = flags & EXPLICIT ? reader.u32() : undefined
  return { kind: 'active', table, offset: readExpression(reader) }
}

/** `data ::= 0 expr vec(byte) | 1 vec(byte) (passive) | 2 memidx expr vec(byte)` */
function readDataSegment(reader: ByteReader): DataSegment {
  const start = reader.position
  const flags = reader.u32()
  if (flags > 2) reader.fail(`malformed data segment flag: found ${flags}, wanted 0 to 2`, start)
  if (flags === 1) return { mode: { kind: 'passive' }, bytes: bytesOf(reader, reader.u32()) }
  const memory = flags === 2 ? reader.u32() : undefined
  const mode = { kind: 'active', memory, offset: readExpression(reader) } as const
  return { mode, bytes: bytesOf(reader, reader.u32()) }
}

/** `code ::= size:u32 vec(locals) expr`, the expression unseen */
function readFunctionBody(reader: ByteReader): FunctionBody {
  const outer = reader.end
  const size = reader.u32()
  if (size > reader.end - reader.position) reader.fail(`unexpected end-of-file: a function of ${size} bytes`)
  const offset = reader.position
  reader.end = offset + size
  const locals = readLocals(reader)
  const start = reader.position
  const code = { bytes: rest(reader), offset: start }
  reader.end = outer
  return { locals, code, offset }
}

/** `locals ::= n:u32 valtype` */
function readLocals(reader: ByteReader): LocalGroup[] {
  const start = reader.position
  let total = 0
  return reader.vector('groups of locals', limits.locals, () => {
    const count = reader.u32()
    total += count
    if (total > limits.locals) reader.exceeds('too many locals', limits.locals, total, start)
    return { count, type: readCoreValueType(reader) }
  })
}
