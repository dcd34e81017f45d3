/**
 * Functions of adapter modules that write a text in another encoding. The text was measured, so it is well-formed, and
 * the place that it goes to is as large as it needs.
 */
import type { AdapterModule } from './adapter-module.ts'
import type { Code } from './code.ts'
import { advance, beyondAscii, skip, type Text, walk } from './text-loop.ts'
import { type Memory, readCharacter } from './utf8.ts'

export type SimpleEncoding = 'utf8' | 'utf16' | 'latin1'
export type Transcoding =
  | 'utf8 utf16'
  | 'utf8 latin1'
  | 'utf16 utf8'
  | 'utf16 latin1'
  | 'latin1 utf8'
  | 'latin1 utf16'

/** `(func (param $at pointer) (param $left i32) (param $to pointer))` */
export function transcoder(module: AdapterModule, from: Memory, to: Memory, which: Transcoding): number {
  const signature = { parameters: [from.pointer, 'i32', to.pointer], results: [] } as const
  return module.helper(`${which} ${from.memory} ${to.memory}`, signature, (code) => {
    const text: Text = { ...from, at: 0, left: 1 }
    const target = new Target(code, to, 2)
    writers[which](code, text, target, module)
  })
}

/** Where the text goes. */
class Target {
  readonly #code: Code
  readonly #to: Memory
  readonly #address: number

  constructor(code: Code, to: Memory, address: number) {
    this.#code = code
    this.#to = to
    this.#address = address
  }

  write(access: 'i32.store8' | 'i32.store16' | 'i64.store' | 'v128.store', value: () => void): void {
    const size = { 'i32.store8': 1, 'i32.store16': 2, 'i64.store': 8, 'v128.store': 16 }[access]
    this.#code.get(this.#address)
    value()
    this.#code.access(access, this.#to.memory)
    advance(this.#code, this.#address, this.#to.pointer, size)
  }

  /** A code point in a local, as UTF-8. */
  writeUtf8(point: number): void {
    const code = this.#code
    const lead = (bits: number, shift: number): void =>
      this.write('i32.store8', () => code.get(point).i32(shift).op('i32.shr_u').i32(bits).op('i32.or'))
    const follow = (shift: number): void =>
      this.write('i32.store8', () =>
        code.get(point).i32(shift).op('i32.shr_u').i32(0x3f).op('i32.and').i32(0x80).op('i32.or'),
      )
    const below = (limit: number, then: () => void, otherwise: () => void): void => {
      code.get(point).i32(limit).op('i32.lt_u').if(then, otherwise)
    }
    below(
      0x80,
      () => lead(0, 0),
      () => {
        below(
          0x800,
          () => {
            lead(0xc0, 6)
            follow(0)
          },
          () => {
            below(
              0x10000,
              () => {
                lead(0xe0, 12)
                follow(6)
                follow(0)
              },
              () => {
                lead(0xf0, 18)
                follow(12)
                follow(6)
                follow(0)
              },
            )
          },
        )
      },
    )
  }

  /** A code point in a local, which may change, as UTF-16. */
  writeUtf16(point: number): void {
    const code = this.#code
    code.get(point).i32(0x10000).op('i32.lt_u')
    code.if(
      () => this.write('i32.store16', () => code.get(point)),
      () => {
        code.get(point).i32(0x10000).op('i32.sub').set(point)
        this.write('i32.store16', () => code.get(point).i32(10).op('i32.shr_u').i32(0xd800).op('i32.or'))
        this.write('i32.store16', () => code.get(point).i32(0x3ff).op('i32.and').i32(0xdc00).op('i32.or'))
      },
    )
  }
}

type Writer = (code: Code, text: Text, target: Target, module: AdapterModule) => void

const writers: Readonly<Record<Transcoding, Writer>> = {
  'utf8 utf16'(code, text, target, module) {
    walk(code, text, {
      hard: beyondAscii(code),
      vector: (vector) => widen(code, vector, target),
      character() {
        const write = (point: number): void => target.writeUtf16(point)
        readCharacter(module, code, text, write, () => code.op('unreachable'))
      },
    })
  },

  'utf8 latin1'(code, text, target, module) {
    walk(code, text, {
      hard: beyondAscii(code),
      vector: (vector) => target.write('v128.store', () => code.get(vector)),
      character() {
        const write = (point: number): void => target.write('i32.store8', () => code.get(point))
        readCharacter(module, code, text, write, () => code.op('unreachable'))
      },
    })
  },

  'utf16 utf8'(code, text, target) {
    const [point, low] = [code.local('i32'), code.local('i32')]
    walk(code, text, {
      hard(vector) {
        code.get(vector).i32(0xff80).op('i16x8.splat', 'v128.and', 'v128.any_true')
      },
      vector: (vector) => narrow(code, vector, target),
      character() {
        code.get(text.at).access('i32.load16_u', text.memory).tee(point)
        code.i32(0xf800).op('i32.and').i32(0xd800).op('i32.eq')
        code.if(() => {
          code.get(text.at).access('i32.load16_u', text.memory, 2).i32(0x3ff).op('i32.and').set(low)
          code.get(point).i32(0x3ff).op('i32.and').i32(10).op('i32.shl').get(low).op('i32.or')
          code.i32(0x10000).op('i32.add').set(point)
          skip(code, text, 2)
        })
        skip(code, text, 2)
        target.writeUtf8(point)
      },
    })
  },

  'utf16 latin1'(code, text, target) {
    walk(code, text, {
      hard: undefined,
      vector: (vector) => narrow(code, vector, target),
      character() {
        target.write('i32.store8', () => code.get(text.at).access('i32.load16_u', text.memory))
        skip(code, text, 2)
      },
    })
  },

  'latin1 utf8'(code, text, target) {
    const byte = code.local('i32')
    walk(code, text, {
      hard: beyondAscii(code),
      vector: (vector) => target.write('v128.store', () => code.get(vector)),
      character() {
        code.get(text.at).access('i32.load8_u', text.memory).set(byte)
        target.writeUtf8(byte)
        skip(code, text, 1)
      },
    })
  },

  'latin1 utf16'(code, text, target) {
    walk(code, text, {
      hard: undefined,
      vector: (vector) => widen(code, vector, target),
      character() {
        target.write('i32.store16', () => code.get(text.at).access('i32.load8_u', text.memory))
        skip(code, text, 1)
      },
    })
  },
}

/** Sixteen bytes become sixteen units. */
function widen(code: Code, vector: number, target: Target): void {
  target.write('v128.store', () => code.get(vector).op('i16x8.extend_low_i8x16_u'))
  target.write('v128.store', () => code.get(vector).op('i16x8.extend_high_i8x16_u'))
}

/** Eight units below 256 become eight bytes. */
function narrow(code: Code, vector: number, target: Target): void {
  target.write('i64.store', () => code.get(vector, vector).op('i8x16.narrow_i16x8_u', 'i64x2.extract_lane 0'))
}
