import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Source } from '../../diagnostics/source.ts'
import { partPlace } from './part-place.ts'

test('parts of definitions are found behind their names', () => {
  /** `^` stands before the definition's name, `»` before the part. */
  const cases: readonly (readonly [text: string, part: string])[] = [
    ['record ^r { »a: u8, b: u8 }', 'a'],
    ['record ^r { a: tuple<b, b>, c: list<b>, »b: u8 }', 'b'],
    ['record ^r { a: b, /* b, */ // b,\n »%b: u8 }', 'b'],
    ['variant ^v { x(a), y(tuple<a>), »a(u8) }', 'a'],
    ['enum ^e { x, »a } flags f { a }', 'a'],
    ['^f: async func(x: list<a>, »a: option<x>) -> a;', 'a'],
    ['constructor^(»a: u8);', 'a'],
  ]
  for (const [marked, part] of cases) {
    const start = marked.indexOf('^')
    const text = marked.replace('^', '').replace('»', '')
    const found = partPlace({ source: new Source('a.wit', text), span: { start, end: start } }, part)
    assert.equal(found?.span.start, marked.replace('^', '').indexOf('»'), marked)
  }
})

test('and nowhere else', () => {
  const source = new Source('a.wit', 'record r { a: u8 } enum e { b } type t = b; f: func() -> b;')
  for (const name of ['r {', 't =', 'f:']) {
    const start = source.text.indexOf(name)
    assert.equal(partPlace({ source, span: { start, end: start + 1 } }, 'b'), undefined)
  }
})
