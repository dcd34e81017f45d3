/** Functions of adapter modules that read UTF-8 (The Unicode Standard, table 3-7). */
import type { PointerType } from '../../abi/pointer.ts'
import type { AdapterModule } from './adapter-module.ts'
import type { Code, Label } from './code.ts'
import type { Access } from './instructions.ts'
import { advance, beyondAscii, skip, type Text, walk } from './text-loop.ts'

/** A memory of the module. */
export interface Memory {
  readonly memory: number
  readonly pointer: PointerType
}

const LENGTH_SHIFT = 24
const CODE_POINT = 0x1fffff

/**
 * `(func (param $at pointer) (param $left i32) (result i32))`: the code point that begins there, and from bit 24 on the
 * bytes that it takes; -1 where none does.
 */
function decoder(module: AdapterModule, { memory, pointer }: Memory): number {
  const signature = { parameters: [pointer, 'i32'], results: ['i32'] } as const
  return module.helper(`decode utf-8 ${memory}`, signature, (code) => {
    const [at, left] = [0, 1]
    const [first, point] = [code.local('i32'), code.local('i32')]
    const refuse = (): void => {
      code.if(() => code.i32(-1).op('return'))
    }
    code.get(at!).access('i32.load8_u', memory).tee(first).i32(0x80).op('i32.lt_u')
    code.if(() =>
      code
        .get(first)
        .i32(1 << LENGTH_SHIFT)
        .op('i32.or', 'return'),
    )
    code.get(first).i32(0xc2).op('i32.lt_u')
    refuse()
    code.get(first).i32(0xf4).op('i32.gt_u')
    refuse()
    const lengths = [
      { length: 2, below: 0xe0, bits: 0x1f, least: 0x80 },
      { length: 3, below: 0xf0, bits: 0x0f, least: 0x800 },
      { length: 4, below: 0xf8, bits: 0x07, least: 0x10000 },
    ]
    for (const { length, below, bits, least } of lengths) {
      code.get(first).i32(below).op('i32.lt_u')
      code.if(() => {
        code.get(left!).i32(length).op('i32.lt_u')
        refuse()
        code.get(first).i32(bits).op('i32.and').set(point)
        for (let i = 1; i < length; i++) {
          const byte = (): Code => code.get(at!).access('i32.load8_u', memory, i)
          byte().i32(0xc0).op('i32.and').i32(0x80).op('i32.ne')
          refuse()
          code.get(point).i32(6).op('i32.shl')
          byte().i32(0x3f).op('i32.and', 'i32.or').set(point)
        }
        code.get(point).i32(least).op('i32.lt_u')
        refuse()
        code.get(point).i32(0x10ffff).op('i32.gt_u')
        refuse()
        code.get(point).i32(0xf800).op('i32.and').i32(0xd800).op('i32.eq').get(point).i32(0xffff)
        code.op('i32.le_u', 'i32.and')
        refuse()
        code
          .get(point)
          .i32(length << LENGTH_SHIFT)
          .op('i32.or', 'return')
      })
    }
    code.op('unreachable')
  })
}

/** Reads one character, lets `use` have the local with its code point, and goes past it; or it is `malformed`. */
export function readCharacter(
  module: AdapterModule,
  code: Code,
  text: Text,
  use: (point: number) => void,
  malformed: () => void,
): void {
  const [byte, decoded] = [code.local('i32'), code.local('i32')]
  const length = code.local('i32')
  const decode = decoder(module, text)
  code.get(text.at).access('i32.load8_u', text.memory).tee(byte).i32(0x80).op('i32.lt_u')
  code.if(
    () => code.i32(1).set(length),
    () => {
      code.get(text.at, text.left).call(decode).tee(decoded).i32(0).op('i32.lt_s').if(malformed)
      code.get(decoded).i32(CODE_POINT).op('i32.and').set(byte)
      code.get(decoded).i32(LENGTH_SHIFT).op('i32.shr_u').set(length)
    },
  )
  use(byte)
  code.get(text.at).get(length)
  if (text.pointer === 'i64') code.op('i64.extend_i32_u')
  code.op(`${text.pointer}.add`).set(text.at)
  code.get(text.left, length).op('i32.sub').set(text.left)
}

/**
 * `(func (param $at pointer) (param $left i32) (result i64))`: how many units the text has in UTF-16, and from bit 32 on
 * whether any is beyond Latin-1; -1 where it is no UTF-8.
 */
