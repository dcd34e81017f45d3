import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Source } from '../diagnostics/source.ts'
import { Lexer } from './lexer.ts'

function tokens(text: string): string[] {
  const lexer = new Lexer(new Source('x.wat', text))
  const all: string[] = []
  for (; lexer.kind !== 'end'; lexer.next()) all.push(lexer.kind === 'atom' ? lexer.text : lexer.kind)
  return all
}

describe('tokens', () => {
  const cases: [text: string, tokens: string[]][] = [
    ['', []],
    ['(module $m)', ['(', 'module', '$m', ')']],
    ['a;;b\nc', ['a', 'c']],
    ['a;;b\rc', ['a', 'c']],
    ['(;(;;);)a(;;)', ['a']],
    ['i32.const -0x1_f', ['i32.const', '-0x1_f']],
    ['$"a b" "s\\"t"', ['$"a b"', 'string']],
    ['(@name "x")', ['annotation', 'string', ')']],
    ['(@unknown , ; [ {} "s(" (x)) (a (@other)b)', ['(', 'a', 'b', ')']],
    ['(@a @ (@) (@"" (@ x)))', []],
    ['((@x)func)', ['(', 'func', ')']],
    ['(@"name" "x")', ['annotation', 'string', ')']],
    ["+-*/\\^~=<>!?@#$%&|:'`.", ["+-*/\\^~=<>!?@#$%&|:'`."]],
  ]
  for (const [text, wanted] of cases) test(text, () => assert.deepEqual(tokens(text), wanted))
})

describe('what is no token', () => {
  const cases: [text: string, message: string, column: number][] = [
    ['a"b"', 'unexpected token: white space is missing', 1],
    ['"a""b"', 'unexpected token: white space is missing', 1],
    ['"a"b', 'unexpected token: white space is missing', 1],
    ['a,b', 'unexpected token: white space is missing', 1],
    ['é', 'unexpected character', 1],
    ['a \u0001', 'unexpected character', 3],
    ['  "abc', 'this string does not close', 3],
    ['"a\nb"', 'this string does not close', 1],
    ['"a\tb"', 'control character in a string: write it as an escape', 3],
    ['(; (; ;)', 'this comment does not close', 1],
    [' (@)', 'empty annotation id', 2],
    ['(@"")', 'empty annotation id', 1],
    ['(@x (y)', 'unclosed annotation', 1],
    ['(@x \u0001)', 'unexpected character', 5],
  ]
  for (const [text, message, column] of cases) {
    test(JSON.stringify(text), () => {
      assert.throws(() => tokens(text), {
        name: 'WatError',
        message: new RegExp(`^${message.replace(/[()]/g, '\\$&')}\\n *--> x.wat:1:${column}\\n`),
      })
    })
  }
})

test('identifiers are the same with and without quotes', () => {
  const lexer = new Lexer(new Source('x.wat', '$ab $"ab" $"a\\u{62}" "$ab" ab'))
  const found = [lexer.identifier]
  while (lexer.next() !== 'end') found.push(lexer.identifier)
  assert.deepEqual(found, ['$ab', '$ab', '$ab', undefined, undefined])
})

test('an identifier is not empty', () => {
  for (const text of ['$', '$""']) {
    assert.throws(() => new Lexer(new Source('x.wat', text)).identifier, /^WatError: empty identifier/)
  }
})

test('a list is skipped whatever stands in it', () => {
  const lexer = new Lexer(new Source('x.wat', '(a ")" (; ) ;) ;; )\n $")" (b (c)) (@x ")")) next'))
  lexer.skipList()
  assert.equal(lexer.kind, ')')
  assert.equal(lexer.next() && lexer.text, 'next')
})

test('the word behind a parenthesis is seen from before it', () => {
  const lexer = new Lexer(new Source('x.wat', '( (;x;) (@x) param i32)'))
  assert.deepEqual([lexer.opens('param'), lexer.opens('par'), lexer.opens('i32')], [true, false, false])
  assert.equal(lexer.kind, '(')
})
