import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Source } from '../diagnostics/source.ts'
import { type Node, parseSExpressions, type StringNode, stringBytes, stringText } from './s-expression.ts'

const parse = (text: string) => parseSExpressions(new Source('x.wat', text))

/** Lists as arrays, atoms as text, strings as they are written. */
function plain(text: string, nodes: readonly Node[] = parse(text)): unknown[] {
  return nodes.map((node) => {
    if (node.kind === 'list') return plain(text, node.items)
    return node.kind === 'atom' ? node.text : text.slice(node.span.start, node.span.end)
  })
}

test('lists, atoms and strings', () => {
  assert.deepEqual(plain('(a "b" (c)) d'), [['a', '"b"', ['c']], 'd'])
})

test('functions are read when they are asked for, with the same result', () => {
  assert.deepEqual(plain('(module (func $f (param i32) (func "x")) (func))'), [
    ['module', ['func', '$f', ['param', 'i32'], ['func', '"x"']], ['func']],
  ])
  assert.deepEqual(plain('(func(result i32))(functions a)'), [
    ['func', ['result', 'i32']],
    ['functions', 'a'],
  ])
})

test('spans are those of the whole source, in functions, too', () => {
  const text = '(a (func (b $c)))'
  const [list] = parse(text)
  assert.ok(
    list?.kind === 'list' && list.items[1]?.kind === 'list' && list.items[1].items[1]?.kind === 'list',
  )
  const { span } = list.items[1].items[1].items[1]!
  assert.equal(text.slice(span.start, span.end), '$c')
})

test('quoted identifiers become plain ones; annotations that mean something are lists', () => {
  assert.deepEqual(plain('(a $"b c" (@name "x") (@unknown (y)))'), [['a', '$b c', ['@name', '"x"']]])
})

test('nesting costs no stack', () => {
  const depth = 100_000
  let [node] = parse(`${'('.repeat(depth)}${')'.repeat(depth)}`)
  let count = 0
  for (; node?.kind === 'list'; node = node.items[0]) count++
  assert.equal(count, depth)
})

test('what strings denote', () => {
  const source = new Source('x.wat', '"a\\00\\ff\\t\\n\\r\\"\\\'\\\\\\u{1_F30a}é" "\\u{80}\\80"')
  const [first, second] = parseSExpressions(source) as StringNode[]
  const bytes = [0x61, 0, 0xff, 9, 10, 13, 0x22, 0x27, 0x5c, 0xf0, 0x9f, 0x8c, 0x8a, 0xc3, 0xa9]
  assert.deepEqual([...stringBytes(source, first!)], bytes)
  assert.deepEqual([...stringBytes(source, second!)], [0xc2, 0x80, 0x80])
  assert.throws(() => stringText(source, second!), /^WatError: malformed UTF-8 encoding/)
})
