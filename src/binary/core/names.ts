/** The name section of core modules (Core WebAssembly 3.0, "Name Section"), whole. */
import { limits } from '../../component/limits.ts'
import { ByteReader } from '../byte-reader.ts'
import { ByteWriter } from '../byte-writer.ts'
import { type NameMap, readNameMap } from '../name-map.ts'
import { readSubsections } from '../name-section.ts'
import type { IndexKind } from './instruction.ts'

/** Names by index, within a function or a type by its index. */
export type IndirectNameMap = ReadonlyMap<number, NameMap>

export interface ModuleNames {
  readonly module: string | undefined
  readonly items: Readonly<Record<Exclude<IndexKind, 'local'>, NameMap>>
  /** Parameters and locals, by function. */
  readonly locals: IndirectNameMap
  /** Blocks, in the order in which they begin, by function. */
  readonly labels: IndirectNameMap
  /** Fields of structs, by type. */
  readonly fields: IndirectNameMap
  /** Subsections that are not known, in the order in which they stand. */
  readonly others: readonly UnknownSubsection[]
}

export interface UnknownSubsection {
  readonly id: number
  readonly bytes: Uint8Array
}

/** Subsections by id; 0, the module's name, is unlike the others. */
const subsections = [
  'module',
  'func',
  'locals',
  'labels',
  'type',
  'table',
  'memory',
  'global',
  'elem',
  'data',
  'fields',
  'tag',
] as const

const noNames: NameMap = new Map()

/** What a module without a name section has. */
export const namesOfNone: ModuleNames = {
  module: undefined,
  items: {
    func: noNames,
    table: noNames,
    memory: noNames,
    global: noNames,
    tag: noNames,
    type: noNames,
    elem: noNames,
    data: noNames,
  },
  locals: new Map(),
  labels: new Map(),
  fields: new Map(),
  others: [],
}

/**
 * The contents of a name section, after its name. Of two subsections with one id that is known the last counts.
 *
 * @throws {DecodeError} for a malformed one
 */
export function decodeNames(bytes: Uint8Array): ModuleNames {
  let module: string | undefined
  const items = { ...namesOfNone.items }
  const indirect = { locals: namesOfNone.locals, labels: namesOfNone.labels, fields: namesOfNone.fields }
  const others: UnknownSubsection[] = []
  readSubsections(new ByteReader(bytes), (id, reader) => {
    const kind = subsections[id]
    if (kind === undefined) others.push({ id, bytes: bytes.slice(reader.position, reader.end) })
    else if (kind === 'module') module = reader.text(reader.u32())
    else if (kind === 'locals' || kind === 'labels' || kind === 'fields')
      indirect[kind] = readIndirect(reader)
    else items[kind] = readNameMap(reader)
  })
  return { module, items, ...indirect, others }
}

/** `indirectnamemap ::= vec(u32 namemap)` */
function readIndirect(reader: ByteReader): IndirectNameMap {
  const all = new Map<number, NameMap>()
  const count = reader.count('names', limits.functions)
  for (let i = 0; i < count; i++) all.set(reader.u32(), readNameMap(reader))
  return all
}

/**
 * The contents of a name section; undefined where nothing has a name. Known subsections without names are left out, unknown
 * ones come last.
 */
export function encodeNames(names: ModuleNames): Uint8Array<ArrayBuffer> | undefined {
  const writer = new ByteWriter()
  for (const [id, kind] of subsections.entries()) {
    if (kind === 'module') {
      const { module } = names
      if (module !== undefined) writer.section(id, (section) => section.name(module))
    } else if (kind === 'locals' || kind === 'labels' || kind === 'fields') {
      const map = names[kind]
      if (map.size > 0) writer.section(id, (section) => writeIndirect(section, map))
    } else {
      const map = names.items[kind]
      if (map.size > 0) writer.section(id, (section) => writeNameMap(section, map))
    }
  }
  for (const { id, bytes } of names.others) writer.section(id, (section) => section.bytes(bytes))
  return writer.length === 0 ? undefined : writer.finish()
}

function writeNameMap(writer: ByteWriter, map: NameMap): void {
  writer.u32(map.size)
  for (const [index, name] of map) writer.u32(index).name(name)
}

function writeIndirect(writer: ByteWriter, map: IndirectNameMap): void {
  writer.u32(map.size)
  for (const [index, names] of map) writeNameMap(writer.u32(index), names)
}
