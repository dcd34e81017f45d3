/** Instances that consist of what other instances gave: mostly nobody has to look into them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode } from '../binary/decode.ts'
import type { ExternType, InstanceType, TypeExtern } from '../component/extern-type.ts'
import { ValidationError } from '../errors.ts'
import { parseWat } from '../wat/index.ts'
import { Reporter } from './reporter.ts'
import { ExternList } from './scope.ts'
import { Substitution } from './substitution.ts'
import { TypeStore } from './type-store.ts'
import { validate } from './validate.ts'

const codes = `(instance
  (type $enum (enum "closed" "full")) (export "code" (type $code (eq $enum)))
  (type $record (record (field "code" $code))) (export "stat" (type $stat (eq $record)))
  (export "stream" (type $stream (sub resource)))
  (export "[method]stream.flush" (func (param "self" (borrow $stream)) (result $stat))))`

/** Lends what it imports, in an instance of its own. */
const lender = `(component $Lender
  (import "codes" (instance $codes ${codes.slice('(instance'.length)})
  (alias export $codes "stat" (type $stat))
  (alias export $codes "[method]stream.flush" (func $flush))
  (instance $lent (export "stat" (type $stat)) (export "flush" (func $flush)))
  (export "lent" (instance $lent))
  (export "codes" (instance $codes)))`

const imported = (name: string): string =>
  `(import "${name}" (instance $${name} ${codes.slice('(instance'.length)})`

const lend = (from: string): string => `
  (instance $lender (instantiate $Lender (with "codes" (instance ${from}))))
  (alias export $lender "lent" (instance $given))`

const check = (...parts: string[]) => validate(decode(parseWat(`(component ${parts.join('\n')})`)))

test('what an imported instance gave may be exported, and has its types', () => {
  const { imports, exports } = check(
    imported('a'),
    imported('b'),
    lender,
    lend('$b'),
    '(export "lent" (instance $given))',
  )
  const exportsOf = (name: string) => (imports.get(name) as InstanceType).exports
  const [a, b] = [exportsOf('a'), exportsOf('b')]
  const lent = (exports.get('lent') as InstanceType).exports
  assert.deepEqual([...lent.keys()], ['stat', 'flush'])
  const typeIn = (from: InstanceType['exports'], name: string) => (from.get(name) as TypeExtern).type
  assert.equal(typeIn(lent, 'stat'), typeIn(b, 'stat'))
  assert.notEqual(typeIn(lent, 'stat'), typeIn(a, 'stat'))
  const flush = lent.get('flush')
  assert.ok(flush?.kind === 'function' && flush.parameters[0]?.type.kind === 'borrow')
  assert.equal(flush.parameters[0].type.resource, typeIn(b, 'stream'))
  assert.equal(flush.result, typeIn(b, 'stat'))
})

test('what an instance that is handed on gives has the types of the one that was given', () => {
  const { imports, exports } = check(
    imported('a'),
    lender,
    '(instance $lender (instantiate $Lender (with "codes" (instance $a)))) (alias export $lender "codes" (instance $codes))',
    lend('$codes').replace('$lender', '$again').replace('$lender', '$again'),
    '(export "lent" (instance $given))',
  )
  const stat = ((exports.get('lent') as InstanceType).exports.get('stat') as TypeExtern).type
  assert.equal(stat, ((imports.get('a') as InstanceType).exports.get('stat') as TypeExtern).type)
})

for (const [what, use] of Object.entries({
  'put together of it': `(alias export $own "flush" (func $f)) (instance $bag (export "f" (func $f))) (export "bag" (instance $bag))`,
  'lent by a component that it was given to': `${lender} ${lend('$own')} (export "lent" (instance $given))`,
})) {
  test(`an instance that nobody can name is not exported in one ${what}`, () => {
    const maker = `(component $Maker
      (type $r (resource (rep i32))) (export $stream "stream" (type $r))
      (type $e (enum "closed" "full")) (export $code "code" (type $e))
      (type $s (record (field "code" $code))) (export $stat "stat" (type $s))
      (core module $m (func (export "flush") (param i32) (result i32) unreachable))
      (core instance $i (instantiate $m))
      (func $flush (param "self" (borrow $stream)) (result $stat) (canon lift (core func $i "flush")))
      (export "flush" (func $flush))
      (export "[method]stream.flush" (func $flush)))
      (instance $own (instantiate $Maker))`
    const refused = (error: unknown): boolean =>
      error instanceof ValidationError && /mentions a type that is not exported/.test(error.message)
    assert.throws(() => check(maker, use), refused)
    // It has a name once it is exported.
    check(maker, '(export "own" (instance $own))', use)
  })
}

function untouched(exports: Map<string, ExternType>): Map<string, ExternType> {
  exports.get = () => assert.fail('nobody asked for it')
  return exports
}

const type = { kind: 'enum', names: ['a'] } as const
const extern = { kind: 'type', bound: 'eq', type } as const

test('types of an instance are made visible when somebody looks for one', () => {
  const list = new ExternList('import')
  const sides = [list, new ExternList('export', list)]
  const exports = untouched(new Map([['t', extern]]))
  list.showAll(exports, ['t'])
  for (const side of sides) assert.ok(side.seesAll(exports))
  exports.get = () => extern
  for (const side of sides) assert.ok(side.sees(type))
})

test('types of an instance are replaced when somebody looks at one', () => {
  const substitution = new Substitution(new TypeStore(new Reporter(), 0))
  const exports = untouched(new Map([['t', extern]]))
  const by = untouched(new Map([['t', extern]]))
  substitution.replaceInstance({ exports, by, typeNames: ['t'] })
  assert.equal(substitution.instanceLater({ kind: 'instance', exports }).exports, by)
  assert.deepEqual(substitution.instancesInPlaceOf([exports]), [by])
  assert.equal(substitution.instancesInPlaceOf([exports, by]), undefined)
  const other = { ...type }
  exports.get = () => extern
  by.get = () => ({ ...extern, type: other })
  assert.equal(substitution.value(type), other)
})
