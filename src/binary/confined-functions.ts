import type { ByteRange } from '../component/component.ts'
import { limits } from '../component/limits.ts'
import { DecodeError } from '../errors.ts'
import { ByteReader } from './byte-reader.ts'
import { externSorts, readImportGroup } from './core-imports.ts'
import { type CoreSection, type CoreSectionName, coreSections } from './core-sections.ts'
import { readImmediate } from './core/immediates.ts'
import { readOpcode } from './core/instruction-reader.ts'
import { readCoreValueType } from './sections/core-type.ts'

/**
 * Which exported functions of a core module are confined: a call runs code of the module and no other, because no instruction that it could
 * reach calls an import, or what a table or a reference holds, or throws. So it can neither leave its component instance nor wait: it
 * returns or traps.
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
  #module: Functions | undefined

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
      this.#module ??= readFunctions(this.#bytes, this.#range)
      const index = this.#module.exports.get(name)
      return index !== undefined && this.#follow(this.#module, index)
    } catch (error) {
      if (error instanceof DecodeError) return false
      throw error
    }
  }

  #follow({ imported, bodies, code }: Functions, index: number): boolean {
    // It grows while it is walked.
    const reached = new Set([index])
    let size = 0
    for (const one of reached) {
      if (this.#confined.has(one)) continue
      const start = bodies[one - imported]
      if (start === undefined) return false
      const reader = new ByteReader(this.#bytes, start, code.end)
      const length = reader.u32()
      size += length
      if (size > limits.confinedCode) return false
      reader.end = reader.position + length
      if (!addCallees(reader, reached)) return false
    }
    for (const one of reached) this.#confined.add(one)
    return true
  }
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
function addCallees(reader: ByteReader, callees: Set<number>): boolean {
  reader.vector('groups of locals', limits.locals, () => {
    reader.u32()
    readCoreValueType(reader)
  })
  while (!reader.atEnd) {
    const { name, immediates } = readOpcode(reader)
    if (leaving.has(name)) return false
    const calls = name === 'call' || name === 'return_call'
    for (const kind of immediates) {
      const value = readImmediate(reader, kind)
      if (calls) callees.add(value as number)
    }
  }
  return true
}

interface Functions {
  readonly imported: number
  /** Indices by name. */
  readonly exports: ReadonlyMap<string, number>
  /** Where each function that is not imported begins, with its size. */
  readonly bodies: Uint32Array
  readonly code: ByteRange
}

function readFunctions(bytes: Uint8Array, range: ByteRange): Functions {
  const sections = coreSections(bytes, range)
  const open = (name: CoreSectionName): ByteReader | undefined => {
    const section: CoreSection | undefined = sections.find((one) => one.name === name)
    return section && new ByteReader(bytes, section.range.start, section.range.end)
  }
  const code = open('code')
  return {
    imported: importedFunctions(open('import')),
    exports: exportedFunctions(open('export')),
    code: { start: code?.position ?? 0, end: code?.end ?? 0 },
    bodies: functionBodies(code),
  }
}

function importedFunctions(reader: ByteReader | undefined): number {
  let functions = 0
  const count = reader?.count('imports', limits.imports) ?? 0
  for (let i = 0; i < count; i++) {
    for (const { type } of readImportGroup(reader!).items) if (type.kind === 'func') functions++
  }
  return functions
}

function exportedFunctions(reader: ByteReader | undefined): ReadonlyMap<string, number> {
  const functions = new Map<string, number>()
  const count = reader?.count('items in the export section', limits.exports) ?? 0
  for (let i = 0; i < count; i++) {
    const name = reader!.name()
    const sort = externSorts[reader!.byte()]
    const index = reader!.u32()
    if (sort === 'func') functions.set(name, index)
  }
  return functions
}

function functionBodies(reader: ByteReader | undefined): Uint32Array {
  const bodies = new Uint32Array(reader?.count('items in the code section', limits.functions) ?? 0)
  for (let i = 0; i < bodies.length; i++) {
    bodies[i] = reader!.position
    reader!.skip(reader!.u32())
  }
  return bodies
}