export function utf8Measure(module: AdapterModule, from: Memory): number {
  const signature = { parameters: [from.pointer, 'i32'], results: ['i64'] } as const
  return module.helper(`measure utf-8 ${from.memory}`, signature, (code) => {
    const text: Text = { ...from, at: 0, left: 1 }
    const [units, beyond] = [code.local('i32'), code.local('i32')]
    walk(code, text, {
      hard: beyondAscii(code),
      vector: () => code.get(units).i32(16).op('i32.add').set(units),
      character() {
        readCharacter(
          module,
          code,
          text,
          (point) => {
            code.get(units).i32(1).op('i32.add').get(point).i32(0xffff).op('i32.gt_u', 'i32.add').set(units)
            code.get(beyond).get(point).i32(0xff).op('i32.gt_u', 'i32.or').set(beyond)
          },
          () => code.i64(-1n).op('return'),
        )
      },
    })
    pushMeasure(code, units, beyond)
  })
}

export function pushMeasure(code: Code, units: number, beyond: number): void {
  code.get(units).op('i64.extend_i32_u').get(beyond).op('i64.extend_i32_u').i64(32n).op('i64.shl', 'i64.or')
}

/** Copies a text, and pushes whether it is UTF-8; the locals of the text and of the address change. */
export function writeUtf8Copy(
  module: AdapterModule,
  code: Code,
  text: Text,
  to: Memory,
  target: number,
): void {
  const { at, left } = text
  const past = (bytes: number): void => {
    skip(code, text, bytes)
    advance(code, target, to.pointer, bytes)
  }
  const valid = code.local('i32')
  code.i32(1).set(valid)
  code.block((done) => {
    code.block((other) => {
      /** Copies vectors while all of them are ASCII. */
      const vectors = (count: number): void => {
        const chunks = Array.from({ length: count }, () => code.local('v128'))
        code.block((few) => {
          code.loop((again) => {
            code
              .get(left)
              .i32(16 * count)
              .op('i32.lt_u')
              .brIf(few)
            for (const [i, chunk] of chunks.entries()) {
              code
                .get(at)
                .access('v128.load', text.memory, 16 * i)
                .set(chunk)
            }
            chunks.forEach((chunk, i) => {
              code.get(chunk)
              if (i > 0) code.op('v128.or')
            })
            code.op('i8x16.bitmask').brIf(other)
            for (const [i, chunk] of chunks.entries()) {
              code.get(target, chunk).access('v128.store', to.memory, 16 * i)
            }
            past(16 * count)
            code.br(again)
          })
        })
      }
      vectors(4)
      vectors(1)
      // Fewer than 16 are left: two words that may overlap, or single bytes.
      overlapping(code, text, to, target, 'i64', other, done)
      overlapping(code, text, to, target, 'i32', other, done)
      const byte = code.local('i32')
      code.loop((again) => {
        code.get(left).op('i32.eqz').brIf(done)
        code.get(at).access('i32.load8_u', text.memory).tee(byte).i32(0x80).op('i32.ge_u').brIf(other)
        code.get(target, byte).access('i32.store8', to.memory)
        past(1)
        code.br(again)
      })
    })
    // Not all of it is ASCII: what is left is copied as it is, and then looked at.
    code.get(target, at, left)
    if (text.pointer === 'i64' && to.pointer === 'i64') code.op('i64.extend_i32_u')
    code.memoryCopy(to.memory, text.memory)
    code.get(at, left).call(utf8Measure(module, text)).i64(0n).op('i64.lt_s', 'i32.eqz').set(valid)
  })
  code.get(valid)
}

/** What is left, if it is at least one word and at most two: copies it, and is done. */
function overlapping(
  code: Code,
  { at, left, memory, pointer }: Text,
  to: Memory,
  target: number,
  word: 'i32' | 'i64',
  other: Label,
  done: Label,
): void {
  const size = word === 'i32' ? 4 : 8
  const high =
    word === 'i32' ? code.i32.bind(code, 0x8080_8080 | 0) : code.i64.bind(code, 0x8080_8080_8080_8080n)
  const [load, store]: readonly [Access, Access] = [`${word}.load`, `${word}.store`]
  const [first, last] = [code.local(word), code.local(word)]
  /** Pushes the address of the last word. */
  const end = (address: number, type: PointerType): void => {
    code.get(address, left)
    if (type === 'i64') code.op('i64.extend_i32_u')
    code.op(`${type}.add`).int(type, size).op(`${type}.sub`)
  }
  code.get(left).i32(size).op('i32.ge_u')
  code.if(() => {
    code.get(at).access(load, memory).set(first)
    end(at, pointer)
    code.access(load, memory).set(last)
    code.get(first, last).op(`${word}.or`)
    high()
    code.op(`${word}.and`)
    if (word === 'i64') code.op('i64.eqz', 'i32.eqz')
    code.brIf(other)
    code.get(target, first).access(store, to.memory)
    end(target, to.pointer)
    code.get(last).access(store, to.memory)
    code.br(done)
  })
}
