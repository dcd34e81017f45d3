/**
 * From types as written, with indices, to resolved types. The checker and the compiler share it: each brings its own
 * lookup, the compiler one per instantiation, with the resource identities of that instantiation.
 */
import { ValidationError } from '../errors.ts'
import type {
  CaseSyntax,
  FunctionTypeSyntax,
  LabelledType,
  ValueTypeReference,
  ValueTypeSyntax,
} from './component.ts'
import type { ComponentType, FunctionType, InstanceType } from './extern-type.ts'
import type { TypeIndex } from './indices.ts'
import type { Case, Field, PrimitiveKind, PrimitiveType, ResourceType, ValueType } from './value-type.ts'

/** What an index of the type space can stand for. */
export type TypeEntity = ValueType | ResourceType | FunctionType | InstanceType | ComponentType

export type TypeLookup = (index: TypeIndex) => TypeEntity

/** Called with what is wrong; does not return. */
export type Refuse = (problem: string) => never

/** For those who resolve what was validated before: it cannot be called. */
const refuseUnchecked: Refuse = (problem) => {
  throw new ValidationError(problem, 0)
}

/**
 * A `defvaltype`, its parts looked up. Every call makes a new object, so that each definition has its own identity.
 *
 * @example
 * resolveValueType({ kind: 'list', element: 'u8' }, lookup) // { kind: 'list', element: { kind: 'u8' }, length: undefined }
 */
export function resolveValueType(
  syntax: ValueTypeSyntax,
  lookup: TypeLookup,
  refuse: Refuse = refuseUnchecked,
): ValueType {
  const value = (reference: ValueTypeReference): ValueType => resolveReference(reference, lookup, refuse)
  const optional = (reference: ValueTypeReference | undefined): ValueType | undefined =>
    reference === undefined ? undefined : value(reference)
  switch (syntax.kind) {
    case 'primitive':
      return { kind: syntax.type }
    case 'record':
      return { kind: 'record', fields: resolveFields(syntax.fields, lookup, refuse) }
    case 'variant':
      return { kind: 'variant', cases: resolveCases(syntax.cases, optional) }
    case 'list':
      return { kind: 'list', element: value(syntax.element), length: syntax.length }
    case 'tuple':
      return { kind: 'tuple', types: syntax.types.map(value) }
    case 'flags':
    case 'enum':
      return { kind: syntax.kind, names: syntax.names }
    case 'option':
      return { kind: 'option', type: value(syntax.type) }
    case 'result':
      return { kind: 'result', ok: optional(syntax.ok), error: optional(syntax.error) }
    case 'own':
    case 'borrow':
      return { kind: syntax.kind, resource: resolveResource(syntax.type, lookup, refuse) }
    case 'stream':
    case 'future':
      return { kind: syntax.kind, element: optional(syntax.element) }
    case 'map':
      return { kind: 'map', key: value(syntax.key), value: value(syntax.value) }
  }
}

function resolveCases(
  cases: readonly CaseSyntax[],
  resolve: (reference: ValueTypeReference | undefined) => ValueType | undefined,
): readonly Case[] {
  return cases.map(({ name, type }) => ({ name, type: resolve(type) }))
}

function resolveFields(
  fields: readonly LabelledType[],
  lookup: TypeLookup,
  refuse: Refuse,
): readonly Field[] {
  return fields.map(({ name, type }) => ({ name, type: resolveReference(type, lookup, refuse) }))
}

/** A `functype`. */
export function resolveFunctionType(
  syntax: FunctionTypeSyntax,
  lookup: TypeLookup,
  refuse: Refuse = refuseUnchecked,
): FunctionType {
  const { result } = syntax
  return {
    kind: 'function',
    async: syntax.async,
    parameters: resolveFields(syntax.parameters, lookup, refuse),
    result: result === undefined ? undefined : resolveReference(result, lookup, refuse),
  }
}

/** A `valtype`: a primitive written in place is one shared object; an index is whatever stands there. */
export function resolveReference(
  reference: ValueTypeReference,
  lookup: TypeLookup,
  refuse: Refuse = refuseUnchecked,
): ValueType {
  if (typeof reference === 'string') return primitive(reference)
  const type = lookup(reference)
  if (!isValueType(type))
    return refuse(`type index ${reference} is not a defined type: it is ${describe(type)}`)
  return type
}

/** The resource type at an index. */
export function resolveResource(
  index: TypeIndex,
  lookup: TypeLookup,
  refuse: Refuse = refuseUnchecked,
): ResourceType {
  const type = lookup(index)
  if (type.kind !== 'resource')
    return refuse(`type index ${index} is not a resource type: it is ${describe(type)}`)
  return type
}

export function isValueType(type: TypeEntity): type is ValueType {
  switch (type.kind) {
    case 'resource':
    case 'function':
    case 'instance':
    case 'component':
      return false
    default:
      return true
  }
}

const primitives = new Map<PrimitiveKind, PrimitiveType>()

/** The one object of a primitive that is written in place. */
export function primitive(kind: PrimitiveKind): PrimitiveType {
  const known = primitives.get(kind)
  if (known) return known
  const made: PrimitiveType = { kind }
  primitives.set(kind, made)
  return made
}

function describe(type: TypeEntity): string {
  switch (type.kind) {
    case 'function':
    case 'instance':
    case 'component':
    case 'resource':
      return `${type.kind === 'instance' ? 'an' : 'a'} ${type.kind} type`
    default:
      return `the value type ${type.kind}`
  }
}
