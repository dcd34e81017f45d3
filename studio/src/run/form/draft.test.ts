import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { FormType } from '../../contract/run.ts'
import type { Callable } from './call-text.ts'
import { carryDraft, changeFormat, editForms, editText, newDraft, waveOf } from './draft.ts'
import type { FormValue } from './form-value.ts'

const u8: FormType = { kind: 'integer', bits: 8, signed: false }
const pair: FormType = {
  kind: 'tuple',
  types: [u8, { kind: 'option', type: { kind: 'list', type: { kind: 'string' }, length: undefined } }],
}
const callable: Callable = {
  label: 'f',
  resource: undefined,
  parameters: [
    { name: 'a', type: u8 },
    { name: 'b', type: pair },
  ],
}
const text = (value: string): FormValue => ({ kind: 'text', text: value })

suite('a call that is being written', () => {
  test('the text follows the forms', () => {
    const draft = editForms(newDraft(callable), callable, '0', text('7'))
    assert.equal(draft.text, 'f(7, (0, none))')
    assert.equal(editForms(draft, callable, '1.0', text('9')).text, 'f(7, (9, none))')
  })

  test('the forms follow the text, to their innermost part', () => {
    const draft = editText(newDraft(callable), callable, 'f(1, (2, some(["x", "y"])))')
    assert.deepEqual(draft.parameters, ['1', '(2, some(["x", "y"]))'])
    const edited = editForms(draft, callable, '1.1.0.1', text('z'))
    assert.equal(edited.text, 'f(1, (2, some(["x", "z"])))')
  })

  test('a wrong text leaves the forms, and cannot be called; editing a form mends it', () => {
    const good = editForms(newDraft(callable), callable, '0', text('7'))
    const wrong = editText(good, callable, 'f(700')
    assert.equal(wrong.parameters, undefined)
    assert.equal(wrong.forms, good.forms)
    assert.match(wrong.wrongText!.problem, /expected/)
    const mended = editForms(wrong, callable, '1.0', text('1'))
    assert.equal(mended.text, 'f(7, (1, none))')
    assert.equal(mended.wrongText, undefined)
  })

  test('a wrong form has no text, and says what is wrong', () => {
    const draft = editForms(newDraft(callable), callable, '1.0', text('-1'))
    assert.equal(draft.text, '')
    assert.equal(draft.parameters, undefined)
    assert.deepEqual(draft.problems[0]!.path, ['b', '0'])
  })

  test('without forms there is only text', () => {
    const long: FormType = { kind: 'list', type: u8, length: 1_000_000 }
    const large: Callable = { ...callable, parameters: [{ name: 'a', type: { kind: 'option', type: long } }] }
    const draft = editText(newDraft(large), large, 'f(none)')
    assert.equal(draft.forms, undefined)
    assert.deepEqual(draft.parameters, ['none'])
  })

  test('a call is carried to a function that has changed, if it still is one', () => {
    const draft = editText(newDraft(callable), callable, 'f(1, (2, none))')
    const wider: Callable = {
      ...callable,
      parameters: callable.parameters.with(0, { name: 'a', type: { kind: 'float', bits: 64 } }),
    }
    assert.equal(carryDraft(draft, wider)?.text, 'f(1, (2, none))')
    assert.deepEqual(carryDraft(draft, wider)?.forms?.[0], text('1'))
    const other: Callable = { ...callable, parameters: [{ name: 'a', type: { kind: 'string' } }] }
    assert.equal(carryDraft(draft, other), undefined)
  })

  test('as JSON the text follows the forms, and they follow it; what is sent and remembered is WAVE', () => {
    const draft = editForms(newDraft(callable, 'json'), callable, '0', text('7'))
    assert.equal(draft.text, '[7,[0,null]]')
    const edited = editText(draft, callable, '[8, [2, ["x"]]]')
    assert.deepEqual(edited.forms?.[0], text('8'))
    assert.deepEqual(edited.parameters, ['8', '(2, some(["x"]))'])
    assert.equal(waveOf(edited, callable), 'f(8, (2, some(["x"])))')
    assert.equal(carryDraft(edited, callable)?.text, edited.text)
  })

  test('another format says the same call, there and back', () => {
    const wave = editText(newDraft(callable), callable, 'f(8, (2, none))')
    const json = changeFormat(wave, callable, 'json')
    assert.equal(json.text, '[8,[2,null]]')
    assert.deepEqual(changeFormat(json, callable, 'wave'), wave)
    const large: Callable = {
      ...callable,
      parameters: [
        { name: 'a', type: { kind: 'option', type: { kind: 'list', type: u8, length: 1_000_000 } } },
      ],
    }
    const textOnly = editText(newDraft(large), large, 'f(none)')
    assert.equal(changeFormat(textOnly, large, 'json').text, '[null]')
  })

  test('a text that is wrong is kept, and read in the other format', () => {
    const pasted = editText(newDraft(callable), callable, '[8, [2, null]]')
    assert.ok(pasted.wrongText)
    const read = changeFormat(pasted, callable, 'json')
    assert.equal(read.wrongText, undefined)
    assert.deepEqual(read.parameters, ['8', '(2, none)'])
    const neither = changeFormat(editText(pasted, callable, 'nonsense'), callable, 'json')
    assert.equal(neither.text, 'nonsense')
    assert.match(neither.wrongText!.problem, /true, false or null/)
  })
})
