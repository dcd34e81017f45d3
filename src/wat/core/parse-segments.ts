/** Element and data segments, and what stands for them in tables and memories. */
import type { CoreValueType } from '../../component/extern-type.ts'
import { ByteWriter } from '../../binary/byte-writer.ts'
import type { DataSegment, ElementSegment, Expression } from '../../binary/core/module.ts'
import type { TokenReader } from '../token-reader.ts'
import type { ModuleScope } from './module-scope.ts'
import { atReferenceType, takeReferenceType } from './parse-core-type.ts'
import { takeExpression, takeFoldedInstruction } from './parse-expression.ts'
import { takeFloat, takeSigned, takeVector, writeLittleEndian } from './parse-immediate.ts'

/** `instr*`, to the end of the list. */
export function takeConstant(tokens: TokenReader, scope: ModuleScope): Expression {
  return { bytes: takeExpression(tokens, scope).bytes, offset: 0 }
}

/** `(keyword instr*)`, or one folded instruction */
function takeWrapped(tokens: TokenReader, scope: ModuleScope, keyword: 'offset' | 'item'): Expression {
  if (!tokens.enters(keyword)) return { bytes: takeFoldedInstruction(tokens, scope), offset: 0 }
  const expression = takeConstant(tokens, scope)
  tokens.leave()
  return expression
}

/** `i32.const 0` or `i64.const 0`: where segments lie that are written in a table or a memory. */
export function atZero(index64: boolean): Expression {
  return { bytes: Uint8Array.of(index64 ? 0x42 : 0x41, 0x00, 0x0b), offset: 0 }
}

/**
 * The rest of an `elem`, after its name:
 *
 *     elemlist | declare elemlist | (table x)? (offset …) elemlist | (offset …) func*
 */
export function takeElementSegment(tokens: TokenReader, scope: ModuleScope): ElementSegment {
  if (tokens.takes('declare'))
    return { mode: { kind: 'declared' }, elements: takeElements(tokens, scope, false) }
  const passive = !tokens.atNumber && (tokens.lexer.kind !== '(' || atReferenceType(tokens))
  if (passive) return { mode: { kind: 'passive' }, elements: takeElements(tokens, scope, false) }
  const written = tokens.opens('table')
  const table = takeTarget(tokens, scope, 'table')
  const mode = { kind: 'active', table, offset: takeWrapped(tokens, scope, 'offset') } as const
  return { mode, elements: takeElements(tokens, scope, !written) }
}

/** `(sort x)`, or as older texts have it the index alone; undefined where there is neither. */
function takeTarget(tokens: TokenReader, scope: ModuleScope, sort: 'table' | 'memory'): number | undefined {
  if (tokens.atNumber) return tokens.takeIndex('an index')
  if (!tokens.enters(sort)) return undefined
  const index = scope.spaces[sort].take(tokens)
  tokens.leave()
  return index
}

/** `func x* | reftype (item …)*`; `bare`: whether `func` may be left out */
function takeElements(tokens: TokenReader, scope: ModuleScope, bare: boolean): ElementSegment['elements'] {
  if (tokens.takes('func') || (bare && !atReferenceType(tokens))) {
    return { kind: 'functions', indices: takeFunctions(tokens, scope) }
  }
  return takeElementExpressions(tokens, scope, takeReferenceType(tokens, scope.takeTypeIndex))
}

/** What stands in the `elem` of a table of that type. */
export function takeTableElements(
  tokens: TokenReader,
  scope: ModuleScope,
  type: CoreValueType,
): ElementSegment['elements'] {
  if (tokens.lexer.kind === '(') return takeElementExpressions(tokens, scope, type)
  const indices = takeFunctions(tokens, scope)
  if (type === 'funcref') return { kind: 'functions', indices }
  // Indices are of functions in tables of type `funcref`; elsewhere they are references.
  const expressions = indices.map((index) => {
    const bytes = new ByteWriter().byte(0xd2).u32(index).byte(0x0b).finish()
    return { bytes, offset: 0 }
  })
  return { kind: 'expressions', type, expressions }
}

function takeFunctions(tokens: TokenReader, scope: ModuleScope): number[] {
  const indices: number[] = []
  while (!tokens.atEnd) indices.push(scope.spaces.func.take(tokens))
  return indices
}

function takeElementExpressions(
  tokens: TokenReader,
  scope: ModuleScope,
  type: CoreValueType,
): ElementSegment['elements'] {
  const expressions: Expression[] = []
  while (!tokens.atEnd) expressions.push(takeWrapped(tokens, scope, 'item'))
  return { kind: 'expressions', type, expressions }
}

/** The rest of a `data`, after its name: `(memory x)? (offset …) value*`, or `value*` alone */
export function takeDataSegment(tokens: TokenReader, scope: ModuleScope): DataSegment {
  if (tokens.lexer.kind === 'string' || tokens.atEnd)
    return { mode: { kind: 'passive' }, bytes: takeData(tokens) }
  // The first memory is written in the short form, as other tools do.
  const memory = takeTarget(tokens, scope, 'memory') || undefined
  const mode = { kind: 'active', memory, offset: takeWrapped(tokens, scope, 'offset') } as const
  return { mode, bytes: takeData(tokens) }
}

/** Bits of the numbers that may stand in data. */
const numberBits: ReadonlyMap<string, number> = new Map([
  ['i8', 8],
  ['i16', 16],
  ['i32', 32],
  ['i64', 64],
  ['f32', 32],
  ['f64', 64],
])

/** Strings, and numbers: `(i16 1 2)`, `(f64 nan)`, `(v128 i32x4 1 2 3 4)` */
export function takeData(tokens: TokenReader): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter()
  while (!tokens.atEnd) {
    if (tokens.lexer.kind === '(') takeNumbers(tokens, writer)
    else writer.bytes(tokens.takeBytes('a string'))
  }
  return writer.finish()
}

function takeNumbers(tokens: TokenReader, writer: ByteWriter): void {
  tokens.enter('numbers')
  const { span } = tokens.lexer
  const keyword = tokens.takeKeyword('the type of numbers')
  const bits = numberBits.get(keyword)
  if (bits === undefined && keyword !== 'v128') {
    tokens.fail(`unexpected token: \`${keyword}\` is no type of numbers`, span)
  }
  while (!tokens.atEnd) {
    if (bits === undefined) {
      writer.bytes(takeVector(tokens))
      continue
    }
    const value = keyword.startsWith('f') ? takeFloat(tokens, bits as 32 | 64) : takeSigned(tokens, bits)
    const bytes = new Uint8Array(bits / 8)
    writeLittleEndian(bytes, 0, value, bits)
    writer.bytes(bytes)
  }
  tokens.leave()
}
