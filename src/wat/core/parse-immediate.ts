/** What follows the name of an instruction → the values of its immediates. */
import type {
  Cast,
  Catch,
  Handler,
  Immediate,
  ImmediateKind,
  Instruction,
  MemoryArgument,
} from '../../binary/core/instruction.ts'
import { floatBits, indexOf, integerOf, signed32Of, signedOf } from '../number-literal.ts'
import type { TokenReader } from '../token-reader.ts'
import { IndexSpace } from './index-space.ts'
import type { ModuleScope } from './module-scope.ts'
import { takeHeapType, takeReferenceType, takeValueType } from './parse-core-type.ts'

/** What immediates refer to. */
export interface BodyScope {
  readonly module: ModuleScope
  readonly locals: IndexSpace
  /** Takes a label and returns how many blocks out it is. */
  takeLabel(tokens: TokenReader): number
}

const noFields = new IndexSpace('field')

/** Takes all immediates of an instruction, in the order of its row. */
export function takeImmediates(
  tokens: TokenReader,
  scope: BodyScope,
  { immediates, alignment }: Instruction,
): Immediate[] {
  const values: Immediate[] = []
  if (immediates.length === 0) return values
  if (immediates.length === 1 && !isOptional(immediates[0]!)) {
    values.push(takeImmediate(tokens, scope, immediates[0]!, alignment))
    return values
  }
  const withOptional = hasOptional(tokens, immediates)
  for (const i of textOrder(immediates)) {
    const kind = immediates[i]!
    if (kind === 'field') values[i] = takeField(tokens, scope, values[i - 1] as number)
    else if (kind === 'memarg') values[i] = takeMemoryArgument(tokens, scope, alignment, true)
    else if (isOptional(kind) && !withOptional) values[i] = 0
    else values[i] = takeImmediate(tokens, scope, kind, alignment)
  }
  return values
}

/** The first table or memory may be left out. */
export function isOptional(kind: ImmediateKind): boolean {
  return kind === 'table' || kind === 'memory'
}

/** The order of the text: an ordering, then tables and memories, then the rest. */
export function textOrder(immediates: readonly ImmediateKind[]): readonly number[] {
  let order = orders.get(immediates)
  if (!order) {
    const rank = (kind: ImmediateKind): number => (kind === 'ordering' ? 0 : isOptional(kind) ? 1 : 2)
    order = immediates.map((_, i) => i).sort((a, b) => rank(immediates[a]!) - rank(immediates[b]!))
    orders.set(immediates, order)
  }
  return order
}

const orders = new WeakMap<readonly ImmediateKind[], readonly number[]>()

/** Whether tables or memories are written: all of them are, or none. A segment's index follows them in any case. */
function hasOptional(tokens: TokenReader, kinds: readonly ImmediateKind[]): boolean {
  if (kinds[0] === 'ordering') return followedBy(tokens, /^[$\d]/)
  if (!tokens.atIndex) return false
  return kinds.includes('data') || kinds.includes('elem') ? followedBy(tokens, /^[$\d]/) : true
}

/** Whether the token after this one is an atom like that. */
function followedBy(tokens: TokenReader, pattern: RegExp): boolean {
  const ahead = tokens.lexer.fork()
  return ahead.next() === 'atom' && pattern.test(ahead.text)
}

