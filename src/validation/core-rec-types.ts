/** Core types that modules know: `rec` groups, what is declared a subtype of what, and shared types (Core WebAssembly 3.0, "Types"). */
import type { CoreCompositeType, CoreFieldType, CoreRecType, CoreSubType } from '../component/component.ts'
import type { CoreValueType } from '../component/extern-type.ts'
import type { Refuse } from '../component/resolve-type.ts'
import { heapChain, parseReference } from './core-subtyping.ts'
import type { CoreTypeEntity, DefinedCoreType, IndexSpace } from './index-spaces.ts'
import type { TypeStore } from './type-store.ts'

type Space = IndexSpace<CoreTypeEntity>
type FindType = (index: number) => DefinedCoreType

/** Checks a group and adds its types to the space. */
export function addRecType(space: Space, group: CoreRecType, store: TypeStore, refuse: Refuse): void {
  const first = space.size
  const made: DefinedCoreType[] = group.types.map((type) => ({
    kind: 'sub',
    type,
    id: '',
    supertype: undefined,
  }))
  // Within the group all are in sight; before it, what stands there must be a type that modules know.
  const at: FindType = (index) => made[index - first] ?? definedType(space, index, refuse)
  const key = group.types.map((type) => canonicalText(type, first, at)).join(' ')
  const id = store.coreGroup(key)
  for (const [i, entity] of made.entries()) {
    entity.id = `${id}.${i}`
    entity.supertype = supertypeOf(entity.type, first + i, at, refuse)
  }
  for (const entity of made) checkType(entity, at, refuse)
  for (const entity of made) space.add(entity)
}

/** The type at an index, which must be none of a module. */
export function definedType(space: Space, index: number, refuse: Refuse): DefinedCoreType {
  const entity = space.get(index)
  return entity.kind === 'sub' ? entity : refuse(`type index ${index} is a module type, not a sub type`)
}

/** The index that a reference type mentions. */
export function indexIn(type: CoreValueType): number | undefined {
  const index = /^\(ref (?:null )?([0-9]+)\)$/.exec(type)?.[1]
  return index === undefined ? undefined : Number(index)
}

function supertypeOf(
  { supertypes }: CoreSubType,
  own: number,
  at: FindType,
  refuse: Refuse,
): DefinedCoreType | undefined {
  const [index] = supertypes
  if (index === undefined) return undefined
  const supertype = at(index)
  if (index >= own) refuse(`supertypes must be defined before subtypes: type index ${index}`)
  if (supertype.type.final) refuse(`sub type cannot have a final super type: type index ${index} is final`)
  return supertype
}

function checkType({ type, supertype }: DefinedCoreType, at: FindType, refuse: Refuse): void {
  if (type.shared && !mentioned(type.type).every((each) => isShared(each, at))) {
    refuse('shared composite type must contain shared types')
  }
  if (!supertype) return
  const matches =
    type.shared === supertype.type.shared && matchesComposite(type.type, supertype.type.type, at)
  if (!matches) refuse('sub type must match super type')
}

/** The same for equal groups: references into the group by place, others by what they lead to. */
function canonicalText(
  { final, shared, supertypes, type }: CoreSubType,
  first: number,
  at: FindType,
): string {
  const index = (to: number): string => (to >= first ? `+${to - first}` : at(to).id)
  const value = (each: CoreValueType): string => {
    const to = indexIn(each)
    if (to === undefined) return each
    at(to)
    return each.replace(/[0-9]+/, () => index(to))
  }
  const field = (each: CoreFieldType): string => `${value(each.type)}${each.mutable ? '!' : ''}`
  const head = `${final} ${shared} ${supertypes.map(index)} ${type.kind}`
  switch (type.kind) {
    case 'func':
      return `[${head} ${type.parameters.map(value)} > ${type.results.map(value)}]`
    case 'struct':
      return `[${head} ${type.fields.map(field)}]`
    case 'array':
      return `[${head} ${field(type.field)}]`
    case 'cont':
      return `[${head} ${index(type.type)}]`
  }
}

/** The value types in a composite type. */
function mentioned(type: CoreCompositeType): readonly CoreValueType[] {
  switch (type.kind) {
    case 'func':
      return [...type.parameters, ...type.results]
    case 'struct':
      return type.fields.map((field) => field.type)
    case 'array':
      return [type.field.type]
    case 'cont':
      return [`(ref ${type.type})`]
  }
}

/** Whether threads may share values of the type. */
export function isShared(type: CoreValueType, at: FindType): boolean {
  const index = indexIn(type)
  if (index !== undefined) return at(index).type.shared
  const reference = parseReference(type)
  return reference === undefined || reference.heap.startsWith('(shared ')
}

function matchesComposite(a: CoreCompositeType, b: CoreCompositeType, at: FindType): boolean {
  switch (b.kind) {
    case 'func':
      return (
        a.kind === 'func' &&
        a.parameters.length === b.parameters.length &&
        a.results.length === b.results.length &&
        b.parameters.every((type, i) => matchesValue(type, a.parameters[i]!, at)) &&
        a.results.every((type, i) => matchesValue(type, b.results[i]!, at))
      )
    case 'struct':
      return (
        a.kind === 'struct' &&
        a.fields.length >= b.fields.length &&
        b.fields.every((field, i) => matchesField(a.fields[i]!, field, at))
      )
    case 'array':
      return a.kind === 'array' && matchesField(a.field, b.field, at)
    case 'cont':
      return a.kind === 'cont' && extendsType(at(a.type), at(b.type))
  }
}

function matchesField(a: CoreFieldType, b: CoreFieldType, at: FindType): boolean {
  if (a.mutable !== b.mutable || !matchesValue(a.type, b.type, at)) return false
  return !a.mutable || matchesValue(b.type, a.type, at)
}

function matchesValue(a: CoreValueType, b: CoreValueType, at: FindType): boolean {
  if (a === b) return true
  const from = parseReference(a)
  const to = parseReference(b)
  if (!from || !to || (from.nullable && !to.nullable)) return false
  return matchesHeap(from.heap, to.heap, at)
}

function matchesHeap(a: string, b: string, at: FindType): boolean {
  const [from, to] = [a, b].map((heap) => (/^[0-9]+$/.test(heap) ? at(Number(heap)) : undefined))
  if (from && to) return extendsType(from, to)
  const [fromShared, toShared] = [
    from?.type.shared ?? a.startsWith('('),
    to?.type.shared ?? b.startsWith('('),
  ]
  if (fromShared !== toShared) return false
  const plain = (heap: string): string => heap.replace(/^\(shared (.*)\)$/, '$1')
  if (from) return heapChain(from.type.type.kind).includes(plain(b))
  if (to) return heapChain(plain(a)).includes(to.type.type.kind) && isBottom(plain(a))
  return heapChain(plain(a)).includes(plain(b))
}

function isBottom(heap: string): boolean {
  return heap === 'none' || heap === 'nofunc' || heap === 'nocont'
}

function extendsType(a: DefinedCoreType, b: DefinedCoreType): boolean {
  for (let type: DefinedCoreType | undefined = a; type; type = type.supertype)
    if (type.id === b.id) return true
  return false
}
