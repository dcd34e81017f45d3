import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from '../../../../test/support/fast-check.ts'
import type { FormType } from '../../contract/run.ts'
import { arbitraryFormType } from './arbitrary-form.ts'
import { bytesOfText, textOfBytes } from './bytes-text.ts'
import { typeText } from './type-text.ts'

suite('bytes as a person types them', () => {
  test('digits, however they are written', () => {
    for (const text of ['48656c', '48 65 6c', '0x48, 0x65, 0x6C', '48\n65\n6c'])
      assert.deepEqual(bytesOfText(text, 'hex'), { value: Uint8Array.of(0x48, 0x65, 0x6c) })
    assert.match((bytesOfText('4', 'hex') as { problem: string }).problem, /one digit/)
    assert.match((bytesOfText('4g', 'hex') as { problem: string }).problem, /hexadecimal/)
  })

  test('bytes → text → bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('hex' as const, 'text' as const), (bytes, mode) => {
        const text = textOfBytes(bytes, mode)
        if (text === undefined) assert.equal(mode, 'text')
        else assert.deepEqual(bytesOfText(text, mode), { value: bytes })
      }),
    )
  })
})

suite('types in few words', () => {
  const u8: FormType = { kind: 'integer', bits: 8, signed: false }
  const cases: readonly (readonly [FormType, string])[] = [
    [u8, 'u8'],
    [{ kind: 'list', type: u8, length: 4 }, 'list<u8, 4>'],
    [{ kind: 'option', type: { kind: 'record', name: 'point', fields: [] } }, 'option<point>'],
    [{ kind: 'result', ok: undefined, error: { kind: 'string' } }, 'result<_, string>'],
    [{ kind: 'result', ok: u8, error: undefined }, 'result<u8>'],
    [{ kind: 'tuple', types: [u8, u8, u8, u8, u8] }, 'tuple<u8, u8, u8, u8, …>'],
    [
      { kind: 'map', key: { kind: 'string' }, value: { kind: 'borrow', resource: 'r' } },
      'map<string, borrow<r>>',
    ],
  ]
  for (const [type, text] of cases) test(text, () => assert.equal(typeText(type), text))

  test('every type has a short one', () => {
    fc.assert(fc.property(arbitraryFormType(), (type) => assert.ok(typeText(type).length < 300)))
  })
})
