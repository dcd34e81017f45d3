/** Core types (Core WebAssembly 3.0, "Types"; Binary.md, "Type Definitions"). See `core-type.ts` for the grammar. */
import type {
  CoreCompositeType,
  CoreExternSyntax,
  CoreFieldType,
  CoreModuleDeclaration,
  CoreRecType,
  CoreSubType,
  CoreType,
} from '../../component/component.ts'
import type { CoreLimits, CoreValueType } from '../../component/extern-type.ts'
import { usualPageSize } from '../core/page-size.ts'
import type { LayoutWriter } from '../layout-writer.ts'

export function writeCoreType(writer: LayoutWriter, type: CoreType): void {
  if (type.kind === 'module') {
    writer.byte(0x50).vector(type.declarations, writeModuleDeclaration)
    return
  }
  // A non-final `sub` has the opcode of a module type, hence a zero before it.
  if (!type.explicit && type.types[0]?.final === false) writer.byte(0x00)
  writeRecType(writer, type)
}

export function writeRecType(writer: LayoutWriter, { types, explicit }: CoreRecType): void {
  if (explicit) writer.byte(0x4e).vector(types, writeSubType)
  else for (const type of types) writeSubType(type, writer)
}

function writeSubType({ final, supertypes, type, shared }: CoreSubType, writer: LayoutWriter): void {
  // `sub final` without a supertype may be left out.
  if (!final || supertypes.length > 0 || writer.isLong()) {
    writer.byte(final ? 0x4f : 0x50).vector(supertypes, (index) => writer.u32(index))
  }
  if (shared) writer.byte(0x65)
  writeCompositeType(writer, type)
}

function writeCompositeType(writer: LayoutWriter, type: CoreCompositeType): void {
  switch (type.kind) {
    case 'func':
      writer.byte(0x60).vector(type.parameters, writeValueTypeItem).vector(type.results, writeValueTypeItem)
      return
    case 'struct':
      writer.byte(0x5f).vector(type.fields, writeFieldType)
      return
    case 'array':
      writeFieldType(type.field, writer.byte(0x5e))
      return
    case 'cont':
      writer.byte(0x5d).s33(type.type)
  }
}

function writeFieldType({ type, mutable }: CoreFieldType, writer: LayoutWriter): void {
  if (type === 'i8') writer.byte(0x78)
  else if (type === 'i16') writer.byte(0x77)
  else writeCoreValueType(writer, type)
  writer.byte(Number(mutable))
}

function writeValueTypeItem(type: CoreValueType, writer: LayoutWriter): void {
  writeCoreValueType(writer, type)
}

/** Value types with an opcode of their own. */
const valueTypes: ReadonlyMap<CoreValueType, number> = /* @__PURE__ */ new Map([
  ['i32', 0x7f],
  ['i64', 0x7e],
  ['f32', 0x7d],
  ['f64', 0x7c],
  ['v128', 0x7b],
])

const heapTypes: ReadonlyMap<string, number> = /* @__PURE__ */ new Map([
  ['nocont', 0x75],
  ['noexn', 0x74],
  ['nofunc', 0x73],
  ['noextern', 0x72],
  ['none', 0x71],
  ['func', 0x70],
  ['extern', 0x6f],
  ['any', 0x6e],
  ['eq', 0x6d],
  ['i31', 0x6c],
  ['struct', 0x6b],
  ['array', 0x6a],
  ['exn', 0x69],
  ['cont', 0x68],
])

/** `funcref` and the like: nullable references by their short names. */
const shortNames: ReadonlyMap<CoreValueType, number> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Array.from(heapTypes, ([heap, opcode]) => [shortName(heap), opcode]),
)

function shortName(heap: string): CoreValueType {
  if (heap === 'none') return 'nullref'
  return heap.startsWith('no') ? `null${heap.slice('no'.length)}ref` : `${heap}ref`
}

