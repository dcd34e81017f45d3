/** Random components, and damaged ones: what is printed of them is WIT that can be read, and whose world they fit. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { encode } from '../../src/binary/encode.ts'
import type { ComponentType } from '../../src/component/extern-type.ts'
import { TenonError } from '../../src/errors.ts'
import { validate } from '../../src/validation/validate.ts'
import { parseWat } from '../../src/wat/index.ts'
import { decodeWit } from '../../src/wit/decode-wit.ts'
import { encodePackage } from '../../src/wit/encode-package.ts'
import { printWit } from '../../src/wit/print-wit.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { targets } from '../../src/wit/targets.ts'
import { worldType } from '../../src/wit/world-type.ts'
import { mutate, random } from '../hostile/mutate.ts'
import { arbitraryComponent, componentText } from '../support/arbitrary-component.ts'
import fc from '../support/fast-check.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 60)

test('random components', () => {
  fc.assert(
    fc.property(arbitraryComponent, (component) => {
      // Interfaces without names of their own cannot share resource types in WIT.
      const text = componentText(component).replaceAll('"api"', '"t:t/api"')
      const syntax = decode(parseWat(text))
      const type = validate(syntax)
      const decoded = decodeWit(syntax)
      assert.deepEqual(decoded.unprintable, [])
      assertFits(type, printWit(decoded))
    }),
    { numRuns },
  )
})

/** It can stand for any component of the printed world, and imports no less. */
function assertFits(type: ComponentType, printed: string): void {
  const files = [{ name: 'printed.wit', text: printed }]
  const world = resolveWit({ files }, { features: 'all' }).main.worlds.get('root')!
  assert.deepEqual(targets(type, world), [], printed)
  assert.deepEqual([...type.imports.keys()].sort(), [...worldType(world).imports.keys()].sort())
}

const names = ['a', 'b', 'world', 'c-2', 'type']
const everything = `package a:b@1.0.0;
interface i { record r { x: u8, y: option<string> } enum e { one, two } resource s { constructor(); m: async func(p: r) -> e; } type t = r; }
interface j { use i.{r, s, t as u}; variant v { a(r), b(list<s>) } f: func(p: u, s: borrow<s>) -> result<v, u>; g: func() -> stream<u8>; }
world w { use j.{v}; import i; import g: func(v: v); export j; export inline: interface { use i.{s}; h: func() -> own<s>; }
  resource own-one { constructor(); } import ${names.map((name) => `%${name}: func()`).join('; import ')}; }`

test('damaged packages in binary form, and damaged components', () => {
  const { main } = resolveWit({ files: [{ name: 'a.wit', text: everything }] })
  const component = parseWat(`(component
    (import "a:b/i" (instance $i (type $r (record (field "x" u8))) (export "r" (type $n (eq $r)))
      (export "s" (type $s (sub resource))) (export "[method]s.m" (func (param "self" (borrow $s)) (param "p" $n)))))
    (alias export $i "r" (type $r)) (alias export $i "s" (type $s))
    (import "a:b/j" (instance $j (alias outer 1 $r (type $r')) (export "r" (type $n (eq $r')))
      (alias outer 1 $s (type $s')) (export "s" (type $m (eq $s'))) (export "f" (func (param "a" $n) (param "b" (own $m))))))
    (import "log" (func (param "x" $r)))
    (import "label" (implements "a:b/i") (instance (export "f" (func))))
    (export "a:b/k" (instance $j)))`)
  const next = random(2026)
  const counts = { printed: 0, refused: 0 }
  for (const bytes of [encode(encodePackage(main)), component]) {
    for (let run = 0; run < 25 * numRuns; run++) {
      const mutant = mutate(bytes, [], next)
      try {
        const decoded = decodeWit(decode(mutant))
        const files = [{ name: 'printed.wit', text: printWit(decoded) }]
        if (!decoded.unprintable.some(({ what }) => what.startsWith('a package')))
          resolveWit({ files }, { features: 'all' })
        counts.printed++
      } catch (error) {
        if (!(error instanceof TenonError) || error.code === 'wit') {
          throw new Error(`run ${run} of ${Buffer.from(mutant).toString('hex')}`, { cause: error })
        }
        counts.refused++
      }
    }
  }
  assert.ok(counts.printed > 100 && counts.refused > 100, JSON.stringify(counts))
})
