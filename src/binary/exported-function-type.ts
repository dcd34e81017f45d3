import type { ByteRange, CoreCompositeType } from '../component/component.ts'
import type { CoreValueType } from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import { ByteReader } from './byte-reader.ts'
import { externSorts, readImportGroup } from './core-imports.ts'
import { type CoreSectionName, coreSections } from './core-sections.ts'
import { readRecType } from './sections/core-type.ts'

/**
 * The type of a function as its module defines it. A type is part of its recursion group, and says whether it may have subtypes: of two
 * function types with the same parameters and results, one need not be the other. A module that begins with these definitions has
 * the same type.
 */
export interface DefinedFunctionType {
  /** Encoded recursion groups, from the module's first to the one that the type is in. */
  readonly groups: readonly Uint8Array[]
  /** How many types they define. */
  readonly count: number
  readonly index: number
  readonly parameters: readonly CoreValueType[]
  readonly results: readonly CoreValueType[]
  /** Whether it is the same as `(func …)`. */
  readonly plain: boolean
}

/** The types of the functions that a core module exports. The module is taken to be valid. */
export class ExportedFunctionTypes {
  readonly #open: (name: CoreSectionName) => ByteReader | undefined
  #exported: ReadonlyMap<string, number> | undefined
  /** By index of the function. */
  #typeIndices: readonly number[] | undefined
  /** By index: functions of one type have one object. */
  readonly #types = new Map<number, DefinedFunctionType>()

  constructor(bytes: Uint8Array, range: ByteRange = { start: 0, end: bytes.length }) {
    const sections = coreSections(bytes, range)
    this.#open = (name) => {
      const section = sections.find((one) => one.name === name)
      return section && new ByteReader(bytes, section.range.start, section.range.end)
    }
  }

  /**
   * Undefined where no function is exported under that name.
   *
   * @throws {DecodeError}
   */
  of(name: string): DefinedFunctionType | undefined {
    this.#exported ??= this.#readExports()
    const index = this.#exported.get(name)
    if (index === undefined) return undefined
    this.#typeIndices ??= this.#readTypeIndices()
    const typeIndex = this.#typeIndices[index]!
    const type = this.#types.get(typeIndex) ?? this.#readType(typeIndex)
    this.#types.set(typeIndex, type)
    return type
  }

  /** Indices of functions by their names. */
  #readExports(): ReadonlyMap<string, number> {
    const exported = new Map<string, number>()
    const reader = this.#open('export')
    const count = reader?.count('items in the export section', limits.exports) ?? 0
    for (let i = 0; i < count; i++) {
      const name = reader!.name()
      const sort = externSorts[reader!.byte()]
      const index = reader!.u32()
      if (sort === 'func') exported.set(name, index)
    }
    return exported
  }

  #readTypeIndices(): readonly number[] {
    const indices: number[] = []
    const imports = this.#open('import')
    const groups = imports?.count('imports', limits.imports) ?? 0
    for (let i = 0; i < groups; i++) {
      for (const { type } of readImportGroup(imports!).items)
        if (type.kind === 'func') indices.push(type.type)
    }
    const functions = this.#open('function')
    const count = functions?.count('items in the function section', limits.functions) ?? 0
    for (let i = 0; i < count; i++) indices.push(functions!.u32())
    return indices
  }

  #readType(index: number): DefinedFunctionType {
    const reader = this.#open('type')!
    reader.count('items in the type section', limits.types)
    const groups: Uint8Array[] = []
    let count = 0
    for (;;) {
      const start = reader.position
      const { types } = readRecType(reader)
      groups.push(reader.bytes.subarray(start, reader.position))
      const found = types[index - count]
      count += types.length
      if (found === undefined) continue
      const { type, final, supertypes } = found
      const plain = types.length === 1 && final && supertypes.length === 0
      // The module is valid.
      const { parameters, results } = type as Extract<CoreCompositeType, { kind: 'func' }>
      return { groups, count, index, parameters, results, plain }
    }
  }
}
