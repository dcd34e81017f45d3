import type { ByteRange } from '../component/component.ts'
import { limits } from '../component/limits.ts'
import { DecodeError } from '../errors.ts'
import { ByteReader } from './byte-reader.ts'
import { externSorts, readImportGroup } from './core-imports.ts'
import { type CoreSectionName, coreSections } from './core-sections.ts'
import { readImmediate } from './core/immediates.ts'
import { readOpcode } from './core/instruction-reader.ts'
import { readCoreValueType, readRecType } from './sections/core-type.ts'

/**
 * Which exported functions of a core module are confined: a call runs code of the module and no other, because no instruction that it could
 * reach calls an import, or what a table or a reference holds, or throws. So it can neither leave its component instance nor wait: it
 * returns or traps.
 *
 * Those whose type is defined in a group with others are left out: they are of no plain function type, so that a module that imports
 * what a component lowers could not be given them.
 *
 * Only the functions that are asked for are read, and what they call, up to `limits.confinedCode` bytes; beyond that, and for
 * what cannot be read, the answer is no. The module is taken to be valid.
 *
 * @example
 * const module = await assemble('(module (import "" "log" (func $log)) (func (export "a")) (func (export "b") call $log))')
 * const functions = new ConfinedFunctions(module)
 * functions.has('a') // true
 * functions.has('b') // false
 */
export class ConfinedFunctions {
  readonly #bytes: Uint8Array
  readonly #range: ByteRange
  readonly #answers = new Map<string, boolean>()
  /** By index: known to be confined. */
  readonly #confined = new Set<number>()
  #module: ModuleFunctions | undefined

  constructor(bytes: Uint8Array, range: ByteRange = { start: 0, end: bytes.length }) {
    this.#bytes = bytes
    this.#range = range
  }

  /** Whether the export of that name is a function that is confined. */
  has(name: string): boolean {
    let answer = this.#answers.get(name)
    if (answer === undefined) {
      answer = this.#find(name)
      this.#answers.set(name, answer)
    }
    return answer
  }

