import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from '../../../../test/support/fast-check.ts'
import type { FormType } from '../../contract/run.ts'
import { arbitraryForm, arbitraryFormType } from './arbitrary-form.ts'
import { type Callable, parseCallText, printCall } from './call-text.ts'
import { blank } from './form-value.ts'

const u32: FormType = { kind: 'integer', bits: 32, signed: false }
const counter: FormType = { kind: 'borrow', resource: 'counter' }

function callable(types: readonly FormType[], label = 'f', resource?: string): Callable {
  return { label, resource, parameters: types.map((type, index) => ({ name: `p${index}`, type })) }
}

suite('a call as text', () => {
  test('forms → text → forms, for types of every kind', () => {
    const calls = fc
      .array(arbitraryFormType(), { maxLength: 3 })
      .chain((types) => fc.tuple(fc.constant(types), fc.tuple(...types.map(arbitraryForm))))
    fc.assert(
      fc.property(calls, ([types, forms]) => {
        const call = callable(types)
        const printed = printCall(call, forms)
        assert.ok('text' in printed, JSON.stringify(printed))
        const parsed = parseCallText(call, printed.text)
        assert.ok('forms' in parsed, JSON.stringify(parsed))
        assert.deepEqual(parsed.forms, forms)
        assert.deepEqual(parsed.parameters, printed.parameters)
      }),
      { numRuns: 300 },
    )
  })

  test('methods are called by their resource and name, and resources by their number', () => {
    const call = callable([counter, u32], 'add', 'counter')
    const printed = printCall(call, [
      { kind: 'text', text: '#12' },
      { kind: 'text', text: '3' },
    ])
    assert.deepEqual(printed, { parameters: ['#12', '3'], text: 'counter.add(#12, 3)' })
    assert.deepEqual(parseCallText(call, ' counter.add( #12, 3 )'), {
      forms: [
        { kind: 'text', text: '#12' },
        { kind: 'text', text: '3' },
      ],
      parameters: ['#12', '3'],
    })
  })

  test('all that is wrong in the forms is said, each at its path', () => {
    const pair: FormType = {
      kind: 'record',
      fields: [
        { name: 'x', type: u32 },
        { name: 'tags', type: { kind: 'list', type: { kind: 'char' }, length: undefined } },
      ],
    }
    const printed = printCall(callable([pair]), [
      {
        kind: 'parts',
        parts: [
          { kind: 'text', text: '-1' },
          {
            kind: 'items',
            items: [
              { kind: 'text', text: 'a' },
              { kind: 'text', text: '' },
            ],
          },
        ],
      },
    ])
    assert.ok('problems' in printed)
    assert.deepEqual(
      printed.problems.map(({ path }) => path.join('.')),
      ['p0.x', 'p0.tags.1'],
    )
  })

  test('of two equal keys of a map the second is refused', () => {
    const map: FormType = { kind: 'map', key: u32, value: { kind: 'bool' } }
    const entry = {
      kind: 'parts',
      parts: [
        { kind: 'text', text: '1' },
        { kind: 'bool', on: true },
      ],
    } as const
    const printed = printCall(callable([map]), [{ kind: 'items', items: [entry, entry] }])
    assert.ok('problems' in printed)
    assert.match(printed.problems[0]!.problem, /given twice/)
  })

  const wrong: readonly (readonly [text: string, problem: RegExp, frame: string])[] = [
    ['f(x)', /expected u32/, 'f(x)\n  ^'],
    ['f(1', /expected/, 'f(1\n   ^'],
    ['g(1)', /This form calls f/, 'g(1)\n^'],
    ['f(1, 2)', /expected 1 argument, found 2/, 'f(1, 2)\n     ^'],
    ['f(99999999999)', /out of range/, 'f(99999999999)\n  ^^^^^^^^^^^'],
    [`f(\n  ${'9'.repeat(100)})`, /out of range/, `  ${'9'.repeat(40)}…\n  ${'^'.repeat(40)}`],
  ]
  for (const [text, problem, frame] of wrong) {
    test(`wrong: ${JSON.stringify(text.slice(0, 20))}`, () => {
      const parsed = parseCallText(callable([u32]), text)
      assert.ok('problem' in parsed)
      assert.match(parsed.problem, problem)
      assert.equal(parsed.frame, frame)
    })
  }

  test('a word is no resource', () => {
    const parsed = parseCallText(callable([counter]), 'f(r1)')
    assert.ok('problem' in parsed)
    assert.match(parsed.problem, /by its number/)
  })

  test('a blank form of numbers can be called at once', () => {
    const types: readonly FormType[] = [u32, { kind: 'float', bits: 64 }, { kind: 'option', type: u32 }]
    assert.deepEqual(printCall(callable(types), types.map(blank)), {
      parameters: ['0', '0', 'none'],
      text: 'f(0, 0, none)',
    })
  })
})
