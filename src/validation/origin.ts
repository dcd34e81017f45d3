import type { InstanceType } from '../component/extern-type.ts'
import { isValueType, type TypeEntity } from '../component/resolve-type.ts'
import type { ValueType } from '../component/value-type.ts'
import { type NamedType, NumberedReplacements, type Replacements } from './replacements.ts'

/** Of more exports or types, few of each instance are asked for: a list of all would be mostly empty. */
const few = 256

export type Exports = InstanceType['exports']

/** What holds for an instance type and all that come from it by substitution: each thing is found out once for all of them. */
export class Origin {
  readonly type: InstanceType
  /** See `foreignTypes`; null as long as nobody asked. */
  foreign: readonly TypeEntity[] | undefined | null = null
  /** Of an instance that is put together: the exports that all of its own were taken from, where these are known. */
  sources: readonly Exports[] | undefined
  #typeNames: readonly string[] | undefined
  #resourceNames: readonly string[] | undefined
  #namedTypes: ReadonlySet<ValueType> | undefined
  #numbers: Map<NamedType, number> | undefined
  #places: ReadonlyMap<string, number> | undefined
  #isUsed = false

  constructor(type: InstanceType) {
    this.type = type
  }

  /** The names of the types among the exports: to ask for these only makes none of the rest. */
  get typeNames(): readonly string[] {
    if (this.#typeNames === undefined) {
      const names: string[] = []
      this.type.exports.forEach(({ kind }, name) => {
        if (kind === 'type') names.push(name)
      })
      this.#typeNames = names
    }
    return this.#typeNames
  }

  /** Those of them that are of resource types. */
  get resourceNames(): readonly string[] {
    this.#resourceNames ??= this.typeNames.filter((name) => {
      const type = this.type.exports.get(name)
      return type?.kind === 'type' && type.type.kind === 'resource'
    })
    return this.#resourceNames
  }

  /** The value types among the exports. */
  get namedTypes(): ReadonlySet<ValueType> {
    if (this.#namedTypes === undefined) {
      const types = new Set<ValueType>()
      for (const each of this.type.exports.values()) {
        if (each.kind === 'type' && isValueType(each.type)) types.add(each.type)
      }
      this.#namedTypes = types
    }
    return this.#namedTypes
  }

  /** For replacements of the types in it. */
  replacements(): Replacements {
    this.#numbers ??= new Map()
    return this.#numbers.size > few ? new Map() : new NumberedReplacements(this.#numbers)
  }

  /** The places of the exports by their names, from the second use on: for one they are not worth it. Undefined where there are many. */
  useAgain(): ReadonlyMap<string, number> | undefined {
    if (this.type.exports.size > few) return undefined
    if (this.#isUsed && this.#places === undefined) {
      this.#places = new Map(Array.from(this.type.exports.keys(), (name, i) => [name, i]))
    }
    this.#isUsed = true
    return this.#places
  }
}