/** `core:valtype`, from its text form: `i32`, `funcref`, `(ref null 3)` … */
export function writeCoreValueType(writer: LayoutWriter, type: CoreValueType): void {
  const opcode = valueTypes.get(type) ?? shortNames.get(type)
  if (opcode !== undefined) {
    writer.byte(opcode)
    return
  }
  const [, nullable, heap = ''] = /^\(ref (null )?(.+)\)$/.exec(type) ?? []
  const shared = heap.startsWith('(')
  // The abstract heap types have a short form of `ref null`.
  if (!nullable || !shared || writer.isLong()) writer.byte(nullable ? 0x63 : 0x64)
  writeHeapType(writer, heap)
}

/** `core:heaptype`, from its text form: `func`, `(shared func)`, `3` */
export function writeHeapType(writer: LayoutWriter, type: string): void {
  const shared = /^\(shared (\w+)\)$/.exec(type)?.[1]
  if (shared !== undefined) writer.byte(0x65)
  const opcode = heapTypes.get(shared ?? type)
  if (opcode === undefined) writer.s33(Number(type))
  else writer.byte(opcode)
}

function writeModuleDeclaration(declaration: CoreModuleDeclaration, writer: LayoutWriter): void {
  switch (declaration.kind) {
    case 'import':
      writer.byte(0x00).name(declaration.module).name(declaration.name)
      writeCoreExternType(writer, declaration.type)
      return
    case 'type':
      writeRecType(writer.byte(0x01), declaration.type)
      return
    case 'alias':
      writer.bytes([0x02, 0x10, 0x01]).u32(declaration.count).u32(declaration.index)
      return
    case 'export':
      writeCoreExternType(writer.byte(0x03).name(declaration.name), declaration.type)
      return
  }
}

export function writeCoreExternType(writer: LayoutWriter, type: CoreExternSyntax): void {
  switch (type.kind) {
    case 'func':
      writer.byte(0x00).u32(type.type)
      return
    case 'table':
      writeTableType(writer.byte(0x01), type)
      return
    case 'memory':
      writeMemoryType(writer.byte(0x02), type)
      return
    case 'global':
      writeGlobalType(writer.byte(0x03), type)
      return
    case 'tag':
      writeTagType(writer.byte(0x04), type)
      return
  }
}

type CoreExternOf<Kind extends CoreExternSyntax['kind']> = Extract<CoreExternSyntax, { kind: Kind }>

export function writeTableType(writer: LayoutWriter, type: CoreExternOf<'table'>): void {
  writeCoreValueType(writer, type.element)
  writeLimits(writer, type.limits, undefined)
}

export function writeMemoryType(
  writer: LayoutWriter,
  { limits, pageSizeLog2, pageSizeGiven }: CoreExternOf<'memory'>,
): void {
  const isSaid = pageSizeGiven || pageSizeLog2 !== usualPageSize.pageSizeLog2
  writeLimits(writer, limits, isSaid ? pageSizeLog2 : undefined)
}

export function writeGlobalType(writer: LayoutWriter, { type, mutable }: CoreExternOf<'global'>): void {
  writeCoreValueType(writer, type)
  writer.byte(Number(mutable))
}

export function writeTagType(writer: LayoutWriter, { type }: CoreExternOf<'tag'>): void {
  writer.byte(0x00).u32(type)
}

/** Flags: 0b0001 there is a maximum, 0b0010 shared, 0b0100 64-bit, 0b1000 the page size follows, as its logarithm. */
function writeLimits(
  writer: LayoutWriter,
  { minimum, maximum, shared, index64 }: CoreLimits,
  pageSizeLog2: number | undefined,
): void {
  const flags = [maximum !== undefined, shared, index64, pageSizeLog2 !== undefined]
  writer.byte(flags.reduce((byte, flag, bit) => byte | (Number(flag) << bit), 0)).u64(minimum)
  if (maximum !== undefined) writer.u64(maximum)
  if (pageSizeLog2 !== undefined) writer.u32(pageSizeLog2)
}
