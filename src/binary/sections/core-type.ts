/** Core types (Core WebAssembly 3.0, "Types"; Binary.md, "Type Definitions"); `core-module.ts` reads with it too. */
import type {
  CoreCompositeType,
  CoreExternSyntax,
  CoreFieldType,
  CoreModuleDeclaration,
  CoreRecType,
  CoreSubType,
  CoreType,
  CoreTypeDefinition,
} from '../../component/component.ts'
import type { CoreLimits, CoreValueType } from '../../component/extern-type.ts'
import type { CoreTypeIndex } from '../../component/indices.ts'
import { limits } from '../../component/limits.ts'
import type { ByteReader } from '../byte-reader.ts'
import { givenPageSize, usualPageSize } from '../core/page-size.ts'

export function readCoreTypeDefinition(reader: ByteReader): CoreTypeDefinition {
  return { kind: 'core-type', offset: reader.position, type: readCoreType(reader) }
}

/**
 *     core:deftype ::= core:rectype
 *                    | 0x00 0x50 vec(core:typeidx) core:comptype   (sub)
 *                    | 0x50 vec(core:moduledecl)                   (module)
 *
 * `0x50` opens a non-final `sub` everywhere else; here a module type has taken it, hence the extra `0x00`.
 */
export function readCoreType(reader: ByteReader): CoreType {
  const byte = reader.peek()
  if (byte === 0x50) {
    reader.skip(1)
    return {
      kind: 'module',
      declarations: reader.vector(
        'module type declarations',
        limits.moduleTypeDeclarations,
        readModuleDeclaration,
      ),
    }
  }
  if (byte === 0x00) {
    reader.skip(1)
    const sub = reader.peek()
    if (sub !== 0x50) reader.invalidByte(sub, 'non-final sub type', '0x50', reader.position)
  }
  return readRecType(reader)
}

/** `core:rectype ::= 0x4e vec(core:subtype) | core:subtype` */
export function readRecType(reader: ByteReader): CoreRecType {
  if (reader.peek() !== 0x4e) return { kind: 'rec', types: [readSubType(reader)], explicit: false }
  reader.skip(1)
  return {
    kind: 'rec',
    types: reader.vector('types in a rec group', limits.types, readSubType),
    explicit: true,
  }
}

const noSupertypes: readonly CoreTypeIndex[] = []

/** `core:subtype ::= 0x4f vec(typeidx) comptype (sub final) | 0x50 vec(typeidx) comptype (sub) | comptype` */
function readSubType(reader: ByteReader): CoreSubType {
  const start = reader.position
  let opcode = reader.byte()
  const final = opcode !== 0x50
  let supertypes = noSupertypes
  if (opcode === 0x50 || opcode === 0x4f) {
    supertypes = reader.vector('supertypes', limits.supertypes, readTypeIndex)
    if (final && supertypes.length === 0) reader.noteLong(start)
    opcode = reader.byte()
  }
  const shared = opcode === 0x65
  if (shared) opcode = reader.byte()
  return { final, supertypes, type: readCompositeType(reader, opcode), shared }
}

const readTypeIndex = (reader: ByteReader): CoreTypeIndex => reader.u32() as CoreTypeIndex

function readCompositeType(reader: ByteReader, opcode: number): CoreCompositeType {
  switch (opcode) {
    case 0x60:
      return {
        kind: 'func',
        parameters: reader.vector('function parameters', limits.functionParameters, readCoreValueType),
        results: reader.vector('function results', limits.functionResults, readCoreValueType),
      }
    case 0x5f:
      return { kind: 'struct', fields: reader.vector('struct fields', limits.structFields, readFieldType) }
    case 0x5e:
      return { kind: 'array', field: readFieldType(reader) }
    case 0x5d: {
      const start = reader.position
      const index = reader.s33()
      if (index < 0) reader.fail('invalid continuation type: wanted a type index', start)
      return { kind: 'cont', type: index as CoreTypeIndex }
    }
    default:
      return reader.invalidByte(opcode, 'type', '0x60 (func), 0x5f (struct), 0x5e (array) or 0x5d (cont)')
  }
}

