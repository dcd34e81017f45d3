import { partsOf } from '../../component/type-parts.ts'
import type { FunctionType } from '../../component/extern-type.ts'
import type { Case, Field, ResourceType, ValueType } from '../../component/value-type.ts'
import { kindInWords } from '../kind-in-words.ts'
import { printType, type TypeNames } from '../print-type.ts'
import { shapeOf } from '../type-shape.ts'

type Type = ValueType | ResourceType

/** How the two scopes that are compared call their types. */
export interface BothNames {
  readonly old: TypeNames
  readonly new: TypeNames
}

/** What is different about a type or a function, and which part of it that is. */
export interface TypeChange {
  readonly text: string
  /** The name of a field, a case, a flag or a parameter. */
  readonly old?: string
  readonly new?: string
}

/**
 * Compares types of two versions: by structure, and by what `pair` has said: what a name means in both is the same type here,
 * because its differences are told where it is defined.
 */
export class TypeComparison {
  readonly #pairs = new Map<Type, Set<Type>>()
  /** Types share their parts: each two are compared once. */
  readonly #compared = new Map<Type, Map<Type, boolean>>()

  pair(old: Type, updated: Type): void {
    const known = this.#pairs.get(old)
    if (known) known.add(updated)
    else this.#pairs.set(old, new Set([updated]))
  }

  isPair(old: Type, updated: Type): boolean {
    return this.#pairs.get(old)?.has(updated) ?? false
  }

  same(old: ValueType | undefined, updated: ValueType | undefined): boolean {
    if (old === undefined || updated === undefined) return old === updated
    if (this.isPair(old, updated)) return true
    const known = this.#compared.get(old)?.get(updated)
    if (known !== undefined) return known
    const found = this.#sameStructure(old, updated)
    const compared = this.#compared.get(old) ?? new Map<Type, boolean>()
    this.#compared.set(old, compared.set(updated, found))
    return found
  }

  #sameStructure(old: ValueType, updated: ValueType): boolean {
    if (old.kind === 'own' || old.kind === 'borrow')
      return updated.kind === old.kind && this.isPair(old.resource, updated.resource)
    if (shapeOf(old) !== shapeOf(updated)) return false
    const parts = partsOf(updated)
    return partsOf(old).every((part, index) => this.same(part, parts[index]))
  }

  /** What is different about two functions. */
  functions(old: FunctionType, updated: FunctionType, names: BothNames): TypeChange[] {
    const changes: TypeChange[] = []
    if (old.async !== updated.async)
      changes.push({ text: updated.async ? 'it is async now' : 'it is not async any more' })
    changes.push(...this.#parts('parameter', old.parameters, updated.parameters, names))
    if (!this.same(old.result, updated.result)) {
      if (old.result === undefined)
        changes.push({ text: `it has a result now: ${printType(updated.result!, names.new)}` })
      else if (updated.result === undefined)
        changes.push({ text: `it has no result any more: that was ${printType(old.result, names.old)}` })
      else changes.push({ text: `its result ${became(old.result, updated.result, names)}` })
    }
    return changes
  }

  /** What is different about what a name means; empty where nothing is. */
  definitions(old: Type, updated: Type, names: BothNames): TypeChange[] {
    if (old.kind === 'resource' || updated.kind === 'resource') {
      if (old.kind !== updated.kind)
        return [{ text: `${kindInWords(old.kind)} became ${kindInWords(updated.kind)}` }]
      return this.isPair(old, updated) ? [] : [{ text: 'it is another resource now' }]
    }
    if (old.kind === 'record' && updated.kind === 'record')
      return this.#parts('field', old.fields, updated.fields, names)
    if (old.kind === 'variant' && updated.kind === 'variant')
      return this.#parts('case', old.cases, updated.cases, names)
    if (old.kind === updated.kind && (old.kind === 'enum' || old.kind === 'flags')) {
      const parts = (all: readonly string[]): Case[] => all.map((name) => ({ name, type: undefined }))
      const what = old.kind === 'enum' ? 'case' : 'flag'
      return this.#parts(what, parts(old.names), parts((updated as typeof old).names), names)
    }
    if (this.#sameStructure(old, updated)) return []
    if (old.kind !== updated.kind && (isNamed(old) || isNamed(updated)))
      return [{ text: `${kindInWords(old.kind)} became ${kindInWords(updated.kind)}` }]
    return [{ text: `it ${became(old, updated, names, true)}` }]
  }

  #parts(
    what: string,
    old: readonly (Field | Case)[],
    updated: readonly (Field | Case)[],
    names: BothNames,
  ): TypeChange[] {
    const before = new Map(old.map((part) => [part.name, part]))
    const after = new Map(updated.map((part) => [part.name, part]))
    const removed = old.filter(({ name }) => !after.has(name))
    const added = updated.filter(({ name }) => !before.has(name))
    const renamed = this.#renamed(old, updated, removed, added)
    if (renamed) {
      const [from, to] = renamed
      return [{ text: `${what} \`${from}\` is called \`${to}\` now`, old: from, new: to }]
    }
    const changes: TypeChange[] = [
      ...removed.map(({ name }) => ({ text: `${what} \`${name}\` was removed`, old: name })),
      ...added.map(({ name }) => ({ text: `${what} \`${name}\` was added`, new: name })),
    ]
    for (const { name, type } of old) {
      const other = after.get(name)
      if (other === undefined || this.same(type, other.type)) continue
      changes.push({ text: `${what} \`${name}\` ${became(type, other.type, names)}`, old: name, new: name })
    }
    if (changes.length === 0 && old.some(({ name }, index) => updated[index]!.name !== name))
      changes.push({ text: `the ${what}s are in another order` })
    return changes
  }

  /** Where one part has another name, and nothing else is different. */
  #renamed(
    old: readonly (Field | Case)[],
    updated: readonly (Field | Case)[],
    [removed, ...others]: readonly (Field | Case)[],
    added: readonly (Field | Case)[],
  ): [string, string] | undefined {
    if (removed === undefined || others.length > 0 || added.length !== 1) return undefined
    const isElsewhere = old.indexOf(removed) !== updated.indexOf(added[0]!)
    return isElsewhere || !this.same(removed.type, added[0]!.type)
      ? undefined
      : [removed.name, added[0]!.name]
  }
}

function became(
  old: ValueType | undefined,
  updated: ValueType | undefined,
  names: BothNames,
  isSpelledOut = false,
): string {
  const print = (type: ValueType | undefined, own: TypeNames): string => {
    if (type === undefined) return 'nothing'
    return printType(
      type,
      isSpelledOut ? (each, inBorrow) => (each === type ? undefined : own(each, inBorrow)) : own,
    )
  }
  const [before, after] = [print(old, names.old), print(updated, names.new)]
  return before === after
    ? `is ${after} as before, which means another type now`
    : `was ${before} and is ${after}`
}

function isNamed({ kind }: Type): boolean {
  return kind === 'record' || kind === 'variant' || kind === 'enum' || kind === 'flags' || kind === 'resource'
}
