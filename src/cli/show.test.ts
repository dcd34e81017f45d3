import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { runCli } from '../../test/support/run-cli.ts'
import { harmless } from './show.ts'
import { styleFor } from './terminal.ts'

describe('what people read', () => {
  for (const [name, text, shown] of [
    ['lines, tabs and other languages', 'a\tb\nжук 漢字 🦀', 'a\tb\nжук 漢字 🦀'],
    ['a window title', '\x1b]0;mine\x07', '\\u{1b}]0;mine\\u{7}'],
    ['a cleared screen', '\x1b[2J', '\\u{1b}[2J'],
    ['hidden text', '\x1b[8m', '\\u{1b}[8m'],
    ['an overwritten line', 'error\rfine ', 'error\\u{d}fine '],
    ['a bell before what looks like a colour', '\x07[31m', '\\u{7}[31m'],
    ['an escape of one byte', '\x9b2J', '\\u{9b}2J'],
    ['text from right to left', 'a\u202eb', 'a\\u{202e}b'],
  ] as const) {
    test(name, () => assert.equal(harmless(text, true), shown))
  }

  test('colours that do not end', () => {
    assert.equal(harmless('\x1b[31mred \x1b[1mbold\x1b[22m', true), '\x1b[31mred \x1b[1mbold\x1b[22m\x1b[0m')
  })
  test('colours where there are none', () => {
    assert.equal(harmless('\x1b[31mred\x1b[39m', false), '\\u{1b}[31mred\\u{1b}[39m')
  })
  test('what the tool itself colours', (t) => {
    t.after(() => delete process.env.FORCE_COLOR)
    process.env.FORCE_COLOR = '1'
    const style = styleFor(1)
    for (const format of [['bold', 'red'], 'bold', 'dim', 'cyan', 'green', 'magenta', 'yellow'] as const) {
      const text = style(typeof format === 'string' ? format : [...format], 'x')
      assert.notEqual(text, 'x')
      assert.equal(harmless(text, true), text)
    }
  })
})

const component = `(component
  (core module $"\\1b]0;m\\07" (func $"\\1b[2Jf" (export "f") unreachable))
  (core instance $i (instantiate 0))
  (func (export "f") (canon lift (core func $i "f"))))`
const invalid = `(component (core module $m) (core instance $i (instantiate $m))
  (alias core export $i "\\1b[2J" (core func)))`

for (const [args, input] of [
  [['call', '-', 'f()'], component],
  [['inspect', '-'], component],
  [['validate', '-'], invalid],
  [['wit', '-'], invalid],
] as const) {
  test(`tenon ${args[0]} shows no name as it is`, async () => {
    const { stdout, stderr } = await runCli(args, { input })
    const both = stdout + stderr
    assert.ok(both.includes('\\u{1b}'), both)
    assert.doesNotMatch(both, /(?!\n)\p{Cc}/u)
  })
}

test('no name makes lines of its own', async () => {
  const named = component.replace('\\1b[2Jf', 'f\\0atrap: none')
  const { stderr } = await runCli(['call', '-', 'f()'], { input: named })
  assert.match(stderr, /\n {4}0: f\\u\{a\}trap: none \(/)
  const wrong = invalid.replace('\\1b[2J', 'g`\\0avalid')
  const { stdout } = await runCli(['validate', '-'], { input: wrong })
  assert.match(stdout, /^error: .*g`\\u\{a\}valid/)
})
