import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode } from '../binary/decode.ts'
import type { FunctionType, InstanceType, TypeExtern } from '../component/extern-type.ts'
import { parseWat } from '../wat/index.ts'
import { ValidationError } from '../errors.ts'
import { validate } from './validate.ts'

const streams = `(instance
  (export "stream" (type $stream (sub resource)))
  (type $code (enum "closed" "full")) (export "code" (type $c (eq $code)))
  (type $own (own $stream)) (type $self (borrow $stream)) (type $result (result (error $c)))
  (export "open" (func (result $own)))
  (export "[method]stream.flush" (func (param "self" $self) (result $result))))`

/** Imports an interface, takes a function of it, and lends both on. */
const user = `(component $User
  (type $streams ${streams})
  (import "streams" (instance $streams (type $streams)))
  (alias export $streams "stream" (type $stream))
  (import "flush" (func $flush (param "self" (borrow $stream))))
  (alias export $streams "open" (func $open))
  (export "streams" (instance $streams))
  (export "open" (func $open)))`

const twoImports = `
  (type $streams ${streams})
  (import "first" (instance $first (type $streams)))
  (import "second" (instance $second (type $streams)))
  (alias export $first "stream" (type $stream))
  (import "flush" (func $flush (param "self" (borrow $stream))))`

test('what a component gives on mentions the types of what it was given', () => {
  const { exports } = validate(
    decode(
      parseWat(`(component ${twoImports} ${user}
        (instance $user (instantiate $User (with "streams" (instance $first)) (with "flush" (func $flush))))
        (alias export $user "streams" (instance $streams))
        (export "streams" (instance $streams))
        (alias export $user "open" (func $open))
        (export "open" (func $open)))`),
    ),
  )
  const { exports: all } = exports.get('streams') as InstanceType
  assert.deepEqual([...all.keys()], ['stream', 'code', 'open', '[method]stream.flush'])
  const open = all.get('open')!
  const stream = all.get('stream')!
  assert.ok(open.kind === 'function' && open.result?.kind === 'own' && stream.kind === 'type')
  assert.equal(open.result.resource, stream.type)
  assert.deepEqual(exports.get('open'), open)
})

/** More than there are places for what was asked for. */
const others = Array.from({ length: 300 }, (_, i) => `(export "code-${i}" (type (eq $code)))`).join('\n')
const wide = streams.replace(/\)$/, `${others})`)

for (const [kind, instance] of Object.entries({ declared: streams, 'declared wide': wide })) {
  test(`instances of one ${kind} type have resource types of their own`, () => {
    const give = (name: string): unknown => {
      const text = `(component ${twoImports} ${user}
        (alias export $first "open" (func))
        (instance (instantiate $User (with "streams" (instance ${name})) (with "flush" (func $flush)))))`
      return validate(decode(parseWat(text.replaceAll(streams, instance))))
    }
    give('$first')
    assert.throws(
      () => give('$second'),
      (error) =>
        error instanceof ValidationError &&
        /type mismatch for import `flush`: .*resource/.test(error.message),
    )
  })
}

test('handed on from component to component, more often than substitutions are put off', () => {
  const depth = 20
  const pass = (inner: string, level: number): string => `(component $C${level}
    (type $streams ${streams})
    (import "streams" (instance $streams (type $streams)))
    ${inner}
    ${level === 0 ? '' : `(instance $made (instantiate $C${level - 1} (with "streams" (instance $streams))))`}
    ${level === 0 ? '' : '(alias export $made "streams" (instance $given))'}
    (export "streams" (instance ${level === 0 ? '$streams' : '$given'})))`
  let text = ''
  for (let level = 0; level < depth; level++) text = pass(text, level)
  const { imports, exports } = validate(decode(parseWat(text.replace(/^\(component \$C\d+/, '(component'))))
  const given = (imports.get('streams') as InstanceType).exports
  const got = (exports.get('streams') as InstanceType).exports
  assert.deepEqual([...got.keys()], [...given.keys()])
  assert.deepEqual(got.get('[method]stream.flush'), given.get('[method]stream.flush'))
  const [imported, exported] = [given, got].map((each) => each.get('stream') as TypeExtern)
  assert.equal(exported!.type, imported!.type)
  const flush = got.get('[method]stream.flush') as FunctionType
  assert.ok(flush.result?.kind === 'result')
  assert.equal(flush.result.error, (given.get('code') as TypeExtern).type)
})

test('an instance is exported where the types that it was given have names', () => {
  const check = (given: string): unknown =>
    validate(
      decode(
        parseWat(`(component
          (component $Maker
            (type $shape (record (field "x" u32)))
            (import "point" (type $point (eq $shape)))
            (import "make" (func $make (result $point)))
            (instance $maker (export "make" (func $make)))
            (export "maker" (instance $maker)))
          (type $local (record (field "x" u32)))
          (import "point" (type $named (eq $local)))
          (import "make" (func $make (result $named)))
          (instance $made (instantiate $Maker (with "point" (type ${given})) (with "make" (func $make))))
          (alias export $made "maker" (instance $maker))
          (export "maker" (instance $maker)))`),
      ),
    )
  check('$named')
  assert.throws(
    () => check('$local'),
    (error) => error instanceof ValidationError && /mentions a type that is not exported/.test(error.message),
  )
})
