/**
 * A core module as instances need it: its memories are imports, so that whoever instantiates it chooses them (one that
 * cannot grow past a limit, one that another instance had before), and its start function is an export, so that it is called
 * like any other and can be suspended. All else is the same, byte for byte. No index changes: imported memories come
 * before defined ones, and all defined ones move, in order.
 */
import type { ByteRange } from '../component/component.ts'
import { limits } from '../component/limits.ts'
import { DecodeError } from '../errors.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { readImportGroup } from './core-imports.ts'
import { readCoreModuleType } from './core-module.ts'
import { type CoreSection, type CoreSectionName, coreSections } from './core-sections.ts'
import { preambleSize } from './preamble.ts'
import { readMemoryType } from './sections/core-type.ts'

/** Plain data: it may be written to a file and used when it is read again. */
export interface RewrittenCoreModule {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** What stands for the memories that the module defined; undefined where it defined none. */
  readonly memories: MemoryImports | undefined
  /** The export that was its start function, under a name that it does not use itself; undefined where it has none. */
  readonly start: string | undefined
  /** By how many bytes its code lies further back than in the original, or less than 0: for backtraces. */
  readonly codeShift: number
}

/** Imports of memories, called `0`, `1`, … in the order in which they were defined. */
export interface MemoryImports {
  /** The module name of all of them: one that the module imports nothing else from. */
  readonly module: string
  readonly types: readonly MemoryType[]
}

/** What a memory was defined as; sizes in pages. */
export interface MemoryType {
  readonly initial: number
  readonly maximum: number | undefined
  readonly shared: boolean
  /** Its addresses are 64-bit. */
  readonly index64: boolean
  readonly pageSizeLog2: number
}

/**
 * Undefined for a module that stays as it is, because it defines no memory and has no start function. Only the sections
 * that change are read: whether the module is valid is the engine's business, of the rewritten one as of the original.
 *
 * @param options whether memories become imports, and the start function an export
 * @throws {DecodeError} what changes cannot be read, or is not valid
 *
 * @example
 * const module = await assemble('(module (memory (export "m") 1 2))')
 * const { memories } = rewriteCoreModule(module)
 * memories.module // 'memories'
 * memories.types // [{ initial: 1, maximum: 2, shared: false, index64: false, pageSizeLog2: 16 }]
 */
export function rewriteCoreModule(
  bytes: Uint8Array,
  range: ByteRange = { start: 0, end: bytes.length },
  change: { readonly memories: boolean; readonly start: boolean } = { memories: true, start: true },
): RewrittenCoreModule | undefined {
  const rewriting = new Rewriting(bytes, range)
  const memories = change.memories ? rewriting.importMemories() : undefined
  const start = change.start ? rewriting.exportStart() : undefined
  if (memories === undefined && start === undefined) return undefined
  const made = { ...rewriting.finish(), memories, start }
  if (start !== undefined) checkStart(made.bytes, start)
  return made
}

/** As an export a function of any type would do. */
function checkStart(bytes: Uint8Array, name: string): void {
  const type = readCoreModuleType(bytes).exports.get(name)
  if (type?.kind === 'func' && type.parameters.length + type.results.length === 0) return
  throw new DecodeError('invalid start function: it has parameters or results', 0, ['start section'])
}

const importSection = 2
const exportSection = 7
const functionKind = 0x00
const memoryKind = 0x02

class Rewriting {
  readonly #bytes: Uint8Array
  readonly #range: ByteRange
  readonly #sections: readonly CoreSection[]
  readonly #dropped = new Set<CoreSection>()
  readonly #inserted = new Map<CoreSection, Uint8Array>()

  constructor(bytes: Uint8Array, range: ByteRange) {
    this.#bytes = bytes
    this.#range = range
    this.#sections = coreSections(bytes, range)
  }

