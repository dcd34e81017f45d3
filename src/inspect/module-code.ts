/** The functions of one core module, as far as it takes to follow calls: names, and who calls whom. */
import {
  ByteReader,
  type CoreSection,
  type CoreSectionName,
  coreSections,
  type NameMap,
  readCoreModuleType,
  readNameSection,
} from '../binary/index.ts'
import { skipConstantExpression } from '../binary/constant-expression.ts'
import type { ByteRange } from '../component/component.ts'
import { type CallTargets, readCallTargets } from './call-targets.ts'

export interface ModuleCode {
  /** Imported functions, which come first in the index space. */
  readonly imports: readonly { readonly module: string; readonly name: string }[]
  /** Exported functions by name. */
  readonly exports: ReadonlyMap<string, number>
  readonly names: NameMap
  /** By function index; absent for imported ones, and for those whose code has unknown instructions. */
  readonly targets: ReadonlyMap<number, CallTargets>
  /** Functions that stand in element segments: whoever has the table can call them. */
  readonly inTables: readonly number[]
  readonly start: number | undefined
}

export function readModuleCode(bytes: Uint8Array, range: ByteRange): ModuleCode {
  const sections = coreSections(bytes, range)
  const open = (name: CoreSectionName) => openSection(bytes, sections, name)
  const imports = readCoreModuleType(bytes, range).imports.filter(({ type }) => type.kind === 'func')
  return {
    imports,
    exports: readExports(open('export')),
    names: readNameSection(bytes, range).functions,
    targets: readBodies(open('code'), imports.length),
    inTables: readElements(open('element')),
    start: open('start')?.u32(),
  }
}

function openSection(
  bytes: Uint8Array,
  sections: readonly CoreSection[],
  name: CoreSectionName,
): ByteReader | undefined {
  const section = sections.find((one) => one.name === name)
  return section && new ByteReader(bytes, section.range.start, section.range.end)
}

function readExports(reader: ByteReader | undefined): Map<string, number> {
  const exports = new Map<string, number>()
  for (let count = reader?.u32() ?? 0; reader && count > 0; count--) {
    const name = reader.name()
    const isFunction = reader.byte() === 0x00
    const index = reader.u32()
    if (isFunction) exports.set(name, index)
  }
  return exports
}

function readBodies(reader: ByteReader | undefined, imported: number): Map<number, CallTargets> {
  const bodies = new Map<number, CallTargets>()
  const count = reader?.u32() ?? 0
  for (let index = 0; reader && index < count; index++) {
    const size = reader.u32()
    const targets = readCallTargets(new ByteReader(reader.bytes, reader.position, reader.position + size))
    reader.skip(size)
    if (targets) bodies.set(imported + index, targets)
  }
  return bodies
}

/**
 * Core WebAssembly, "Element Section": bit 0 of the flags says passive or declarative, bit 1 that a table or a kind is
 * given, bit 2 that elements are expressions.
 */
function readElements(reader: ByteReader | undefined): number[] {
  const functions: number[] = []
  for (let count = reader?.u32() ?? 0; reader && count > 0; count--) {
    const flags = reader.u32()
    const active = (flags & 1) === 0
    const expressions = (flags & 4) !== 0
    if (active && flags & 2) reader.u32()
    if (active) skipConstantExpression(reader)
    if (flags & 3) skipElementKind(reader, expressions)
    for (let elements = reader.u32(); elements > 0; elements--) {
      const index = expressions ? readElementExpression(reader) : reader.u32()
      if (index !== undefined) functions.push(index)
    }
  }
  return functions
}

function skipElementKind(reader: ByteReader, isType: boolean): void {
  if (!isType) reader.skip(1)
  // A reference type: one byte, or a prefix and a heap type.
  else if (reader.byte() < 0x66) while (reader.byte() >= 0x80);
}

/** The function of a `ref.func`; other expressions are skipped. */
function readElementExpression(reader: ByteReader): number | undefined {
  if (reader.peek() !== 0xd2) {
    skipConstantExpression(reader)
    return undefined
  }
  reader.skip(1)
  const index = reader.u32()
  skipConstantExpression(reader)
  return index
}
