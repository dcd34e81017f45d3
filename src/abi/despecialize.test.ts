import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as t from '../../test/support/type-builders.ts'
import type { ValueType } from '../component/value-type.ts'
import { type DespecializedType, despecialize } from './despecialize.ts'

const cases: [name: string, type: ValueType, plain: DespecializedType][] = [
  ['tuple', t.tuple(t.u8, t.string), t.record({ 0: t.u8, 1: t.string })],
  ['enum', t.enumeration('a', 'b'), t.variant({ a: undefined, b: undefined })],
  ['option', t.option(t.u8), t.variant({ none: undefined, some: t.u8 })],
  ['result', t.result(t.u8, t.char), t.variant({ ok: t.u8, error: t.char })],
  ['empty result', t.result(), t.variant({ ok: undefined, error: undefined })],
  ['map', t.map(t.string, t.u8), t.list(t.record({ 0: t.string, 1: t.u8 }))],
]

for (const [name, type, plain] of cases) {
  test(`despecialize: ${name}`, () => {
    assert.deepEqual(despecialize(type), plain)
    assert.equal(despecialize(type), despecialize(type))
  })
}

test('despecialize: other types are themselves', () => {
  for (const type of [t.u8, t.string, t.list(t.u8), t.record({ a: t.u8 }), t.flags('a')]) {
    assert.equal(despecialize(type), type)
  }
})