/** `core:fieldtype ::= storagetype mut`, where a storage type is a value type, `i8` (0x78) or `i16` (0x77) */
function readFieldType(reader: ByteReader): CoreFieldType {
  return { type: readStorageType(reader), mutable: readMutability(reader) }
}

function readStorageType(reader: ByteReader): CoreValueType {
  const byte = reader.peek()
  if (byte !== 0x78 && byte !== 0x77) return readCoreValueType(reader)
  reader.skip(1)
  return byte === 0x78 ? 'i8' : 'i16'
}

function readMutability(reader: ByteReader): boolean {
  const byte = reader.byte()
  if (byte > 1) {
    reader.fail(
      `malformed mutability byte: found 0x${byte.toString(16)}, wanted 0x00 or 0x01`,
      reader.position - 1,
    )
  }
  return byte === 1
}

/** `core:valtype`, into text form: `i32`, `funcref`, `(ref null 3)` … */
export function readCoreValueType(reader: ByteReader): CoreValueType {
  switch (reader.peek()) {
    case 0x7f:
      reader.position++
      return 'i32'
    case 0x7e:
      reader.position++
      return 'i64'
    case 0x7d:
      reader.position++
      return 'f32'
    case 0x7c:
      reader.position++
      return 'f64'
    case 0x7b:
      reader.position++
      return 'v128'
    default:
      return readReferenceType(reader, 'invalid value type')
  }
}

/** `core:reftype ::= 0x64 heaptype (ref) | 0x63 heaptype (ref null) | absheaptype (ref null, by its short name)` */
export function readReferenceType(reader: ByteReader, message: string): CoreValueType {
  const start = reader.position
  const byte = reader.byte()
  if (byte === 0x64) return `(ref ${readHeapType(reader)})`
  if (byte === 0x63) {
    const heap = readHeapType(reader)
    if (heap.startsWith('(')) reader.noteLong(start)
    return `(ref null ${heap})`
  }
  if (byte === 0x65) {
    const heap = heapTypeOf(reader.byte())
    return heap
      ? `(ref null (shared ${heap}))`
      : reader.fail(`${message}: wanted an abstract heap type`, start)
  }
  const heap = heapTypeOf(byte)
  if (!heap) reader.fail(`${message}: found 0x${byte.toString(16)}`, start)
  return shortNames.get(heap) ?? `${heap}ref`
}

/** `core:heaptype ::= typeidx (a non-negative s33) | absheaptype | 0x65 absheaptype (shared)` */
export function readHeapType(reader: ByteReader): string {
  const start = reader.position
  let byte = reader.peek()
  if (byte < 0x40 || byte >= 0x80) {
    const index = reader.s33()
    return index >= 0 ? String(index) : reader.fail('invalid heap type: wanted a type index', start)
  }
  reader.skip(1)
  const shared = byte === 0x65
  if (shared) byte = reader.byte()
  const heap = heapTypeOf(byte)
  if (!heap) reader.fail(`invalid heap type: found 0x${byte.toString(16)}`, start)
  return shared ? `(shared ${heap})` : heap
}

function heapTypeOf(byte: number): string | undefined {
  switch (byte) {
    case 0x75:
      return 'nocont'
    case 0x74:
      return 'noexn'
    case 0x73:
      return 'nofunc'
    case 0x72:
      return 'noextern'
    case 0x71:
      return 'none'
    case 0x70:
      return 'func'
    case 0x6f:
      return 'extern'
    case 0x6e:
      return 'any'
    case 0x6d:
      return 'eq'
    case 0x6c:
      return 'i31'
    case 0x6b:
      return 'struct'
    case 0x6a:
      return 'array'
    case 0x69:
      return 'exn'
    case 0x68:
      return 'cont'
    default:
      return undefined
  }
}

/** Short names of `(ref null <heap type>)` that are not the heap type's name and `ref`. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['none', 'nullref'],
  ['nofunc', 'nullfuncref'],
  ['noextern', 'nullexternref'],
  ['noexn', 'nullexnref'],
  ['nocont', 'nullcontref'],
])

/**
 *     core:moduledecl ::= 0x00 core:import
 *                       | 0x01 core:type
 *                       | 0x02 0x10 0x01 u32 u32        (outer alias of a type)
 *                       | 0x03 core:name core:externtype
 */
