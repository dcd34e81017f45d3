import assert from 'node:assert/strict'
import { test } from 'node:test'
import { docComment } from './doc-comment.ts'

const since = { kind: 'since', version: '0.2.0', deprecated: undefined } as const
const unstable = { kind: 'unstable', feature: 'new-thing', deprecated: '0.3.0' } as const

test('comments', () => {
  const cases: readonly [Parameters<typeof docComment>[0], readonly string[]][] = [
    [{ docs: undefined }, []],
    [{ docs: ' \n ' }, []],
    [{ docs: 'One line.' }, ['/** One line. */']],
    [{ docs: 'Two\n\n  lines. ' }, ['/**', ' * Two', ' *', ' *   lines.', ' */']],
    [{ docs: undefined, stability: since }, ['/** @since 0.2.0 */']],
    [
      { docs: 'New.', stability: unstable },
      [
        '/**',
        ' * New.',
        ' *',
        ' * @experimental unstable feature `new-thing`',
        ' * @deprecated since 0.3.0',
        ' */',
      ],
    ],
    [{ docs: 'Own.', notes: ['@throws {E}'] }, ['/**', ' * Own.', ' *', ' * @throws {E}', ' */']],
  ]
  for (const [said, lines] of cases) assert.deepEqual(docComment(said), lines)
})

test('no docs end the comment, or change how the text around it is read', () => {
  const cases = [
    ['*/ x', '*\\/ x'],
    ['**/', '**\\/'],
    ['*/*/', '*\\/*\\/'],
    ['a\u2028*/', 'a\\u{2028}*\\/'],
    ['\u202etxt', '\\u{202e}txt'],
    ['\u0007\u001b[2J', '\\u{7}\\u{1b}[2J'],
    ['tab\tstays', 'tab\tstays'],
    ['/* // é 😀', '/* // é 😀'],
  ] as const
  for (const [docs, text] of cases) assert.deepEqual(docComment({ docs }), [`/** ${text} */`])
  assert.deepEqual(docComment({ docs: 'a\r*/\r\nb' }), ['/**', ' * a', ' * *\\/', ' * b', ' */'])
})
