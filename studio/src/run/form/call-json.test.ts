import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from '../../../../test/support/fast-check.ts'
import type { FormType } from '../../contract/run.ts'
import { arbitraryForm, arbitraryFormType } from './arbitrary-form.ts'
import { parseJsonArguments, printJsonArguments } from './call-json.ts'
import { type Callable, printCall } from './call-text.ts'

const u8: FormType = { kind: 'integer', bits: 8, signed: false }
const string: FormType = { kind: 'string' }
const counter: FormType = { kind: 'own', resource: 'counter' }

function callable(...types: readonly FormType[]): Callable {
  return { label: 'f', resource: undefined, parameters: types.map((type, i) => ({ name: `p${i}`, type })) }
}

suite('a call as JSON', () => {
  test('says what the forms say, and the other way round', () => {
    const calls = fc
      .array(arbitraryFormType(), { minLength: 1, maxLength: 3 })
      .chain((types) => fc.tuple(fc.constant(callable(...types)), fc.tuple(...types.map(arbitraryForm))))
    fc.assert(
      fc.property(calls, ([call, forms]) => {
        const printed = printCall(call, forms)
        assert.ok('parameters' in printed)
        const text = printJsonArguments(call, forms)
        JSON.parse(text)
        const parsed = parseJsonArguments(call, text)
        assert.ok('forms' in parsed, `${JSON.stringify(parsed)} of ${text}`)
        assert.deepEqual(parsed.parameters, printed.parameters)
      }),
      { numRuns: 300 },
    )
  })

  test('short ones stand in a line, longer ones in several', () => {
    const call = callable(string, { kind: 'tuple', types: [u8, u8] })
    const forms = (text: string) => {
      const parsed = parseJsonArguments(call, JSON.stringify([text, [1, 2]]))
      assert.ok('forms' in parsed)
      return printJsonArguments(call, parsed.forms)
    }
    assert.equal(forms('a'), '["a",[1,2]]')
    assert.match(forms('a'.repeat(60)), /^\[\n {2}"a+",\n/)
  })

  test('resources are strings with their number; options at the end may be left away', () => {
    const call = callable(counter, { kind: 'option', type: u8 })
    assert.deepEqual(parseJsonArguments(call, '["#12"]'), {
      forms: [
        { kind: 'text', text: '#12' },
        { kind: 'case', name: 'none', payload: undefined },
      ],
      parameters: ['#12', 'none'],
    })
  })

  const size: FormType = {
    kind: 'record',
    fields: [
      { name: 'width', type: u8 },
      { name: 'line-height', type: u8 },
    ],
  }
  const shape: FormType = { kind: 'variant', cases: [{ name: 'box', type: size }] }
  const owners: FormType = { kind: 'map', key: string, value: { kind: 'option', type: counter } }
  const rest: FormType = { kind: 'list', type: counter, length: undefined }
  const whole: FormType = { kind: 'record', fields: [{ name: 'all-of', type: rest }] }
  const wrong: readonly (readonly [
    types: readonly FormType[],
    text: string,
    problem: RegExp,
    frame: string,
  ])[] = [
    [[u8], '', /ends where a value belongs/, '\n^'],
    [[u8], '[1', /comma or \] belongs/, '[1\n  ^'],
    [[u8], '[1,]', /A value belongs here/, '[1,]\n   ^'],
    [[u8], '[1] 2', /ends before this/, '[1] 2\n    ^'],
    [[string], '["a]', /no end/, '["a]\n ^^^'],
    [[string], '["a\tb"]', /write \\n and \\t/, '["a b"]\n   ^'],
    [[string], '["\\x"]', /no such escape/, '["\\x"]\n  ^^'],
    [[string], '[a]', /double quotes/, '[a]\n ^'],
    [[u8], '[0x1]', /no number of JSON/, '[0x1]\n ^^^'],
    [[size], '[{width: 1}]', /name in double quotes/, '[{width: 1}]\n  ^'],
    [[size], '[{"width" 1}]', /colon/, '[{"width" 1}]\n          ^'],
    [[u8], '{"p0": 1}', /are a JSON array/, '{"p0": 1}\n^^^^^^^^^'],
    [[u8], '[1, 2]', /2 here, and the function takes 1 argument/, '[1, 2]\n    ^'],
    [[u8, u8], '[1]', /p1 is missing: the function takes 2 arguments/, '[1]\n^^^'],
    [[u8], '[300]', /p0: expected u8, found 300/, '[300]\n ^^^'],
    [
      [u8, size],
      '[1, {"width": 1, "line-height": -1}]',
      /p1\.lineHeight/,
      '                               ^^',
    ],
    [
      [u8, size],
      '[1, {"width": 1, "lineHeight": -1}]',
      /p1\.lineHeight/,
      '                               ^^',
    ],
    [[size], '[\n  {"width": 1}\n]', /lineHeight is missing/, '  {"width": 1}\n  ^^^^^^^^^^^^'],
    [[shape], '[{"tag": "box", "val": {"width": "1", "lineHeight": 1}}]', /p0\.val\.width/, ' ^^^'],
    [[shape], '[{"tag": "ball"}]', /`tag` is one of box/, '[{"tag": "ball"}]\n ^^^^^^^^^^^^^^^'],
    [[counter], '["1"]', /live resources of type counter/, '["1"]\n ^^^'],
    [[owners], '[[["a", "#1"], ["b", "x"]]]', /live resources/, '                     ^^^'],
    [[whole], '[{"allOf": ["#1", ""]}]', /live resources/, '                  ^^'],
    [[u8], `${'['.repeat(600)}`, /nested too deep/, '^'],
  ]
  for (const [types, text, problem, frame] of wrong) {
    test(`wrong: ${JSON.stringify(text.slice(0, 40))} ${problem.source}`, () => {
      const parsed = parseJsonArguments(callable(...types), text)
      assert.ok('problem' in parsed, JSON.stringify(parsed))
      assert.match(parsed.problem, problem)
      assert.ok(parsed.frame.endsWith(frame), parsed.frame)
    })
  }
})
