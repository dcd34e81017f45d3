import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode } from '../binary/decode.ts'
import type { ComponentType, FunctionType, InstanceType, TypeExtern } from '../component/extern-type.ts'
import { parseWat } from '../wat/index.ts'
import { ValidationError } from '../errors.ts'
import { validate } from './validate.ts'

const check = (text: string): ComponentType => validate(decode(parseWat(text)))

const shapes = `(instance
  (type $point (record (field "x" u32)))
  (export "point" (type $p (eq $point)))
  (export "shape" (type $shape (sub resource)))
  (type $own (own $shape)) (type $list (list $p)) (type $result (result $own (error $p)))
  (export "make" (func (param "points" $list) (result $result))))`

/** Two imports of the interface, so that the second has types of its own. */
const twice = `
  (type $shapes ${shapes})
  (import "first" (instance (type $shapes)))
  (import "second" (instance $second (type $shapes)))
  (alias export $second "make" (func $make))`

test('a function of an instance mentions the types of that instance, and is an object like any other', () => {
  const { exports } = check(`(component ${twice}
    (alias export $second "shape" (type $shape))
    (export "shape" (type $shape))
    (export "make" (func $make)))`)
  const make = exports.get('make') as FunctionType
  const { type: shape } = exports.get('shape') as TypeExtern
  assert.deepEqual(make, {
    kind: 'function',
    async: false,
    parameters: [
      {
        name: 'points',
        type: {
          kind: 'list',
          element: { kind: 'record', fields: [{ name: 'x', type: { kind: 'u32' } }] },
          length: undefined,
        },
      },
    ],
    result: {
      kind: 'result',
      ok: { kind: 'own', resource: shape },
      error: { kind: 'record', fields: [{ name: 'x', type: { kind: 'u32' } }] },
    },
  })
})

test('handed on from component to component, more often than substitutions are put off', () => {
  const depth = 20
  let inner = '(alias export $second "make" (func $given))'
  for (let level = 1; level < depth; level++) {
    inner = `(component $C (type $shapes ${shapes})
        (import "first" (instance (type $shapes)))
        (import "second" (instance $second (type $shapes)))
        ${inner}
        (alias export $second "shape" (type $shape))
        (export "shape" (type $shape))
        (export "make" (func $given)))
      (instance $made (instantiate $C (with "first" (instance $second)) (with "second" (instance $second))))
      (alias export $made "make" (func $given))`
  }
  const { imports, exports } = check(`(component
    (type $shapes ${shapes})
    (import "second" (instance $second (type $shapes)))
    ${inner}
    (export "make" (func $given)))`)
  const second = imports.get('second') as InstanceType
  const make = exports.get('make') as FunctionType
  assert.deepEqual(make, second.exports.get('make'))
  assert.ok(make.result?.kind === 'result' && make.result.ok?.kind === 'own')
  assert.equal(make.result.ok.resource, (second.exports.get('shape') as TypeExtern).type)
})

/** More parts than are looked at before the function is. */
const many = Array.from({ length: 100 }, (_, i) => `(param "p${i}" $p)`).join(' ')

for (const [size, parameters] of Object.entries({ few: '(param "p" $p)', many })) {
  test(`what a function of ${size} parts mentions must have a name where it is exported`, () => {
    const type = `(instance
      (type $point (record (field "x" u32)))
      (export "point" (type $p (eq $point)))
      (export "draw" (func ${parameters})))`
    const draw = (name: string): unknown =>
      check(`(component
        (component $Lender
          (type $points ${type})
          (import "first" (instance (type $points)))
          (import "second" (instance $second (type $points)))
          (alias export $second "draw" (func $draw))
          (instance $api (export "draw" (func $draw)))
          (export "api" (instance $api)))
        (component $Maker
          (type $point (record (field "x" u32)))
          (import "point" (type $p (eq $point)))
          (import "draw" (func $draw ${parameters}))
          (instance $points (export "point" (type $p)) (export "draw" (func $draw)))
          (export "points" (instance $points)))
        (type $point (record (field "x" u32)))
        (import "point" (type $p (eq $point)))
        (import "draw" (func $draw ${parameters}))
        (instance $maker (instantiate $Maker (with "point" (type ${name})) (with "draw" (func $draw))))
        (alias export $maker "points" (instance $points))
        (instance $lender (instantiate $Lender (with "first" (instance $points)) (with "second" (instance $points))))
        (alias export $lender "api" (instance $api))
        (export "api" (instance $api)))`)
    draw('$p')
    assert.throws(
      () => draw('$point'),
      (error) =>
        error instanceof ValidationError && /mentions a type that is not exported/.test(error.message),
    )
  })
}
