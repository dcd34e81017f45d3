import assert from 'node:assert/strict'
import { it } from 'node:test'
import { parseWat } from '../../wat/index.ts'
import type { Place } from '../../wit/problems.ts'
import { analyzeWac } from './analyze.ts'
import type { PackageFinder } from './package-finder.ts'

const component = parseWat('(component (import "log" (func)) (export "go" (func 0)))')
const finder: PackageFinder = {
  find: (name) => (name === 'docs:adder' ? { kind: 'component', component } : undefined),
}

const written = (place: Place | undefined): string | undefined =>
  place && `${place.span.start} ${place.source.text.slice(place.span.start, place.span.end)}`

it('analyzeWac tells what it can of a text that is half written', () => {
  const text = `package my:app;
import log: func();
let a = new docs:adder { log };
interface i { record r { n: u8 } f: func(r: r); }
world w { import i; }
type t = u8;
export a.
export log;
let b = new docs:adder { lg };`
  const { syntax, problems, references, names } = analyzeWac({ name: 'app.wac', text }, finder)
  assert.equal(syntax?.statements.length, 7)
  assert.deepEqual(
    problems.map(({ message }) => message),
    ['expected an identifier, found keyword `export`', 'undefined name `lg`'],
  )
  assert.deepEqual(
    Array.from(names, ([name, each]) => [name, each.text, each.exports]),
    [
      ['log', 'func()', []],
      ['a', 'instance { go }', ['go']],
      ['i', 'interface { r, f }', []],
      ['w', 'world that imports { my:app/i } and exports {  }', []],
      ['t', 'type u8', []],
      ['b', undefined, []],
    ],
  )
  const use = { start: text.indexOf('log }'), end: text.indexOf('log }') + 3 }
  const { source } = names.get('log')!.place
  assert.equal(written(references.at({ source, span: use })?.to), `${text.indexOf('log:')} log`)
  const imported = text.indexOf('i; }')
  const interfaceOf = references.at({ source, span: { start: imported, end: imported + 1 } })
  assert.equal(written(interfaceOf?.to), `${text.indexOf('i {')} i`)
})