function takeImmediate(
  tokens: TokenReader,
  scope: BodyScope,
  kind: ImmediateKind,
  alignment: number,
): Immediate {
  switch (kind) {
    case 'local':
      return scope.locals.take(tokens)
    case 'label':
      return scope.takeLabel(tokens)
    case 'func':
    case 'table':
    case 'memory':
    case 'global':
    case 'tag':
    case 'type':
    case 'elem':
    case 'data':
      return scope.module.spaces[kind].take(tokens)
    case 'field':
      return noFields.take(tokens)
    case 'i32':
      return takeI32(tokens)
    case 'i64':
      return takeSigned(tokens, 64)
    case 'f32':
      return Number(takeFloat(tokens, 32))
    case 'f64':
      return takeFloat(tokens, 64)
    case 'v128':
      return takeVector(tokens)
    case 'lanes':
      return Uint8Array.from({ length: 16 }, () => takeLane(tokens))
    case 'lane':
      return takeLane(tokens)
    case 'memarg':
      return takeMemoryArgument(tokens, scope, alignment, false)
    case 'count':
      return tokens.takeIndex('a count')
    case 'labels':
      return takeLabels(tokens, scope)
    case 'heap':
      return takeHeapType(tokens, scope.module.takeTypeIndex)
    case 'cast':
      return takeCast(tokens, scope)
    case 'catches':
      return takeCatches(tokens, scope)
    case 'handlers':
      return takeHandlers(tokens, scope)
    case 'ordering':
      return takeOrdering(tokens)
    case 'zero':
      return 0
    case 'types':
    case 'ref':
    case 'ref null':
    case 'block':
      throw new Error(`the parser of expressions takes ${kind}`)
  }
}

function takeField(tokens: TokenReader, scope: BodyScope, type: number): number {
  const id = tokens.takeIdentifier()
  if (!id) return tokens.takeIndex('an index or identifier of a field')
  return (scope.module.fields.get(type) ?? noFields).find(tokens, id)
}

function takeI32(tokens: TokenReader): number {
  const value = tokens.lexer.kind === 'atom' ? signed32Of(tokens.lexer.text) : undefined
  return checked(tokens, value, 'an i32')
}

/** An integer of so many bits, signed or unsigned, as signed. */
export function takeSigned(tokens: TokenReader, bits: number): bigint {
  const value = tokens.lexer.kind === 'atom' ? signedOf(tokens.lexer.text, bits) : undefined
  return checked(tokens, value, `an i${bits}`)
}

/** The bits of a float. */
export function takeFloat(tokens: TokenReader, width: 32 | 64): bigint {
  const value = tokens.lexer.kind === 'atom' ? floatBits(tokens.lexer.text, width) : undefined
  return checked(tokens, value, `an f${width}`)
}

function checked<T>(tokens: TokenReader, value: T | 'range' | undefined, what: string): T {
  if (value === undefined) tokens.expected(what)
  if (value === 'range') tokens.fail(`constant out of range: it does not fit into ${what}`)
  tokens.lexer.next()
  return value
}

/** By the name of the shape: lanes, bits of each, and whether they are floats. */
const shapes: ReadonlyMap<string, readonly [lanes: number, bits: number, float: boolean]> = new Map([
  ['i8x16', [16, 8, false]],
  ['i16x8', [8, 16, false]],
  ['i32x4', [4, 32, false]],
  ['i64x2', [2, 64, false]],
  ['f32x4', [4, 32, true]],
  ['f64x2', [2, 64, true]],
])

/** `i8x16 n^16 | i16x8 n^8 | … | f64x2 z^2`, little-endian */
export function takeVector(tokens: TokenReader): Uint8Array {
  const shape = shapes.get(tokens.keyword ?? '')
  if (!shape) tokens.expected('`i8x16`, `i16x8`, `i32x4`, `i64x2`, `f32x4` or `f64x2`')
  tokens.lexer.next()
  const [lanes, bits, float] = shape
  const bytes = new Uint8Array(16)
  for (let lane = 0; lane < lanes; lane++) {
    if (tokens.lexer.kind !== 'atom') tokens.fail(`wrong number of lane literals: wanted ${lanes}`)
    const value = float ? takeFloat(tokens, bits as 32 | 64) : takeSigned(tokens, bits)
    writeLittleEndian(bytes, (lane * bits) / 8, value, bits)
  }
  return bytes
}

export function writeLittleEndian(bytes: Uint8Array, offset: number, value: bigint, bits: number): void {
  for (let i = 0; i < bits / 8; i++) bytes[offset + i] = Number((value >> BigInt(8 * i)) & 0xffn)
}

function takeLane(tokens: TokenReader): number {
  const lane = tokens.lexer.kind === 'atom' ? indexOf(tokens.lexer.text) : undefined
  if (lane === undefined) tokens.expected('a lane index')
  if (!(lane < 256)) tokens.fail('malformed lane index: a lane index is at most 255')
  tokens.lexer.next()
  return lane
}

