/** What lights up while a wire is drawn, and what both its ends say. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PortRef } from '../contract/graph.ts'
import type { Workshop } from '../contract/workshop.ts'
import { accepted, workshopWith } from './testing/examples.ts'

const end = (side: PortRef['side'], block: string, port?: string): PortRef => ({ block, side, port })

const stream = (name: string): string => `(instance (export "${name}" (type $r (sub resource)))
  (export "[method]${name}.read" (func (param "self" (borrow $r)) (result u8))))`
const workshop = await workshopWith([], {
  'source.wat': `(component
    (import "n" (func (result u32)))
    (import "t" (instance $t (export "a" (type (sub resource)))))
    (import "io" (instance $io ${stream('s').slice('(instance'.length)})
    (export "n" (func 0)) (export "io" (instance $io)))`,
  'user.wat': `(component
    (import "count" (func (result u32)))
    (import "text" (func (result string)))
    (import "io" ${stream('s')})
    (import "other" ${stream('x')}))`,
  'whole.wat': '(component (import "all" (instance (export "n" (func (result u32))))))',
})

const text = `package my:app;
import given: func() -> u32;
let source = new local:source { ... };
let user = new local:user { count: source.n, ... };
let whole = new local:whole { ... };
`

async function fits(from: PortRef, by: Workshop = workshop, of = text): Promise<string[]> {
  const found = await by.fitting(of, from)
  return found.map(({ port, verdict, reason }) => {
    const name = port.port === undefined ? port.block : `${port.block}.${port.port}`
    return `${name}: ${verdict}${reason === undefined ? '' : ` (${reason})`}`
  })
}

describe('from an export', () => {
  it('of a function: every import, with a reason where it differs', async () => {
    assert.deepEqual(await fits(end('export', 'source', 'n')), [
      'user.count: wired',
      'user.text: differs (result type: expected primitive `string` found primitive `u32`)',
      'user.io: differs (expected instance, found func)',
      'user.other: differs (expected instance, found func)',
      'whole.all: differs (expected instance, found func)',
    ])
  })

  it('of an instance with resources', async () => {
    const [, , io, other] = await fits(end('export', 'source', 'io'))
    assert.deepEqual([io, other], ['user.io: fits', 'user.other: differs (missing expected export `x`)'])
  })

  it('of a whole instance', async () => {
    assert.equal((await fits(end('export', 'source'))).at(-1), 'whole.all: fits')
  })

  it('of an import of the text', async () => {
    assert.equal(
      (await fits(end('export', 'given', 'given'))).find((each) => each.startsWith('user.count')),
      'user.count: wired',
    )
  })
})

it('from an import: exports, and instances that fit as a whole', async () => {
  assert.deepEqual(
    (await fits(end('import', 'whole', 'all'))).filter((each) => !each.includes('differs')),
    ['source: fits'],
  )
  const ends = await fits(end('import', 'source', 'n'))
  assert.ok(ends.includes('given.given: fits'))
})

it('from nowhere: nothing', async () => {
  for (const from of [end('export', 'gone', 'n'), end('export', 'source', 'gone'), end('import', 'source')])
    assert.deepEqual(await workshop.fitting(text, from), [])
})

it('resources have to come from where the others come from', async () => {
  const made = `(component
    (component $inner (core module $m (func (export "d"))) (type $r' (resource (rep i32)))
      (export $r "r" (type $r')))
    (instance $i (instantiate $inner)) (export "types" (instance $i))
    (component $user (import "types" (instance $t (export "r" (type (sub resource)))))
      (alias export $t "r" (type $r)) (core module $m (func (export "f") (result i32) (i32.const 0)))
      (core instance $c (instantiate $m))
      (type $own (own $r))
      (func $f (result $own) (canon lift (core func $c "f")))
      (instance $out (export "r" (type $r)) (export "open" (func $f)))
      (export "open" (func $f)))
    (instance $u (instantiate $user (with "types" (instance $i))))
    (export "open" (func $u "open")))`
  const user = `(component
    (import "types" (instance $t (export "r" (type (sub resource)))))
    (alias export $t "r" (type $r))
    (import "open" (func (result (own $r)))))`
  const by = await workshopWith([], { 'maker.wat': made, 'taker.wat': user })
  const of = `package my:app;
let a = new local:maker {};
let b = new local:maker {};
let taker = new local:taker { types: a.types, ... };
`
  const open = (await by.fitting(of, end('import', 'taker', 'open'))).filter(
    ({ port }) => port.port === 'open',
  )
  assert.deepEqual(
    open.map(({ port, verdict }) => [port.block, verdict]),
    [
      ['a', 'fits'],
      ['b', 'differs'],
    ],
  )
  // The types by themselves do not say so.
  const opened = end('import', 'taker', 'open')
  const [own, other] = [end('export', 'a', 'open'), end('export', 'b', 'open')]
  const fitting = accepted(await by.compare(of, own, opened))
  assert.deepEqual([fitting.fits, fitting.reason, fitting.rows[0]!.verdict], [true, undefined, 'fits'])
  const differing = accepted(await by.compare(of, other, opened))
  assert.deepEqual([differing.fits, differing.rows[0]!.verdict], [false, 'differs'])
  assert.match(differing.reason!, /resource types are not the same/)
})

describe('both ends beside each other', () => {
  it('of a wire that fits', async () => {
    const compared = accepted(
      await workshop.compare(text, end('export', 'source', 'io'), end('import', 'user', 'io')),
    )
    assert.deepEqual([compared.fits, compared.reason], [true, undefined])
    assert.deepEqual([compared.from, compared.to], ['source › io', 'user › io'])
    assert.deepEqual(
      compared.rows.map(({ name, verdict }) => [name, verdict]),
      [
        ['s', 'same'],
        ['[method]s.read', 'same'],
      ],
    )
  })

  it('of one that does not, from either end', async () => {
    const [from, to] = [end('export', 'source', 'n'), end('import', 'user', 'text')]
    const compared = accepted(await workshop.compare(text, to, from))
    assert.deepEqual(compared, await workshop.compare(text, from, to))
    assert.deepEqual(compared.rows, [
      {
        name: 'text',
        exported: 'func() -> u32',
        imported: 'func() -> string',
        verdict: 'differs',
        reason: 'result type: expected primitive `string` found primitive `u32`',
      },
    ])
    assert.equal(compared.reason, compared.rows[0]!.reason)
  })

  it('of what is not there: a refusal', async () => {
    const refusal = await workshop.compare(text, end('export', 'gone', 'n'), end('import', 'user', 'text'))
    assert.deepEqual(refusal, { refused: 'there is no such export: gone › n', cure: undefined })
  })
})
