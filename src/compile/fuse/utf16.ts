/** Functions of adapter modules that read UTF-16 and Latin-1. */
import type { AdapterModule } from './adapter-module.ts'
import { beyondAscii, skip, type Text, walk } from './text-loop.ts'
import { type Memory, pushMeasure } from './utf8.ts'

/**
 * `(func (param $at pointer) (param $left i32) (result i64))`: how many bytes the text has in UTF-8, and from bit 32 on
 * whether any unit is beyond Latin-1; -1 where a surrogate is without its other half. `$left` counts bytes.
 */
export function utf16Measure(module: AdapterModule, from: Memory): number {
  const signature = { parameters: [from.pointer, 'i32'], results: ['i64'] } as const
  return module.helper(`measure utf-16 ${from.memory}`, signature, (code) => {
    const text: Text = { ...from, at: 0, left: 1 }
    const [bytes, beyond, unit] = [code.local('i32'), code.local('i32'), code.local('i32')]
    const add = (count: number): void => {
      code.get(bytes).i32(count).op('i32.add').set(bytes)
    }
    const refuse = (): void => {
      code.if(() => code.i64(-1n).op('return'))
    }
    walk(code, text, {
      hard(vector) {
        code.get(vector).i32(0xff80).op('i16x8.splat', 'v128.and', 'v128.any_true')
      },
      vector: () => add(8),
      character() {
        code.get(text.at).access('i32.load16_u', text.memory).set(unit)
        code.get(beyond).get(unit).i32(0xff).op('i32.gt_u', 'i32.or').set(beyond)
        code.get(unit).i32(0xf800).op('i32.and').i32(0xd800).op('i32.eq')
        code.if(
          () => {
            code.get(unit).i32(0xdc00).op('i32.ge_u')
            refuse()
            code.get(text.left).i32(4).op('i32.lt_u')
            refuse()
            code.get(text.at).access('i32.load16_u', text.memory, 2).i32(0xfc00).op('i32.and')
            code.i32(0xdc00).op('i32.ne')
            refuse()
            add(4)
            skip(code, text, 4)
          },
          () => {
            code.get(bytes).i32(1).op('i32.add')
            code.get(unit).i32(0x80).op('i32.ge_u', 'i32.add')
            code.get(unit).i32(0x800).op('i32.ge_u', 'i32.add').set(bytes)
            skip(code, text, 2)
          },
        )
      },
    })
    pushMeasure(code, bytes, beyond)
  })
}

/** `(func (param $at pointer) (param $left i32) (result i64))`: how many bytes Latin-1 has in UTF-8. */
export function latin1Measure(module: AdapterModule, from: Memory): number {
  const signature = { parameters: [from.pointer, 'i32'], results: ['i64'] } as const
  return module.helper(`measure latin-1 ${from.memory}`, signature, (code) => {
    const text: Text = { ...from, at: 0, left: 1 }
    const bytes = code.local('i32')
    code.get(text.left).set(bytes)
    const add = beyondAscii(code)
    walk(code, text, {
      hard: undefined,
      vector(vector) {
        code.get(bytes)
        add(vector)
        code.op('i32.popcnt', 'i32.add').set(bytes)
      },
      character() {
        code
          .get(bytes)
          .get(text.at)
          .access('i32.load8_u', text.memory)
          .i32(7)
          .op('i32.shr_u', 'i32.add')
          .set(bytes)
        skip(code, text, 1)
      },
    })
    code.get(bytes).op('i64.extend_i32_u')
  })
}
