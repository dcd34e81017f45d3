/**
 * What holds for types of valid components, checked for types that come from elsewhere. Each type is checked when its parts
 * have been, so that nothing here follows a type to its end.
 */
import { elementSize } from '../abi/element-size.ts'
import { memoize } from '../abi/memoize.ts'
import type { ExternType, FunctionType } from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import { isLabel, parseExternName, uniquenessKey } from '../component/names.ts'
import type { Refuse } from '../component/resolve-type.ts'
import { partsOf } from '../component/type-parts.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'

export interface TypeFacts {
  /** Its parts, parts of parts included, as if nothing were shared. */
  readonly size: number
  readonly depth: number
  readonly containsBorrow: boolean
  /** There is a list or a string in it, and not behind a stream or future. */
  readonly containsPointer: boolean
}

export const typeFacts: (type: ValueType) => TypeFacts = memoize((type) => {
  let size = 1
  let depth = 0
  let containsBorrow = type.kind === 'borrow'
  let containsPointer =
    type.kind === 'string' || type.kind === 'map' || (type.kind === 'list' && type.length === undefined)
  const behind = type.kind === 'stream' || type.kind === 'future'
  for (const part of partsOf(type)) {
    const facts = typeFacts(part)
    size += facts.size
    depth = Math.max(depth, facts.depth)
    containsBorrow ||= facts.containsBorrow
    containsPointer ||= facts.containsPointer && !behind
  }
  return { size, depth: depth + 1, containsBorrow, containsPointer }
})

const keys = new Set<ValueType['kind']>(
  'bool s8 u8 s16 u16 s32 u32 s64 u64 char string'.split(' ') as ValueType['kind'][],
)

/** Binary.md, "Type Definitions". */
export function checkValueType(type: ValueType, refuse: Refuse): void {
  switch (type.kind) {
    case 'record':
      checkCount('record fields', type.fields.length, limits.recordFields, refuse)
      checkLabels(namesOf(type.fields), refuse)
      break
    case 'variant':
      checkCount('variant cases', type.cases.length, limits.variantCases, refuse)
      checkLabels(namesOf(type.cases), refuse)
      break
    case 'tuple':
      checkCount('tuple types', type.types.length, limits.tupleTypes, refuse)
      break
    case 'flags':
      checkCount('flags', type.names.length, 32, refuse)
      checkLabels(type.names, refuse)
      break
    case 'enum':
      checkCount('enum cases', type.names.length, limits.enumCases, refuse)
      checkLabels(type.names, refuse)
      break
    case 'list':
      if (type.length !== undefined)
        checkCount('list elements', type.length, limits.fixedLengthListElements, refuse)
      break
    case 'map':
      if (!keys.has(type.key.kind)) refuse(`invalid map key type ${type.key.kind}`)
      break
    case 'stream':
    case 'future':
      if (type.element && typeFacts(type.element).containsBorrow)
        refuse(`a ${type.kind} cannot carry a borrow`)
  }
  const { size, depth } = typeFacts(type)
  if (size > limits.typeSize) refuse(`type size exceeds the limit of ${limits.typeSize}`)
  if (depth > limits.typeDepth) refuse(`type nesting exceeds the limit of ${limits.typeDepth}`)
  if (elementSize(type, 'i64') >= limits.elementSize) refuse('type exceeds maximum byte size')
}

function checkCount(what: string, count: number, limit: number, refuse: Refuse): void {
  if (count === 0 || count > limit) refuse(`${count} ${what}: wanted 1 to ${limit}`)
}

function namesOf(items: readonly { readonly name: string }[]): readonly string[] {
  return items.map((item) => item.name)
}

function checkLabels(names: readonly string[], refuse: Refuse): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (!isLabel(name)) refuse(`\`${name}\` is not in kebab case`)
    const key = uniquenessKey(name)
    if (seen.has(key)) refuse(`\`${name}\` conflicts with a name before it`)
    seen.add(key)
  }
}

export function checkFunctionType({ parameters, result }: FunctionType, refuse: Refuse): void {
  if (parameters.length > limits.functionParameters)
    refuse(`${parameters.length} parameters: wanted at most ${limits.functionParameters}`)
  checkLabels(namesOf(parameters), refuse)
  if (result && typeFacts(result).containsBorrow) refuse('a function result cannot contain a borrow')
}

export function checkResourceType({ name }: ResourceType, refuse: Refuse): void {
  if (name !== undefined && !isLabel(name)) refuse(`\`${name}\` is no name of a resource`)
}

/** Imports or exports: of the world, or of an interface. */
export function checkExterns(items: ReadonlyMap<string, ExternType>, refuse: Refuse): void {
  for (const [name, type] of items) {
    checkExternName(name, refuse)
    const { size, depth } = externFacts(type)
    if (size > limits.typeSize) refuse(`\`${name}\`: type size exceeds the limit of ${limits.typeSize}`)
    if (depth > limits.typeDepth) refuse(`\`${name}\`: type nesting exceeds the limit of ${limits.typeDepth}`)
  }
}

type SizeAndDepth = Pick<TypeFacts, 'size' | 'depth'>

const externFacts: (type: ExternType | NamedType) => SizeAndDepth = memoize((type) => {
  switch (type.kind) {
    case 'function':
      return around([...type.parameters.map((parameter) => typeFacts(parameter.type)), ...maybe(type.result)])
    case 'instance':
      return around(Array.from(type.exports.values(), externFacts))
    case 'component':
      return around([...type.imports.values(), ...type.exports.values()].map(externFacts))
    case 'type':
      return externFacts(type.type)
    case 'value':
      return typeFacts(type.type)
    case 'core-module':
    case 'resource':
      return { size: 1, depth: 1 }
    default:
      return typeFacts(type)
  }
})

type NamedType = Extract<ExternType, { kind: 'type' }>['type']

function maybe(type: ValueType | undefined): readonly SizeAndDepth[] {
  return type ? [typeFacts(type)] : []
}

function around(parts: readonly SizeAndDepth[]): SizeAndDepth {
  return {
    size: parts.reduce((sum, { size }) => sum + size, 1),
    depth: parts.reduce((most, { depth }) => Math.max(most, depth), 0) + 1,
  }
}

export function checkExternName(name: string, refuse: Refuse): void {
  const parts = parseExternName(name)
  if (parts.kind === 'invalid') refuse(`\`${name}\` is no name of an import or export: ${parts.problem}`)
}

/** Core types are only printed and compared. */
export function checkCoreType(type: string, refuse: Refuse): void {
  if (!/^[a-z0-9() ]{1,64}$/.test(type)) refuse(`\`${type}\` is no core value type`)
}