/** `memarg ::= memidx? offset=n? align=n?`; a lane index may follow, which looks like a memory's. */
function takeMemoryArgument(
  tokens: TokenReader,
  scope: BodyScope,
  alignment: number,
  withLane: boolean,
): MemoryArgument {
  const hasMemory = tokens.atIndex && (!withLane || followedByMore(tokens))
  const memory = hasMemory ? scope.module.spaces.memory.take(tokens) : 0
  const offset = takeSetting(tokens, 'offset=') ?? 0n
  const { span } = tokens.lexer
  const align = takeSetting(tokens, 'align=')
  if (align === undefined) return { align: alignment, memory, offset }
  const exponent = align.toString(2).length - 1
  if (align !== 1n << BigInt(exponent)) tokens.fail('alignment must be a power of two', span)
  return { align: exponent, memory, offset }
}

/** Whether the index that stands here is a memory's: a lane index, or a setting, follows. */
function followedByMore(tokens: TokenReader): boolean {
  return !tokens.atNumber || followedBy(tokens, /^(\d|offset=|align=)/)
}

function takeSetting(tokens: TokenReader, prefix: string): bigint | undefined {
  const { lexer } = tokens
  if (lexer.kind !== 'atom' || !lexer.source.text.startsWith(prefix, lexer.start)) return undefined
  const digits = lexer.text.slice(prefix.length)
  const value = /^\d/.test(digits) ? integerOf(digits) : undefined
  if (value === undefined) tokens.fail(`unexpected token: expected an integer after \`${prefix}\``)
  if (value >= 2n ** 64n) tokens.fail('constant out of range: an offset or alignment has 64 bits')
  lexer.next()
  return value
}

function takeLabels(tokens: TokenReader, scope: BodyScope): number[] {
  const labels = [scope.takeLabel(tokens)]
  while (tokens.atIndex) labels.push(scope.takeLabel(tokens))
  return labels
}

/** `label reftype reftype` */
function takeCast(tokens: TokenReader, scope: BodyScope): Cast {
  const label = scope.takeLabel(tokens)
  const from = takeReferenceType(tokens, scope.module.takeTypeIndex)
  return { label, from, to: takeReferenceType(tokens, scope.module.takeTypeIndex) }
}

/** `(catch tag label) | (catch_ref tag label) | (catch_all label) | (catch_all_ref label)`, any number */
function takeCatches(tokens: TokenReader, scope: BodyScope): Catch[] {
  const catches: Catch[] = []
  for (;;) {
    const keyword = ['catch', 'catch_ref', 'catch_all', 'catch_all_ref'].find((name) => tokens.enters(name))
    if (keyword === undefined) return catches
    const tag = keyword.startsWith('catch_all') ? undefined : scope.module.spaces.tag.take(tokens)
    catches.push({ tag, ref: keyword.endsWith('ref'), label: scope.takeLabel(tokens) })
    tokens.leave()
  }
}

/** `(on tag label) | (on tag switch)`, any number */
function takeHandlers(tokens: TokenReader, scope: BodyScope): Handler[] {
  const handlers: Handler[] = []
  while (tokens.enters('on')) {
    const tag = scope.module.spaces.tag.take(tokens)
    handlers.push({ tag, label: tokens.takes('switch') ? undefined : scope.takeLabel(tokens) })
    tokens.leave()
  }
  return handlers
}

function takeOrdering(tokens: TokenReader): number {
  if (tokens.takes('seq_cst')) return 0
  if (tokens.takes('acq_rel')) return 1
  return tokens.expected('a memory ordering: `seq_cst` or `acq_rel`')
}

/** The types of `select (result t)*`; undefined where there are none. */
export function takeSelectTypes(tokens: TokenReader, scope: BodyScope): string[] | undefined {
  if (!tokens.opens('result')) return undefined
  const types: string[] = []
  while (tokens.enters('result')) {
    while (!tokens.atEnd) types.push(takeValueType(tokens, scope.module.takeTypeIndex))
    tokens.leave()
  }
  return types
}
