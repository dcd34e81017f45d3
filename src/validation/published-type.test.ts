import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { decode } from '../binary/decode.ts'
import type { ComponentType, ExternType, FunctionType, TypeExtern } from '../component/extern-type.ts'
import type { ValueType } from '../component/value-type.ts'
import { publish } from './published-type.ts'
import { Reporter } from './reporter.ts'
import { TypeStore } from './type-store.ts'
import { validate } from './validate.ts'

async function typeOf(text: string): Promise<ComponentType> {
  return validate(decode(await assemble(`(component ${text})`)))
}

/** The item at a path of names: the first an import's or export's, the others exports of instances. */
function at(type: ComponentType, ...[first, ...rest]: string[]): ExternType {
  let found = type.imports.get(first!) ?? type.exports.get(first!)
  for (const name of rest) found = found?.kind === 'instance' ? found.exports.get(name) : undefined
  return found ?? assert.fail(`there is no ${[first, ...rest].join(' › ')}`)
}

const named = (type: ComponentType, ...path: string[]): TypeExtern['type'] =>
  (at(type, ...path) as TypeExtern).type
const bound = (type: ComponentType, ...path: string[]): string => (at(type, ...path) as TypeExtern).bound
const parameter = (type: ComponentType, ...path: string[]): ValueType | undefined =>
  (at(type, ...path) as FunctionType).parameters[0]?.type

test('imports and exports with full types', async () => {
  const type = await typeOf(`
    (import "log" (func (param "msg" string)))
    (core module $m (func (export "add") (param i32 i32) (result i32) unreachable))
    (core instance $i (instantiate $m))
    (func (export "add") (param "a" s32) (param "b" s32) (result s32) (canon lift (core func $i "add")))`)
  assert.deepEqual(type, {
    kind: 'component',
    imports: new Map([
      [
        'log',
        {
          kind: 'function',
          async: false,
          parameters: [{ name: 'msg', type: { kind: 'string' } }],
          result: undefined,
        },
      ],
    ]),
    exports: new Map([
      [
        'add',
        {
          kind: 'function',
          async: false,
          parameters: [
            { name: 'a', type: { kind: 's32' } },
            { name: 'b', type: { kind: 's32' } },
          ],
          result: { kind: 's32' },
        },
      ],
    ]),
  })
})

test('functions mention the type under its name', async () => {
  const type = await typeOf(`
    (type $rec (record (field "x" u32)))
    (import "rec" (type $named (eq $rec)))
    (import "f" (func (param "r" $named)))`)
  assert.equal(parameter(type, 'f'), named(type, 'rec'))
})

test('a primitive with a name is told from one without', async () => {
  const type = await typeOf(`
    (type $u u64) (import "duration" (type $d (eq $u)))
    (import "f" (func (param "a" $d)))
    (import "g" (func (param "a" u64)))`)
  assert.equal(parameter(type, 'f'), named(type, 'duration'))
  assert.notEqual(parameter(type, 'g'), named(type, 'duration'))
})

test('a type that another interface uses is one object', async () => {
  const type = await typeOf(`
    (import "a:b/types" (instance $types
      (type $t (record (field "x" u32)))
      (export "t" (type (eq $t)))))
    (alias export $types "t" (type $t))
    (import "a:b/user" (instance
      (alias outer 1 $t (type $used))
      (export "t" (type $own (eq $used)))
      (export "f" (func (param "t" $own)))))`)
  assert.equal(named(type, 'a:b/user', 't'), named(type, 'a:b/types', 't'))
  assert.equal(parameter(type, 'a:b/user', 'f'), named(type, 'a:b/types', 't'))
})

