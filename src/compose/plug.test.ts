import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode } from '../binary/decode.ts'
import { limits } from '../component/limits.ts'
import { CompositionError } from '../errors.ts'
import { validate } from '../validation/validate.ts'
import { parseWat } from '../wat/index.ts'
import { encodeComposition } from './encode-composition.ts'
import { explainImports } from './explain-imports.ts'
import { describeMisfit, type Part, plug } from './plug.ts'

/** Imports and exports interfaces with one function `f` of some parameters. */
function part(name: string, imports: readonly string[], exports: readonly string[]): Part {
  const wanted = imports.map((each) => {
    const [id, parameter] = each.split(' ')
    return `(import "${id}" (instance (export "f" (func ${parameters(parameter)}))))`
  })
  const given = exports.map((each, index) => {
    const [id, parameter] = each.split(' ')
    return `
      (core module $m${index} (func (export "f") ${parameter ? '(param i32)' : ''}))
      (core instance $i${index} (instantiate $m${index}))
      (func $f${index} ${parameters(parameter)} (canon lift (core func $i${index} "f")))
      (component $C${index} (import "f" (func $f ${parameters(parameter)})) (export "f" (func $f)))
      (instance $e${index} (instantiate $C${index} (with "f" (func $f${index}))))
      (export "${id}" (instance $e${index}))`
  })
  return { name, component: parseWat(`(component ${[...wanted, ...given].join('\n')})`) }
}

function parameters(type: string | undefined): string {
  return type ? `(param "n" ${type})` : ''
}

function wires({ connections }: ReturnType<typeof plug>): string[] {
  return connections.map((each) => `${each.to} ${each.import} ← ${each.from} ${each.export}`)
}

function imports(plugged: ReturnType<typeof plug>): string[] {
  return [...validate(decode(encodeComposition(plugged.composition))).imports.keys()]
}

const socket = part('a:socket', ['x:x/a@1.0.0', 'x:x/b'], ['x:x/main'])

test('plugs of plugs', () => {
  const plugged = plug(socket, [part('a:b', [], ['x:x/b']), part('a:a', ['x:x/b'], ['x:x/a@1.0.0'])])
  assert.deepEqual(wires(plugged), [
    'a:a x:x/b ← a:b x:x/b',
    'a:socket x:x/a@1.0.0 ← a:a x:x/a@1.0.0',
    'a:socket x:x/b ← a:b x:x/b',
  ])
  assert.deepEqual(imports(plugged), [])
  assert.deepEqual([plugged.misfits, plugged.unused], [[], []])
})

test('of versions that fit the same one, or else the highest', () => {
  const [low, high] = [
    part('a:low', [], ['x:x/a@1.0.0']),
    part('a:high', [], ['x:x/a@1.10.0', 'x:x/a@1.9.0']),
  ]
  assert.deepEqual(wires(plug(socket, [high, low])), ['a:socket x:x/a@1.0.0 ← a:low x:x/a@1.0.0'])
  assert.deepEqual(wires(plug(socket, [high])), ['a:socket x:x/a@1.0.0 ← a:high x:x/a@1.10.0'])
  assert.deepEqual(plug(socket, [high, low]).unused, ['a:high'])
})

test('what does not fit is said, and the next is taken', () => {
  const plugged = plug(socket, [part('a:wrong', [], ['x:x/b u32']), part('a:right', [], ['x:x/b'])])
  assert.deepEqual(wires(plugged), ['a:socket x:x/b ← a:right x:x/b'])
  assert.deepEqual(plugged.misfits.map(describeMisfit), [
    [
      '`x:x/b` of a:wrong does not fit the import `x:x/b` of a:socket:',
      '  f: expected 0 parameters, found 1',
      '  expected func()',
      '  found    func(n: u32)',
    ].join('\n'),
  ])
  assert.deepEqual(plugged.unused, ['a:wrong'])
  assert.deepEqual(imports(plugged), ['x:x/a@1.0.0'])
})