function readModuleDeclaration(reader: ByteReader): CoreModuleDeclaration {
  const byte = reader.byte()
  switch (byte) {
    case 0x00:
      return { kind: 'import', module: reader.name(), name: reader.name(), type: readCoreExternType(reader) }
    case 0x01:
      return { kind: 'type', type: readRecType(reader) }
    case 0x02:
      return readOuterTypeAlias(reader)
    case 0x03:
      return { kind: 'export', name: reader.name(), type: readCoreExternType(reader) }
    default:
      return reader.invalidByte(byte, 'type definition', '0x00 to 0x03')
  }
}

function readOuterTypeAlias(reader: ByteReader): CoreModuleDeclaration {
  const sort = reader.byte()
  if (sort !== 0x10) reader.invalidByte(sort, 'outer alias kind', '0x10 (type)')
  const target = reader.byte()
  if (target !== 0x01) reader.invalidByte(target, 'outer alias target', '0x01 (outer)')
  return { kind: 'alias', count: reader.u32(), index: reader.u32() as CoreTypeIndex }
}

/** `core:externtype ::= 0x00 typeidx | 0x01 tabletype | 0x02 memtype | 0x03 globaltype | 0x04 tagtype` */
export function readCoreExternType(reader: ByteReader): CoreExternSyntax {
  const byte = reader.byte()
  switch (byte) {
    case 0x00:
      return { kind: 'func', type: readTypeIndex(reader) }
    case 0x01:
      return readTableType(reader)
    case 0x02:
      return readMemoryType(reader)
    case 0x03:
      return readGlobalType(reader)
    case 0x04:
      return readTagType(reader)
    default:
      return reader.invalidByte(byte, 'external kind', '0x00 to 0x04')
  }
}

type CoreExternOf<Kind extends CoreExternSyntax['kind']> = Extract<CoreExternSyntax, { kind: Kind }>

/** `tabletype ::= reftype limits` */
export function readTableType(reader: ByteReader): CoreExternOf<'table'> {
  const element = readReferenceType(reader, 'malformed reference type')
  const start = reader.position
  const flags = reader.byte()
  if (flags > 0b111) reader.fail(`malformed limits flags of a table: found 0x${flags.toString(16)}`, start)
  return { kind: 'table', element, limits: readLimits(reader, flags) }
}

/** `memtype ::= limits`, and the custom page size's logarithm where flag 0b1000 is set */
export function readMemoryType(reader: ByteReader): CoreExternOf<'memory'> {
  const start = reader.position
  const flags = reader.byte()
  if (flags > 0b1111) reader.fail(`malformed limits flags of a memory: found 0x${flags.toString(16)}`, start)
  const memoryLimits = readLimits(reader, flags)
  if (!(flags & 0b1000)) return { kind: 'memory', limits: memoryLimits, ...usualPageSize }
  const pageSizeLog2 = reader.u32()
  if (pageSizeLog2 >= 64) reader.fail(`invalid custom page size: 2^${pageSizeLog2}`, start)
  return { kind: 'memory', limits: memoryLimits, ...givenPageSize(pageSizeLog2) }
}

/** Flags: 0b001 there is a maximum, 0b010 shared, 0b100 64-bit. Bounds have 64 bits in any case: too large ones are not valid. */
function readLimits(reader: ByteReader, flags: number): CoreLimits {
  return {
    minimum: reader.u64(),
    maximum: flags & 0b001 ? reader.u64() : undefined,
    shared: (flags & 0b010) !== 0,
    index64: (flags & 0b100) !== 0,
  }
}

/** `globaltype ::= valtype mut` */
export function readGlobalType(reader: ByteReader): CoreExternOf<'global'> {
  return { kind: 'global', type: readCoreValueType(reader), mutable: readMutability(reader) }
}

/** `tagtype ::= 0x00 typeidx` */
export function readTagType(reader: ByteReader): CoreExternOf<'tag'> {
  const attribute = reader.byte()
  if (attribute !== 0x00) reader.invalidByte(attribute, 'tag attribute', '0x00 (exception)')
  return { kind: 'tag', type: readTypeIndex(reader) }
}