test('a component that only passes on keeps the types of its arguments', async () => {
  const type = await typeOf(`
    (import "a:b/types" (instance $types
      (type $t (record (field "x" u32)))
      (export "t" (type $n (eq $t)))
      (export "r" (type $r (sub resource)))
      (export "f" (func (param "t" $n)))))
    (alias export $types "t" (type $t))
    (alias export $types "r" (type $r))
    (alias export $types "f" (func $f))
    (component $shim
      (type $t (record (field "x" u32)))
      (import "import-type-t" (type $import-t (eq $t)))
      (import "import-type-r" (type $import-r (sub resource)))
      (import "import-func-f" (func $import-f (param "t" $import-t)))
      (export $export-t "t" (type $import-t))
      (export $export-r "r" (type $import-r))
      (type $list (list (own $export-r)))
      (export "all" (type $list))
      (export "f" (func $import-f) (func (param "t" $export-t))))
    (instance $shimmed (instantiate $shim
      (with "import-type-t" (type $t)) (with "import-type-r" (type $r)) (with "import-func-f" (func $f))))
    (export "a:b/face" (instance $shimmed))`)
  assert.equal(named(type, 'a:b/face', 't'), named(type, 'a:b/types', 't'))
  assert.equal(parameter(type, 'a:b/face', 'f'), named(type, 'a:b/types', 't'))
  assert.equal(named(type, 'a:b/face', 'r'), named(type, 'a:b/types', 'r'))
  const all = named(type, 'a:b/face', 'all')
  assert.ok(all.kind === 'list' && all.element.kind === 'own')
  assert.equal(all.element.resource, named(type, 'a:b/types', 'r'))
})

test('a resource is introduced where it is first named, and has that name', async () => {
  const type = await typeOf(`
    (type $r (resource (rep i32)))
    (export $e "first" (type $r))
    (export "second" (type $e))
    (core func $drop (canon resource.drop $r))
    (func (export "take") (param "x" (own $e)) (canon lift (core func $drop)))`)
  const first = { kind: 'resource', name: 'first' }
  assert.deepEqual(at(type, 'first'), {
    kind: 'type',
    bound: 'sub',
    type: first,
    handles: { own: { kind: 'own', resource: first }, borrow: { kind: 'borrow', resource: first } },
  })
  assert.equal(bound(type, 'second'), 'eq')
  assert.equal(named(type, 'second'), named(type, 'first'))
  const taken = parameter(type, 'take')
  assert.ok(taken?.kind === 'own')
  assert.equal(taken.resource, named(type, 'first'))
})

test('an ascription hides that two resources are the same', async () => {
  const type = await typeOf(`
    (type $r (resource (rep i32)))
    (export "first" (type $r))
    (export "second" (type $r) (type (sub resource)))`)
  assert.equal(bound(type, 'second'), 'sub')
  assert.notEqual(named(type, 'second'), named(type, 'first'))
})

test('instances of one component have resources of their own', async () => {
  const type = await typeOf(`
    (component $c (type $r (resource (rep i32))) (export "r" (type $r)))
    (instance $a (instantiate $c)) (instance $b (instantiate $c))
    (export "a" (instance $a)) (export "b" (instance $b)) (export "c" (instance $a))`)
  assert.equal(bound(type, 'a', 'r'), 'sub')
  assert.equal(bound(type, 'b', 'r'), 'sub')
  assert.equal(bound(type, 'c', 'r'), 'eq')
  assert.notEqual(named(type, 'a', 'r'), named(type, 'b', 'r'))
  assert.equal(named(type, 'a', 'r'), named(type, 'c', 'r'))
})

test('exported components say which resources are theirs', async () => {
  const type = await typeOf(`
    (component $c (import "in" (type $in (sub resource))) (export "out" (type $in)))
    (export "c" (component $c))`)
  const inner = at(type, 'c')
  assert.ok(inner.kind === 'component')
  assert.equal(bound(inner, 'in'), 'sub')
  assert.equal(bound(inner, 'out'), 'eq')
  assert.equal(named(inner, 'out'), named(inner, 'in'))
})