test('nothing that fits is an error that says what there is', () => {
  const plugs = [part('a:c', [], ['x:x/c']), part('a:wrong', [], ['x:x/b u32'])]
  assert.throws(
    () => plug(socket, plugs),
    (error) => {
      assert.ok(error instanceof CompositionError)
      assert.equal(error.problem, 'unplugged')
      assert.match(error.message, /^nothing that the plugs export fits an import of a:socket\n/)
      assert.match(error.message, /expected 0 parameters, found 1/)
      assert.match(error.message, /a:c exports x:x\/c/)
      assert.match(error.message, /a:socket imports x:x\/a@1\.0\.0, x:x\/b$/)
      return true
    },
  )
})

test('plugs that need each other are refused', () => {
  const plugs = [part('a:a', ['x:x/c'], ['x:x/a@1.0.0']), part('a:c', ['x:x/a@1.0.0'], ['x:x/c'])]
  assert.throws(() => plug(socket, plugs), /plugs need each other: a:a → a:c → a:a, for `x:x\/a@1\.0\.0`/)
})

test('plugs that need each other very deep are refused', () => {
  const line = (count: number): Part[] =>
    Array.from({ length: count }, (_, i) =>
      part(`a:p${i}`, [`x:x/i${i + 1}`], [i === 0 ? 'x:x/b' : `x:x/i${i}`]),
    )
  assert.equal(plug(socket, line(limits.plugDepth)).connections.length, limits.plugDepth)
  assert.throws(
    () => plug(socket, line(limits.plugDepth + 1)),
    (error) =>
      error instanceof CompositionError && error.problem === 'limit' && /301 deep/.test(error.message),
  )
})

test('choices that multiply are refused in time', () => {
  // Of each interface three plugs have it, and whether one fits, with a resource of its own or that of all, only its instance shows.
  const link = (number: number, isOwn: boolean): Uint8Array =>
    parseWat(`(component
      (import "x:x/t" (instance $t (export "r" (type (sub resource)))))
      (alias export $t "r" (type $r))
      (import "x:x/i${number + 1}" (instance
        (alias outer 1 $r (type $q)) (export "r" (type $o (eq $q))) (export "f" (func (param "x" (own $o))))))
      (core module $m (func (export "f") (param i32)))
      (core instance $i (instantiate $m))
      ${isOwn ? '(type $e (resource (rep i32)))' : '(alias export $t "r" (type $e))'}
      (func $f (param "x" (own $e)) (canon lift (core func $i "f")))
      (component $S
        (import "r" (type $g (sub resource))) (import "f" (func $f (param "x" (own $g))))
        (export $w "r" (type $g)) (export "f" (func $f) (func (param "x" (own $w)))))
      (instance $s (instantiate $S (with "r" (type $e)) (with "f" (func $f))))
      (export "x:x/i${number}" (instance $s)))`)
  const plugs = Array.from({ length: 14 }, (_, i) =>
    ['a', 'b', 'c'].map((kind) => ({ name: `a:${kind}${i + 1}`, component: link(i + 1, kind !== 'c') })),
  ).flat()
  assert.throws(
    () => plug({ name: 'a:socket', component: link(0, false) }, plugs),
    (error) =>
      error instanceof CompositionError && error.problem === 'limit' && /too many ways/.test(error.message),
  )
})

test('why what is open is open', () => {
  const { composition } = plug(socket, [part('a:b', [], ['x:x/b', 'x:x/a@2.0.0', 'y:y/a u8', 'x:x/zebra'])])
  const [open, ...others] = explainImports(composition)
  assert.deepEqual(others, [])
  assert.equal(open!.name, 'x:x/a@1.0.0')
  assert.deepEqual(
    open!.candidates.map((each) => [each.export, ...each.why]),
    [
      ['x:x/a@2.0.0', 'its version cannot take the place of the one that is wanted'],
      [
        'y:y/a',
        'it is called otherwise',
        'its type differs: f: expected 0 parameters, found 1',
        '  expected func()',
        '  found    func(n: u8)',
      ],
      ['x:x/main', 'it is called otherwise'],
    ],
  )
})