  importMemories(): MemoryImports | undefined {
    const memory = this.#find('memory')
    const memories = memory ? whole(this.#read(memory), readMemories) : []
    if (!memory || memories.length === 0) return undefined
    const old = this.#find('import')
    const module = unused('memories', old ? importedModules(this.#read(old)) : new Set())
    const reader = old && this.#read(old)
    const count = reader?.count('imports', limits.imports) ?? 0
    const section = new ByteWriter().section(importSection, (imports) => {
      imports.u32(count + memories.length)
      if (reader) imports.bytes(rest(reader))
      memories.forEach(({ encoded }, i) => {
        imports.name(module).name(String(i)).byte(memoryKind).bytes(encoded)
      })
    })
    // There is at least the memory section: imports stand before it.
    const place = old ?? this.#sections.find(({ name }) => name !== 'custom' && name !== 'type')!
    this.#insert(section, place, old)
    this.#dropped.add(memory)
    return { module, types: memories.map(({ type }) => type) }
  }

  exportStart(): string | undefined {
    const start = this.#find('start')
    if (!start) return undefined
    const old = this.#find('export')
    const name = unused('start', old ? exportedNames(this.#read(old)) : new Set())
    const reader = old && this.#read(old)
    const count = reader?.count('exports', limits.exports) ?? 0
    const index = whole(this.#read(start), (reader) => reader.u32())
    const section = new ByteWriter().section(exportSection, (exports) => {
      exports.u32(count + 1)
      if (reader) exports.bytes(rest(reader))
      exports.name(name).byte(functionKind).u32(index)
    })
    // Exports stand directly before the start section.
    this.#insert(section, old ?? start, old)
    this.#dropped.add(start)
    return name
  }

  finish(): Pick<RewrittenCoreModule, 'bytes' | 'codeShift'> {
    const pieces: Uint8Array[] = []
    let length = 0
    const add = (piece: Uint8Array): void => {
      pieces.push(piece)
      length += piece.length
    }
    let from = this.#range.start + preambleSize
    let codeShift = 0
    add(this.#bytes.subarray(this.#range.start, from))
    for (const section of this.#sections) {
      const inserted = this.#inserted.get(section)
      if (inserted) add(inserted)
      if (section.name === 'code') codeShift = length - (from - this.#range.start)
      if (!this.#dropped.has(section)) add(this.#bytes.subarray(from, section.range.end))
      from = section.range.end
    }
    return { bytes: concatenated(pieces, length), codeShift }
  }

  #find(name: CoreSectionName): CoreSection | undefined {
    return this.#sections.find((section) => section.name === name)
  }

  #read({ range }: CoreSection): ByteReader {
    return new ByteReader(this.#bytes, range.start, range.end)
  }

  /** Before `place`, and instead of `old`. */
  #insert(section: ByteWriter, place: CoreSection, old: CoreSection | undefined): void {
    this.#inserted.set(place, section.view())
    if (old) this.#dropped.add(old)
  }
}

/** Reads a section to its end. What is left of one that goes away, nobody else would find. */
function whole<T>(section: ByteReader, read: (section: ByteReader) => T): T {
  const value = read(section)
  if (!section.atEnd) section.fail('section size mismatch: unexpected bytes at the end of the section')
  return value
}

interface DefinedMemory {
  readonly type: MemoryType
  /** As written. */
  readonly encoded: Uint8Array
}

function readMemories(section: ByteReader): readonly DefinedMemory[] {
  return section.vector('memories', limits.memories, (reader) => {
    const start = reader.position
    const { limits: size, pageSizeLog2 } = readMemoryType(reader)
    const { minimum, maximum, shared, index64 } = size
    const type = {
      initial: Number(minimum),
      maximum: maximum === undefined ? undefined : Number(maximum),
      shared,
      index64,
      pageSizeLog2,
    }
    return { type, encoded: reader.bytes.subarray(start, reader.position) }
  })
}

function importedModules(reader: ByteReader): ReadonlySet<string> {
  const names = new Set<string>()
  const count = reader.count('imports', limits.imports)
  for (let i = 0; i < count; i++) names.add(readImportGroup(reader).module)
  return names
}

function exportedNames(reader: ByteReader): ReadonlySet<string> {
  const names = reader.vector('exports', limits.exports, () => {
    const name = reader.name()
    reader.byte()
    reader.u32()
    return name
  })
  return new Set(names)
}

function unused(wanted: string, names: ReadonlySet<string>): string {
  let name = wanted
  while (names.has(name)) name += '_'
  return name
}

/** What was not read yet. */
function rest(reader: ByteReader): Uint8Array {
  return reader.bytes.subarray(reader.position, reader.end)
}

function concatenated(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