  #find(name: string): boolean {
    try {
      this.#module ??= new ModuleFunctions(this.#bytes, this.#range)
      const index = this.#module.exported(name)
      return index !== undefined && this.#follow(this.#module, index) && this.#module.hasPlainType(index)
    } catch (error) {
      if (error instanceof DecodeError) return false
      throw error
    }
  }

  #follow(module: ModuleFunctions, index: number): boolean {
    // It grows while it is walked.
    const reached = new Set([index])
    let size = 0
    for (const one of reached) {
      if (this.#confined.has(one)) continue
      const body = module.body(one)
      if (body === undefined) return false
      size += body.end - body.start
      const callees: number[] = []
      if (size > limits.confinedCode || !addCallees(this.#bytes, body, callees)) return false
      // Before the code of any of them is read: most functions that are not confined call an import soon.
      if (callees.some((callee) => module.isImported(callee))) return false
      for (const callee of callees) reached.add(callee)
    }
    for (const one of reached) this.#confined.add(one)
    return true
  }
}

/** The functions of a core module, read as far as they are asked for: programs that end soon ask for few. */
class ModuleFunctions {
  readonly #exports: ByteReader | undefined
  readonly #code: ByteReader | undefined
  readonly #types: ByteReader | undefined
  readonly #functions: ByteReader | undefined
  readonly #imported: number
  readonly #count: number
  /** Of the functions that are not imported, as far as the code was walked. */
  readonly #bodies: ByteRange[] = []

  constructor(bytes: Uint8Array, range: ByteRange) {
    const sections = coreSections(bytes, range)
    const open = (name: CoreSectionName): ByteReader | undefined => {
      const section = sections.find((one) => one.name === name)
      return section && new ByteReader(bytes, section.range.start, section.range.end)
    }
    this.#imported = importedFunctions(open('import'))
    this.#exports = open('export')
    this.#code = open('code')
    this.#types = open('type')
    this.#functions = open('function')
    this.#count = this.#code?.count('items in the code section', limits.functions) ?? 0
  }

  /** The index of the function of that name. */
  exported(name: string): number | undefined {
    if (this.#exports === undefined) return undefined
    const reader = again(this.#exports)
    const { bytes } = reader
    const wanted = new TextEncoder().encode(name)
    const count = reader.count('items in the export section', limits.exports)
    for (let i = 0; i < count; i++) {
      const length = reader.u32()
      const start = reader.position
      reader.skip(length)
      const sort = externSorts[reader.byte()]
      const index = reader.u32()
      if (length === wanted.length && wanted.every((byte, at) => byte === bytes[start + at]))
        return sort === 'func' ? index : undefined
    }
    return undefined
  }

  /** Whether the type of a function that is not imported is alone in its recursion group. */
  hasPlainType(index: number): boolean {
    const { bytes, position, end } = this.#types!
    // Almost no module has groups.
    if (!bytes.subarray(position, end).includes(RECURSION_GROUP)) return true
    const functions = again(this.#functions!)
    functions.count('items in the function section', limits.functions)
    for (let i = this.#imported; i < index; i++) functions.u32()
    const wanted = functions.u32()
    const types = again(this.#types!)
    types.count('items in the type section', limits.types)
    for (let next = 0; ; ) {
      const { length } = readRecType(types).types
      next += length
      if (wanted < next) return length === 1
    }
  }

  isImported(index: number): boolean {
    return index < this.#imported
  }

  /** Where the code of a function is, its locals first; undefined for one that is imported, or not there. */
  body(index: number): ByteRange | undefined {
    const place = index - this.#imported
    if (place >= this.#count) return undefined
    const code = this.#code!
    while (this.#bodies.length <= place) {
      const size = code.u32()
      const start = code.position
      code.skip(size)
      this.#bodies.push({ start, end: code.position })
    }
    return this.#bodies[place]
  }
}

/** `core:rectype ::= 0x4e vec(core:subtype) | …` */
const RECURSION_GROUP = 0x4e

/** From the same place. */
function again({ bytes, position, end }: ByteReader): ByteReader {
  return new ByteReader(bytes, position, end)
}

function importedFunctions(reader: ByteReader | undefined): number {
  let functions = 0
  const count = reader?.count('imports', limits.imports) ?? 0
  for (let i = 0; i < count; i++) {
    for (const { type } of readImportGroup(reader!).items) if (type.kind === 'func') functions++
  }
  return functions
}

/** Instructions that go on in code that they do not name. */
const leaving: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'throw',
  'throw_ref',
  'rethrow',
  'call_indirect',
  'return_call_indirect',
  'call_ref',
  'return_call_ref',
  'suspend',
  'switch',
  'resume',
  'resume_throw',
  'resume_throw_ref',
])

/** Adds what a function calls; false where that cannot be told from its code. `code ::= vec(locals) expr` */
function addCallees(bytes: Uint8Array, { start, end }: ByteRange, callees: number[]): boolean {
  const reader = new ByteReader(bytes, start, end)
  reader.vector('groups of locals', limits.locals, () => {
    reader.u32()
    readCoreValueType(reader)
  })
  while (!reader.atEnd) {
    reader.position = skipCommon(bytes, reader.position, end, callees)
    if (reader.atEnd) break
    if (isCallOfAnything(bytes[reader.position]!)) return false
    const { name, immediates } = readOpcode(reader)
    if (leaving.has(name)) return false
    const calls = name === 'call' || name === 'return_call'
    for (const kind of immediates) {
      const value = readImmediate(reader, kind)
      if (calls) callees.push(value as number)
    }
  }
  return reader.position === end
}

/** Opcodes, and by how many integers each is followed, memory arguments being two: almost all code consists of these. */
const common: readonly (readonly [first: number, last: number, integers: number])[] = [
  [0x00, 0x01, 0], // unreachable, nop
  [0x02, 0x04, 1], // block, loop, if
  [0x05, 0x05, 0], // else
  [0x0b, 0x0b, 0], // end
  [0x0c, 0x0d, 1], // br, br_if
  [0x0f, 0x0f, 0], // return
  [0x10, 0x10, 1], // call
  [0x12, 0x12, 1], // return_call
  [0x1a, 0x1b, 0], // drop, select
  [0x20, 0x26, 1], // local.get to table.set
  [0x28, 0x3e, 2], // loads and stores
  [0x3f, 0x42, 1], // memory.size, memory.grow, i32.const, i64.const
  [0x45, 0xc4, 0], // arithmetic
]

/**
 * `call_indirect`, `return_call_indirect`, `call_ref`, `return_call_ref`: {@link leaving} names them too, but to look up a name the table of
 * all instructions is made.
 */
function isCallOfAnything(opcode: number): boolean {
  return opcode === 0x11 || (opcode >= 0x13 && opcode <= 0x15)
}

const UNCOMMON = 0xff
let integersAfter: Uint8Array | undefined

function integersAfterCommon(): Uint8Array {
  const made = new Uint8Array(256).fill(UNCOMMON)
  for (const [first, last, integers] of common) made.fill(integers, first, last + 1)
  return made
}

/**
 * Where the next instruction is that is not common, or the end: without the table of all instructions, which takes longer to make than
 * this takes. Adds what is called on the way.
 */
function skipCommon(bytes: Uint8Array, start: number, end: number, callees: number[]): number {
  integersAfter ??= integersAfterCommon()
  let at = start
  while (at < end) {
    const opcode = bytes[at]!
    const next = bytes[at + 1]!
    let integers = integersAfter[opcode]!
    // memory.copy, memory.fill: the opcode has a second part.
    if (opcode === 0xfc) integers = next === 10 ? 3 : next === 11 ? 2 : UNCOMMON
    // br_table: so many labels, and the default.
    else if (opcode === 0x0e) integers = unsigned(bytes, at + 1) + 2
    // A type of a block that takes two bytes; a memory that is not the first.
    else if (opcode >= 0x02 && opcode <= 0x04 && (next === 0x63 || next === 0x64)) integers = UNCOMMON
    else if (opcode >= 0x28 && opcode <= 0x3e && (next & 0x40) !== 0) integers = UNCOMMON
    if (integers === UNCOMMON) return at
    at++
    if (opcode === 0x10 || opcode === 0x12) callees.push(unsigned(bytes, at))
    // No further than one past the end, whatever a table of labels says.
    for (; integers > 0 && at <= end; integers--) while (bytes[at++]! >= 0x80);
  }
  return at
}

function unsigned(bytes: Uint8Array, start: number): number {
  let value = 0
  for (let at = start, shift = 0; shift < 35; at++, shift += 7) {
    value |= (bytes[at]! & 0x7f) << shift
    if (bytes[at]! < 0x80) break
  }
  return value >>> 0
}
