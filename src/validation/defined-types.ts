import { elementSize } from '../abi/element-size.ts'
import type { FunctionTypeSyntax, TypeSyntax, ValueTypeSyntax } from '../component/component.ts'
import type { FunctionType } from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import { resolveFunctionType, resolveValueType, type TypeEntity } from '../component/resolve-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { checkComponentType, checkInstanceType } from './declarations.ts'
import { checkLabels } from './labels.ts'
import type { Scope } from './scope.ts'

/** `deftype`: what a type section defines (Binary.md, "Type Definitions"). */
export function checkTypeDefinition(scope: Scope, syntax: TypeSyntax): TypeEntity {
  switch (syntax.kind) {
    case 'value':
      return checkValueType(scope, syntax.type)
    case 'function':
      return checkFunctionType(scope, syntax)
    case 'component':
      return scope.store.checkSize(checkComponentType(scope, syntax.declarations))
    case 'instance':
      return scope.store.checkSize(checkInstanceType(scope, syntax.declarations))
    case 'resource':
      return checkResourceType(scope, syntax)
  }
}

function checkValueType(scope: Scope, syntax: ValueTypeSyntax): ValueType {
  checkForm(scope, syntax)
  const type = scope.store.checkSize(resolveValueType(syntax, scope.type, scope.refuse))
  checkParts(scope, type)
  checkElementSize(scope, type)
  return type
}

/** Without fixed-length lists the limit on a type's parts, of 16 bytes at most, is the stricter one. */
function checkElementSize({ store, refuse }: Scope, type: ValueType): void {
  if (store.facts(type).containsFixedLengthList && elementSize(type, 'i64') >= limits.elementSize) {
    refuse(`type exceeds maximum byte size: one value takes 2^28 bytes or more in a 64-bit memory`)
  }
}

/** What can be said about a type before its parts are looked up. */
function checkForm({ refuse, reporter }: Scope, syntax: ValueTypeSyntax): void {
  switch (syntax.kind) {
    case 'record':
      if (syntax.fields.length === 0) refuse('record type must have at least one field')
      if (syntax.fields.length > limits.recordFields)
        reporter.exceeds('record field count', limits.recordFields)
      checkLabels(syntax.fields, 'record field', 'field', refuse)
      break
    case 'variant':
      if (syntax.cases.length === 0) refuse('variant type must have at least one case')
      if (syntax.cases.length > limits.variantCases)
        reporter.exceeds('variant case count', limits.variantCases)
      checkLabels(syntax.cases, 'variant case', 'case', refuse)
      break
    case 'tuple':
      if (syntax.types.length === 0) refuse('tuple type must have at least one type')
      if (syntax.types.length > limits.tupleTypes) reporter.exceeds('tuple type count', limits.tupleTypes)
      return
    case 'flags':
      if (syntax.names.length === 0) refuse('flags must have at least one entry')
      if (syntax.names.length > 32) refuse(`cannot have more than 32 flags: there are ${syntax.names.length}`)
      checkLabels(syntax.names, 'flag', 'flag', refuse)
      break
    case 'enum':
      if (syntax.names.length === 0) refuse('enum type must have at least one variant')
      if (syntax.names.length > limits.enumCases) reporter.exceeds('enum case count', limits.enumCases)
      checkLabels(syntax.names, 'enum tag', 'tag', refuse)
      break
    case 'list':
      if (syntax.length === 0) refuse('fixed-length lists must have more than zero elements')
      if ((syntax.length ?? 0) > limits.fixedLengthListElements) {
        reporter.exceeds('fixed-length list element count', limits.fixedLengthListElements)
      }
      return
    default:
      return
  }
}

function checkParts({ refuse, store }: Scope, type: ValueType): void {
  if (type.kind === 'map') checkKey(type.key, refuse)
  if (type.kind !== 'stream' && type.kind !== 'future') return
  if (type.kind === 'stream' && type.element?.kind === 'char') {
    refuse('`stream<char>` is not valid at this time: use `stream<u8>` and say which encoding it has')
  }
  if (type.element && store.facts(type.element).containsBorrow) {
    refuse(`\`${type.kind}\` element type cannot contain a \`borrow\` type`)
  }
}

/** `keytype` */
function checkKey(type: ValueType, refuse: Scope['refuse']): void {
  switch (type.kind) {
    case 'bool':
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 's64':
    case 'u64':
    case 'char':
    case 'string':
      return
    default:
      refuse(`invalid map key type ${type.kind}: wanted bool, an integer, char or string`)
  }
}

function checkFunctionType(scope: Scope, syntax: FunctionTypeSyntax): FunctionType {
  checkLabels(syntax.parameters, 'function parameter', 'parameter', scope.refuse)
  const type = scope.store.checkSize(resolveFunctionType(syntax, scope.type, scope.refuse))
  if (type.result && scope.store.facts(type.result).containsBorrow) {
    scope.refuse('function result cannot contain a `borrow` type')
  }
  return type
}

function checkResourceType(scope: Scope, syntax: Extract<TypeSyntax, { kind: 'resource' }>): ResourceType {
  const { refuse, spaces } = scope
  if (scope.kind !== 'component') refuse('resources can only be defined within a concrete component')
  if (syntax.rep !== 'i32' && syntax.rep !== 'i64') {
    refuse(`resources can only be represented by \`i32\` or \`i64\`: found ${syntax.rep}`)
  }
  if (syntax.destructor !== undefined) {
    const { parameters, results } = spaces.coreFuncs.get(syntax.destructor)
    if (parameters.length !== 1 || parameters[0] !== syntax.rep || results.length > 0) {
      refuse(
        `core function ${syntax.destructor} has wrong signature for a destructor: wanted (func (param ${syntax.rep}))`,
      )
    }
  }
  const type: ResourceType = { kind: 'resource', name: undefined }
  scope.definedResources.set(type, syntax.rep)
  return type
}
