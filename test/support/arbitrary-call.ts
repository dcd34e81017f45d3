/** Random calls through a forwarding guest, and random faults on their way. */
import fc from './fast-check.ts'
import type { PointerType } from '../../src/abi/pointer.ts'
import type { StringEncoding } from '../../src/component/component.ts'
import type { FunctionType } from '../../src/component/extern-type.ts'
import { ComponentError } from '../../src/errors.ts'
import { arbitraryFunctionType, type TypeOptions } from './arbitrary-type.ts'
import { arbitraryValue, type ValueOptions } from '../../src/fuzz/arbitrary-value.ts'
import type { Faults, MiddleOptions } from './forwarded-call.ts'

/** What a host function answers: a value, or the error case of its result. */
export type Answer =
  | { readonly kind: 'returns'; readonly value: unknown }
  | { readonly kind: 'throws'; readonly payload: unknown }

export interface RandomCall {
  readonly type: FunctionType
  readonly pointer: PointerType
  readonly stringEncoding: StringEncoding
  readonly args: readonly unknown[]
  readonly answer: Answer
}

export function arbitraryCall(options: TypeOptions & ValueOptions = {}): fc.Arbitrary<RandomCall> {
  return arbitraryFunctionType(options).chain((type) =>
    fc.record({
      type: fc.constant(type),
      pointer: fc.constantFrom<PointerType[]>('i32', 'i64'),
      stringEncoding: fc.constantFrom<StringEncoding[]>('utf8', 'utf16', 'latin1+utf16'),
      args: fc.tuple(...type.parameters.map((parameter) => arbitraryValue(parameter.type, options))),
      answer: arbitraryAnswer(type, options),
    }),
  )
}

function arbitraryAnswer({ result }: FunctionType, options: ValueOptions): fc.Arbitrary<Answer> {
  if (result === undefined) return fc.constant({ kind: 'returns', value: undefined })
  const value = arbitraryValue(result, options)
  if (result.kind !== 'result') return value.map((one) => ({ kind: 'returns', value: one }))
  return (value as fc.Arbitrary<{ tag: 'ok' | 'err'; val: unknown }>).map(({ tag, val }) =>
    tag === 'ok' ? { kind: 'returns', value: val } : { kind: 'throws', payload: val },
  )
}

export function respond(answer: Answer): unknown {
  if (answer.kind === 'throws') throw new ComponentError(answer.payload)
  return answer.value
}

/** A few faults: most calls get on for a while before they meet one, and some meet none that matters. */
export const arbitraryFaults: fc.Arbitrary<Faults> = fc.record({
  masks: fc.array(
    fc.oneof(
      { weight: 12, arbitrary: fc.constant(0n) },
      { weight: 2, arbitrary: fc.bigInt(0n, 0xffn) },
      { weight: 1, arbitrary: fc.bigInt(0n, 2n ** 64n - 1n) },
    ),
    { maxLength: 17 },
  ),
  bytes: fc.array(
    fc.record({
      stage: fc.constantFrom<(0 | 1)[]>(0, 1),
      at: fc.nat(1_000_000),
      xor: fc.oneof(fc.constantFrom(1, 2, 4, 0x80), fc.integer({ min: 1, max: 0xff })),
    }),
    { maxLength: 6 },
  ),
  reallocs: fc
    .oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(fc.tuple(fc.nat(6), fc.constantFrom(1, 2, 4, 8, 65536, 2 ** 31 - 1)), {
          maxLength: 2,
        }),
      },
    )
    .map((pairs) => new Map(pairs)),
  grows: fc.boolean(),
  nothingAtZero: fc.boolean(),
})

/** The component between two others, in all encodings and with both kinds of pointers. */
export function arbitraryMiddle(reenterable: fc.Arbitrary<boolean>): fc.Arbitrary<MiddleOptions> {
  return fc.record<MiddleOptions>({
    pointer: fc.constantFrom('i32', 'i64'),
    stringEncoding: fc.constantFrom('utf8', 'utf16', 'latin1+utf16'),
    reenterable,
  })
}
