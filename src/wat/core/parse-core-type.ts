/** Types of core modules (Core WebAssembly 3.0, "Text Format", "Types") → the abstract syntax. */
import type { CoreCompositeType, CoreFieldType, CoreSubType } from '../../component/component.ts'
import type { CoreLimits, CoreValueType } from '../../component/extern-type.ts'
import type { CoreTypeIndex } from '../../component/indices.ts'
import { isAbstractHeapType, isShortReference, referenceType } from '../../binary/core/reference-type.ts'
import type { CoreExternOf } from '../../binary/core/module.ts'
import { givenPageSize, type PageSize, usualPageSize } from '../../binary/core/page-size.ts'
import { integerOf } from '../number-literal.ts'
import type { Identifier, TokenReader } from '../token-reader.ts'

/** Takes the index or identifier of a type. */
export type TakeTypeIndex = (tokens: TokenReader) => CoreTypeIndex

export interface Parameter {
  readonly id: Identifier | undefined
  /** From an annotation. */
  readonly name: string | undefined
  readonly type: CoreValueType
}

export interface Signature {
  readonly parameters: readonly Parameter[]
  readonly results: readonly CoreValueType[]
  /** Whether anything was written, `(param)` included. */
  readonly written: boolean
}

const numberTypes: ReadonlySet<string> = new Set(['i32', 'i64', 'f32', 'f64', 'v128'])

/** `valtype ::= i32 | i64 | f32 | f64 | v128 | reftype` */
export function takeValueType(tokens: TokenReader, takeIndex: TakeTypeIndex): CoreValueType {
  const { keyword } = tokens
  if (keyword === undefined || !numberTypes.has(keyword))
    return takeReferenceType(tokens, takeIndex, 'a value type')
  tokens.lexer.next()
  return keyword
}

/** Whether a reference type stands here. */
export function atReferenceType(tokens: TokenReader): boolean {
  return tokens.opens('ref') || isShortReference(tokens.keyword ?? '')
}

/** `reftype ::= (ref null? heaptype) | funcref | …` */
export function takeReferenceType(
  tokens: TokenReader,
  takeIndex: TakeTypeIndex,
  what = 'a reference type',
): CoreValueType {
  const { keyword } = tokens
  if (keyword !== undefined && isShortReference(keyword)) {
    tokens.lexer.next()
    return keyword
  }
  if (!tokens.enters('ref')) tokens.expected(what)
  const nullable = tokens.takes('null')
  const heap = takeHeapType(tokens, takeIndex)
  tokens.leave()
  return referenceType(heap, nullable)
}

/** `heaptype ::= typeidx | absheaptype | (shared absheaptype)` */
export function takeHeapType(tokens: TokenReader, takeIndex: TakeTypeIndex): string {
  if (tokens.enters('shared')) {
    const heap = takeAbstractHeapType(tokens)
    tokens.leave()
    return `(shared ${heap})`
  }
  return tokens.atIndex ? String(takeIndex(tokens)) : takeAbstractHeapType(tokens)
}

function takeAbstractHeapType(tokens: TokenReader): string {
  const { keyword } = tokens
  if (keyword === undefined || !isAbstractHeapType(keyword)) tokens.expected('a heap type')
  tokens.lexer.next()
  return keyword
}

/**
 *     (param id? valtype*)* (result valtype*)*
 *
 * `named`: whether parameters may have identifiers.
 */
export function takeSignature(tokens: TokenReader, takeIndex: TakeTypeIndex, named: boolean): Signature {
  const parameters: Parameter[] = []
  const results: CoreValueType[] = []
  let written = false
  while (tokens.enters('param')) {
    written = true
    const id = named ? tokens.takeIdentifier() : undefined
    const name = named ? tokens.takeName() : undefined
    if (id || name !== undefined) parameters.push({ id, name, type: takeValueType(tokens, takeIndex) })
    else while (!tokens.atEnd) parameters.push({ id, name, type: takeValueType(tokens, takeIndex) })
    tokens.leave()
  }
  while (tokens.enters('result')) {
    written = true
    while (!tokens.atEnd) results.push(takeValueType(tokens, takeIndex))
    tokens.leave()
  }
  if (tokens.opens('param')) tokens.fail('unexpected token: result before parameter')
  return { parameters, results, written }
}

/** Names of a struct's fields by their index. */
export type NameField = (id: Identifier | undefined, name: string | undefined) => void

/** `subtype ::= (sub final? typeidx* comptype) | comptype` */
export function takeSubType(
  tokens: TokenReader,
  takeIndex: TakeTypeIndex,
  nameField: NameField = () => {},
): CoreSubType {
  if (!tokens.enters('sub')) {
    return { final: true, supertypes: [], ...takeCompositeType(tokens, takeIndex, nameField) }
  }
  const final = tokens.takes('final')
  const supertypes: CoreTypeIndex[] = []
  while (tokens.atIndex) supertypes.push(takeIndex(tokens))
  const composite = takeCompositeType(tokens, takeIndex, nameField)
  tokens.leave()
  return { final, supertypes, ...composite }
}

