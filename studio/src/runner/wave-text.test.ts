import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ValueType } from 'tenon'
import { cutText } from './cut-text.ts'
import { waveText } from './wave-text.ts'

suite('values as texts that stay short', () => {
  const bytes: ValueType = { kind: 'list', element: { kind: 'u8' } }
  const named: ValueType = {
    kind: 'record',
    fields: [
      { name: 'some-name', type: { kind: 'string' } },
      { name: 'all', type: { kind: 'option', type: bytes } },
    ],
  }
  const cases: readonly (readonly [value: unknown, type: ValueType, most: number, text: string])[] = [
    [Uint8Array.of(1, 2, 3), bytes, 40, '[1, 2, 3]'],
    [new Uint8Array(50_000_000), bytes, 10, '[0, 0, 0,… (cut)'],
    ['a'.repeat(100), { kind: 'string' }, 10, '"aaaaaaaa… (cut)'],
    ['abc😀', { kind: 'string' }, 4, '"ab… (cut)'],
    [{ someName: 'x', all: undefined }, named, 40, '{some-name: "x"}'],
    [{ someName: 'x', all: new Uint8Array(9) }, named, 8, '{some-n… (cut)'],
    [
      { tag: 'ok', val: 'x'.repeat(30) },
      { kind: 'result', ok: { kind: 'string' }, error: undefined },
      9,
      'ok("xxxx… (cut)',
    ],
    [
      new Map([[1, 'one']]),
      { kind: 'map', key: { kind: 'u8' }, value: { kind: 'string' } },
      40,
      '[(1, "one")]',
    ],
  ]
  for (const [value, type, most, text] of cases) {
    test(text, () => assert.equal(waveText(value, type, most), text))
  }

  test('a list in a list is cut in both', () => {
    const lists: ValueType = { kind: 'list', element: bytes }
    const text = waveText(Array(1_000).fill(new Uint8Array(1_000)), lists, 100)
    assert.ok(text.length < 120 && text.endsWith('(cut)'))
  })

  test('a list of wide records is not gone through', () => {
    const fields = Array.from({ length: 1_000 }, (_, i) => ({ name: `f${i}`, type: { kind: 'u8' as const } }))
    const record = Object.fromEntries(fields.map(({ name }) => [name, 1]))
    let read = 0
    const watched = new Proxy(record, {
      get(target, name) {
        read++
        return Reflect.get(target, name)
      },
    })
    const type: ValueType = { kind: 'list', element: { kind: 'record', fields } }
    assert.ok(waveText(Array(10_000).fill(watched), type, 100).endsWith('(cut)'))
    assert.ok(read <= 2_000, `${read} fields`)
  })

  test('no half of a pair', () => {
    assert.equal(cutText('ab😀cd', 4), 'ab…')
    assert.equal(cutText('ab😀cd', 5), 'ab😀…')
    assert.equal(cutText('ab', 2), 'ab')
  })
})