test('another name of a type in the same place has an object of its own, and says whose name it is', async () => {
  const type = await typeOf(`
    (import "a:b/c" (instance
      (type $u u32)
      (export "a" (type $a (eq $u)))
      (export "b" (type $b (eq $a)))
      (export "r" (type $r (sub resource)))
      (export "s" (type $s (eq $r)))
      (type $own (own $s)) (type $lent (borrow $r))
      (export "f" (func (param "x" $b) (param "y" $own) (param "z" $lent)))))`)
  const extern = (name: string): TypeExtern => at(type, 'a:b/c', name) as TypeExtern
  const f = at(type, 'a:b/c', 'f') as FunctionType
  assert.equal(extern('b').aliasOf, extern('a'))
  assert.notEqual(extern('b').type, extern('a').type)
  assert.equal(f.parameters[0]!.type, extern('b').type)
  assert.equal(extern('s').aliasOf, extern('r'))
  assert.equal(extern('s').type, extern('r').type)
  assert.equal(f.parameters[1]!.type, extern('s').handles!.own)
  assert.equal(f.parameters[2]!.type, extern('r').handles!.borrow)
  assert.notEqual(extern('s').handles!.own, extern('r').handles!.own)
})

test('a type is used of the interface that was named, and not of where that has it from', async () => {
  const lent = (from: string, to: string, name: string): string => `
    (alias export ${from} "t" (type ${to}-t))
    (alias export ${from} "r" (type ${to}-r))
    (import "${name}" (instance ${to}
      (alias outer 1 ${to}-t (type $t)) (export "t" (type (eq $t)))
      (alias outer 1 ${to}-r (type $r)) (export "r" (type (eq $r)))
      (export "own" (type (sub resource)))))`
  const type = await typeOf(`
    (import "a:b/one" (instance $one
      (type $t (record (field "x" u32))) (export "t" (type (eq $t)))
      (export "r" (type (sub resource)))))
    ${lent('$one', '$two', 'a:b/two')}
    ${lent('$two', '$three', 'a:b/three')}`)
  for (const name of ['t', 'r']) {
    const [one, two, three] = ['one', 'two', 'three'].map(
      (each) => at(type, `a:b/${each}`, name) as TypeExtern,
    )
    assert.equal(three!.aliasOf, two)
    assert.equal(two!.aliasOf, one)
    assert.equal(one!.aliasOf, undefined)
    assert.equal(three!.type, one!.type)
    assert.equal(three!.handles, one!.handles)
  }
})

test('instances that are declared with one type have types of their own', async () => {
  const type = await typeOf(`
    (type $both (instance (type $u u32) (export "t" (type $t (eq $u))) (export "f" (func (param "x" $t)))))
    (import "a:b/one" (instance $one (type $both)))
    (import "a:b/two" (instance $two (type $both)))
    (alias export $two "t" (type $t))
    (import "t" (type (eq $t)))`)
  assert.notEqual(named(type, 'a:b/one', 't'), named(type, 'a:b/two', 't'))
  assert.equal(parameter(type, 'a:b/two', 'f'), named(type, 'a:b/two', 't'))
  assert.equal((at(type, 't') as TypeExtern).aliasOf, at(type, 'a:b/two', 't'))
  assert.equal((at(type, 'a:b/two', 't') as TypeExtern).aliasOf, undefined)
})

test('what names say beside themselves is kept', async () => {
  const type = await typeOf(`
    (import "in" (implements "a:b/c") (instance (export "f" (external-id "id") (func))))
    (export "out" (external-id "other") (instance 0))`)
  assert.deepEqual(type.importAttributes, new Map([['in', [{ kind: 'implements', interface: 'a:b/c' }]]]))
  assert.deepEqual(type.exportAttributes, new Map([['out', [{ kind: 'external-id', id: 'other' }]]]))
  const inner = at(type, 'in')
  assert.ok(inner.kind === 'instance')
  assert.deepEqual(inner.attributes, new Map([['f', [{ kind: 'external-id', id: 'id' }]]]))
})

test('is made once, when somebody looks at it', () => {
  const type = { kind: 'enum', names: ['a'] } as const
  const exports = new Map([['t', { kind: 'type', bound: 'eq', type } as const]])
  const values = exports.values.bind(exports)
  let looks = 0
  exports.values = () => {
    looks++
    return values()
  }
  const seen = publish({ kind: 'component', imports: new Map(), exports }, new TypeStore(new Reporter(), 0))
  assert.equal(looks, 0)
  assert.deepEqual(seen.exports, new Map(exports))
  assert.equal(seen.exports, seen.exports)
  assert.equal(seen.imports.size, 0)
  assert.equal(looks, 1)
})