/** `comptype ::= (func …) | (struct …) | (array …) | (cont typeidx) | (shared comptype)` */
function takeCompositeType(
  tokens: TokenReader,
  takeIndex: TakeTypeIndex,
  nameField: NameField,
): { type: CoreCompositeType; shared: boolean } {
  const shared = tokens.enters('shared')
  const type = takeUnshared(tokens, takeIndex, nameField)
  if (shared) tokens.leave()
  return { type, shared }
}

function takeUnshared(
  tokens: TokenReader,
  takeIndex: TakeTypeIndex,
  nameField: NameField,
): CoreCompositeType {
  const type = takeContents(tokens, takeIndex, nameField)
  tokens.leave()
  return type
}

function takeContents(
  tokens: TokenReader,
  takeIndex: TakeTypeIndex,
  nameField: NameField,
): CoreCompositeType {
  if (tokens.enters('func')) {
    const { parameters, results } = takeSignature(tokens, takeIndex, true)
    return { kind: 'func', parameters: parameters.map(({ type }) => type), results }
  }
  if (tokens.enters('struct')) return { kind: 'struct', fields: takeFields(tokens, takeIndex, nameField) }
  if (tokens.enters('array')) return { kind: 'array', field: takeFieldType(tokens, takeIndex) }
  if (tokens.enters('cont')) return { kind: 'cont', type: takeIndex(tokens) }
  return tokens.expected('`(func …)`, `(struct …)`, `(array …)` or `(cont …)`')
}

/** `(field id? fieldtype)* | (field fieldtype*)*` */
function takeFields(tokens: TokenReader, takeIndex: TakeTypeIndex, nameField: NameField): CoreFieldType[] {
  const fields: CoreFieldType[] = []
  while (tokens.enters('field')) {
    const id = tokens.takeIdentifier()
    const name = tokens.takeName()
    const named = id !== undefined || name !== undefined
    do {
      if (!named && tokens.atEnd) break
      nameField(id, name)
      fields.push(takeFieldType(tokens, takeIndex))
    } while (!named && !tokens.atEnd)
    tokens.leave()
  }
  return fields
}

/** `fieldtype ::= storagetype | (mut storagetype)` */
function takeFieldType(tokens: TokenReader, takeIndex: TakeTypeIndex): CoreFieldType {
  if (!tokens.enters('mut')) return { type: takeStorageType(tokens, takeIndex), mutable: false }
  const type = takeStorageType(tokens, takeIndex)
  tokens.leave()
  return { type, mutable: true }
}

function takeStorageType(tokens: TokenReader, takeIndex: TakeTypeIndex): CoreValueType {
  if (tokens.takes('i8')) return 'i8'
  if (tokens.takes('i16')) return 'i16'
  return takeValueType(tokens, takeIndex)
}

/** `globaltype ::= valtype | (mut valtype)` */
export function takeGlobalType(tokens: TokenReader, takeIndex: TakeTypeIndex): CoreExternOf<'global'> {
  if (!tokens.enters('mut')) {
    return { kind: 'global', type: takeValueType(tokens, takeIndex), mutable: false }
  }
  const type = takeValueType(tokens, takeIndex)
  tokens.leave()
  return { kind: 'global', type, mutable: true }
}

/** `tabletype ::= shared? addrtype? min max? reftype` */
export function takeTableType(tokens: TokenReader, takeIndex: TakeTypeIndex): CoreExternOf<'table'> {
  const shared = tokens.takes('shared')
  const limits = { ...takeLimits(tokens), shared }
  return { kind: 'table', element: takeReferenceType(tokens, takeIndex), limits }
}

/** `memtype ::= addrtype? min max? shared? (pagesize n)?` */
export function takeMemoryType(tokens: TokenReader): CoreExternOf<'memory'> {
  const limits = takeLimits(tokens)
  const shared = tokens.takes('shared')
  return { kind: 'memory', limits: { ...limits, shared }, ...takePageSize(tokens) }
}

/** `addrtype ::= i32 | i64`: whether it is the latter. */
export function takeAddressType(tokens: TokenReader): boolean {
  if (tokens.takes('i32')) return false
  return tokens.takes('i64')
}

function takeLimits(tokens: TokenReader): CoreLimits {
  const index64 = takeAddressType(tokens)
  const minimum = takeBound(tokens)
  return { minimum, maximum: tokens.atNumber ? takeBound(tokens) : undefined, shared: false, index64 }
}

function takeBound(tokens: TokenReader): bigint {
  const value = tokens.atNumber ? integerOf(tokens.lexer.text) : undefined
  if (value === undefined) tokens.expected('a size')
  if (value >= 2n ** 64n) tokens.fail('constant out of range: a size has 64 bits')
  tokens.lexer.next()
  return value
}

/** `(pagesize n)?` */
export function takePageSize(tokens: TokenReader): PageSize {
  if (!tokens.enters('pagesize')) return usualPageSize
  const { span } = tokens.lexer
  const size = takeBound(tokens)
  const exponent = size.toString(2).length - 1
  if (size !== 1n << BigInt(exponent)) {
    tokens.fail(`invalid custom page size: ${size} is no power of two`, span)
  }
  tokens.leave()
  return givenPageSize(exponent)
}
