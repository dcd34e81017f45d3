/** Random WAC: whatever resolves can be encoded, nested and not, to valid components, and is the same when it was formatted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode } from '../../src/binary/index.ts'
import type { Composition } from '../../src/compose/composition.ts'
import { encodeComposition } from '../../src/compose/encode-composition.ts'
import { formatWac } from '../../src/compose/wac/format.ts'
import type { FoundPackage } from '../../src/compose/wac/package-finder.ts'
import { resolveWac } from '../../src/compose/wac/resolve.ts'
import { WacError } from '../../src/errors.ts'
import { validate } from '../../src/validation/index.ts'
import { parseWat } from '../../src/wat/index.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import fc from '../support/fast-check.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 250)

/** Types that are shared by name, by version and by resource, wanted in part and as a whole. */
const components: Readonly<Record<string, string>> = {
  'c:log': '(component (import "log" (func (param "s" string))) (export "go" (func 0)))',
  'c:io': `(component
    (import "w:p/io@0.2.0" (instance $i
      (export "s" (type $s (sub resource)))
      (export "e" (type (sub resource)))
      (export "[method]s.r" (func (param "self" (borrow $s))))))
    (export "w:p/io@0.2.0" (instance $i)))`,
  'c:more-io': `(component
    (import "w:p/io@0.2.3" (instance $i
      (export "s" (type $s (sub resource)))
      (export "[method]s.w" (func (param "self" (borrow $s))))))
    (export "w:p/io@0.2.3" (instance $i)))`,
  'c:user': `(component
    (import "w:p/io@0.2.1" (instance $i (export "s" (type $s (sub resource)))))
    (alias export $i "s" (type $s))
    (import "w:p/uses@0.2.1" (instance $u
      (alias outer 1 $s (type $t))
      (export "s" (type (eq $t)))
      (export "f" (func (param "x" (own $t))))))
    (export "out" (instance $u)))`,
}
const wit = `package w:p@0.2.3;
  interface io { resource s { r: func(); w: func(); } resource e; }
  interface uses { use io.{s}; f: func(x: s); }
  interface rec { record q { a: u8 } g: func(q: q) -> list<q>; }
  world wo { import io; export rec; }`

const packages = new Map<string, FoundPackage>([
  ...Object.entries(components).map(([name, text]): [string, FoundPackage] => [
    name,
    { kind: 'component', component: parseWat(text) },
  ]),
  ['w:p', { kind: 'wit', package: resolveWit({ files: [{ name: 'w.wit', text: wit }] }).main }],
])

/** Each with the names that it defines before those that use them. */
const statements = [
  'record point { x: u8 }',
  'type points = list<point>;',
  'variant shape { dot(point), line(points) }',
  'type callback = func(a: u8);',
  'import call: callback;',
  'world plain { import call: callback; }',
  'interface made { record p { a: u8 } resource r { constructor(a: p); m: async func() -> r; } f: func(x: borrow<r>) -> stream<p>; }',
  'interface used { use made.{p, r as r2}; g: func(a: p) -> future<r2>; }',
  'import u1: used;',
  'import m1: made;',
  'world whole { include plain; import made; use used.{r2}; export run: func(a: r2); export used; }',
  'import inline: interface { use used.{p}; h: func(a: p); };',
  'import io: w:p/io@0.2.3;',
  'import uses: w:p/uses@0.2.3;',
  'import rec: w:p/rec@0.2.3;',
  'import io2 as "x:y/z@1.0.0": w:p/io@0.2.3;',
  'import component as component: w:p/wo;',
  'interface mixed { use w:p/io@0.2.3.{s}; use w:p/rec@0.2.3.{q}; k: func(s: s, q: q); }',
  'import mixed2: mixed;',
  'world joined { include w:p/wo@0.2.3; export mixed; }',
  'let logging = new c:log { ... };',
  'let open-io = new c:io { ... };',
  'let open-more = new c:more-io { ... };',
  'let open-user = new c:user { ... };',
  'let given-io = new c:io { io };',
  'let user1 = new c:user { io, ... };',
  'let user2 = new c:user { io, uses };',
  'let user3 = new c:user { ...open-io, ... };',
  'let other-io = new c:io { io: io2 };',
  'let spread-io = new c:more-io { ...open-more };',
  'export logging.go;',
  'export u1;',
  'export m1 as made-again;',
  'export inline.h;',
  'export rec;',
  'export rec.g as g;',
  'export mixed2;',
  'export component as inner;',
  'export open-io.io as io-a;',
  'export open-more.io as io-b;',
  'export other-io.io as io-c;',
  'export spread-io...;',
  'export open-user.out as out-a;',
  'export user1.out as out-b;',
  'export user2.out as out-c;',
  'export points as points-again;',
  'export uses.f as f;',
]

const definers = new Map(
  statements.flatMap((text, index): [string, number][] => {
    const name = /^(?:import|let|record|variant|type|interface|world) ([a-z0-9-]+)/.exec(text)?.[1]
    return name === undefined ? [] : [[name, index]]
  }),
)

/** With all that they use, in order. */
function withDefinitions(chosen: readonly number[]): string {
  const all = new Set(chosen)
  for (const index of all) {
    for (const [word] of statements[index]!.matchAll(/[a-z][a-z0-9-]*/g)) {
      const definer = definers.get(word)
      if (definer !== undefined) all.add(definer)
    }
  }
  const lines = [...all].sort((a, b) => a - b).map((index) => statements[index]!)
  return `package my:app@1.0.0;\n${lines.join('\n')}\n`
}

const resolve = (text: string): Composition =>
  resolveWac({ name: 'x.wac', text }, { find: (name) => packages.get(name) }).composition

test('compositions that resolve are valid components', () => {
  let resolved = 0
  const any = fc.array(fc.nat({ max: statements.length - 1 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(any, (chosen) => {
      const text = withDefinitions(chosen)
      let composition: Composition
      try {
        composition = resolve(text)
      } catch (error) {
        if (error instanceof WacError) return
        throw error
      }
      resolved++
      for (const packages of ['nest', 'import'] as const)
        validate(decode(encodeComposition(composition, { packages })))
      assert.deepEqual(resolve(formatWac(text)).toJSON(), composition.toJSON())
    }),
    { numRuns },
  )
  assert.ok(resolved > numRuns / 4, `only ${resolved} of ${numRuns} resolve`)
})
