import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { decode } from '../binary/index.ts'
import { TenonError } from '../errors.ts'
import { compile } from './compile.ts'
import type { Plan, Step } from './plan.ts'

async function plan(text: string): Promise<Plan> {
  return compile(decode(await assemble(text)))
}

const kinds = (compiled: Plan): readonly string[] => compiled.steps.map(({ kind }) => kind)

function only<K extends Step['kind']>(compiled: Plan, kind: K): (Step & { kind: K })[] {
  return compiled.steps.filter((step): step is Step & { kind: K } => step.kind === kind)
}

const counter = `
  (component $Counter
    (core module $M (func (export "get") (result i32) i32.const 7))
    (core instance $m (instantiate $M))
    (func (export "get") (result u32) (canon lift (core func $m "get"))))`

test('a component without nested ones', async () => {
  const compiled = await plan(`(component
    (core module $M (func (export "get") (result i32) i32.const 7))
    (core instance $m (instantiate $M))
    (func (export "get") (result u32) (canon lift (core func $m "get"))))`)
  assert.deepEqual(kinds(compiled), ['instantiate-core-module'])
  assert.deepEqual(
    compiled.exports.map(({ name, item }) => [name, item.kind]),
    [['get', 'function']],
  )
  assert.equal(compiled.signatures[0]!.name, 'get')
  assert.deepEqual(compiled.lifts[0]!.callee, { from: 'core-instance', instance: 0, name: 'get' })
})

test('nested components are inlined, and keep their identity as instances', async () => {
  const compiled = await plan(`(component ${counter}
    (instance $a (instantiate $Counter)) (instance $b (instantiate $Counter))
    (func (export "a") (alias export $a "get")) (func (export "b") (alias export $b "get")))`)
  assert.deepEqual(kinds(compiled), ['instantiate-core-module', 'instantiate-core-module'])
  assert.equal(compiled.modules.length, 1, 'one module serves both')
  assert.deepEqual(
    compiled.instances.map(({ parent }) => parent),
    [undefined, 0, 0],
  )
  assert.deepEqual(
    compiled.lifts.map(({ instance }) => instance),
    [1, 2],
  )
  assert.deepEqual(
    compiled.signatures.map(({ name }) => name),
    ['a', 'b'],
    'named after the outermost export',
  )
})

test('an instance argument leads to where it comes from', async () => {
  const compiled = await plan(`(component ${counter}
    (component $Forward
      (import "c" (instance $c (export "get" (func (result u32)))))
      (export "again" (instance $c)))
    (component $User
      (import "c" (instance $c (export "get" (func (result u32)))))
      (core func $get (canon lower (func $c "get")))
      (core module $M (import "c" "get" (func)))
      (core instance (instantiate $M (with "c" (instance (export "get" (func $get)))))))
    (instance $c (instantiate $Counter))
    (instance $f (instantiate $Forward (with "c" (instance $c))))
    (alias export $f "again" (instance $again))
    (instance (instantiate $User (with "c" (instance $again)))))`)
  const [{ lowers } = assert.fail()] = only(compiled, 'lower')
  assert.deepEqual(lowers[0]!.function, { from: 'lift', lift: 0 })
  assert.equal(compiled.lifts[0]!.instance, 1)
  assert.equal(compiled.registers.functions, 0)
})

test('an outer alias leads to the enclosing definition', async () => {
  const compiled = await plan(`(component $Top
    (core module $M (func (export "get") (result i32) i32.const 7))
    (component $A
      (component $B
        (alias outer $Top $M (core module $Mx))
        (core instance (instantiate $Mx)))
      (instance (instantiate $B)))
    (instance (instantiate $A)))`)
  assert.deepEqual(only(compiled, 'instantiate-core-module')[0]!.module, { from: 'file', module: 0 })
  assert.equal(compiled.modules.length, 1)
})

test('resource types are fresh per instantiation', async () => {
  const compiled = await plan(`(component
    (component $C
      (type $r (resource (rep i32)))
      (export $e "r" (type $r))
      (core func (canon resource.new $r))
      (core func (canon resource.drop $e)))
    (instance $a (instantiate $C)) (instance $b (instantiate $C))
    (export "a" (instance $a)) (export "b" (instance $b)))`)
  assert.deepEqual(
    compiled.resources.map(({ name }) => name),
    ['r', 'r'],
  )
  assert.notEqual(compiled.resources[0], compiled.resources[1])
  assert.deepEqual(
    only(compiled, 'resource.new').map(({ resource }) => resource),
    [0, 1],
  )
  assert.deepEqual(
    only(compiled, 'resource.drop').map(({ resource }) => resource),
    [0, 1],
    'an export is another name',
  )
})

test('an imported interface is resolved with resource types of its own', async () => {
  const compiled = await plan(`(component
    (import "a:b/c@1.0.0" (instance $i
      (export "r" (type $r (sub resource)))
      (export "[method]r.get" (func (param "self" (borrow $r)) (result u32)))))
    (alias export $i "r" (type $r))
    (import "a:b/d" (instance
      (alias outer 1 $r (type $r2)) (export "r" (type (eq $r2)))
      (export "take" (func (param "r" (own $r2)))))))`)
  const [c, d] = compiled.imports
  assert.ok(c?.item.kind === 'instance' && d?.item.kind === 'instance')
  assert.deepEqual(
    c.item.exports.map(({ item }) => item.kind),
    ['resource', 'function'],
  )
  assert.deepEqual(
    d.item.exports.map(({ item }) => item.kind),
    ['type', 'function'],
  )
  const take = d.item.exports[1]!.item
  assert.ok(take.kind === 'function')
  const [parameter] = take.type.parameters
  assert.ok(parameter?.type.kind === 'own')
  assert.equal(parameter.type.resource, compiled.resources[0])
  assert.equal(take.label, 'a:b/d#take')
})

test('lowers are made together, as late as possible', async () => {
  const compiled = await plan(`(component
    (import "f" (func $f)) (import "g" (func $g))
    (core func $lf (canon lower (func $f)))
    (type $r (resource (rep i32)))
    (core func $new (canon resource.new $r))
    (core func $lg (canon lower (func $g)))
    (core module $M (import "" "f" (func)) (import "" "g" (func)))
    (core instance (instantiate $M (with "" (instance (export "f" (func $lf)) (export "g" (func $lg)))))))`)
  assert.deepEqual(kinds(compiled), ['define-resource', 'resource.new', 'lower', 'instantiate-core-module'])
  assert.equal(only(compiled, 'lower')[0]!.lowers.length, 2)
})

test('an exported component is a sub-Plan with what it captured', async () => {
  const compiled = await plan(`(component
    (import "m" (core module $M (export "get" (func (result i32)))))
    (component $Inner
      (core instance $m (instantiate $M))
      (func (export "get") (result u32) (canon lift (core func $m "get"))))
    (export "inner" (component $Inner)))`)
  assert.deepEqual(kinds(compiled), [])
  const [{ item } = assert.fail()] = compiled.exports
  assert.ok(item.kind === 'component' && item.component.from === 'plan')
  const { plan: inner, modules } = item.component
  assert.deepEqual(modules, [{ item: { from: 'register', module: 0 }, to: 0 }])
  assert.deepEqual(only(inner, 'instantiate-core-module')[0]!.module, { from: 'register', module: 0 })
})

test('what a sub-Plan of a sub-Plan needs is captured by both', async () => {
  const compiled = await plan(`(component
    (import "m" (core module $M))
    (component $A
      (component $B (core instance (instantiate $M)))
      (export "b" (component $B)))
    (export "a" (component $A)))`)
  const a = compiled.exports[0]!.item
  assert.ok(a.kind === 'component' && a.component.from === 'plan')
  const b = a.component.plan.exports[0]!.item
  assert.ok(b.kind === 'component' && b.component.from === 'plan')
  assert.deepEqual([a.component.modules.length, b.component.modules.length], [1, 1])
})

test('an imported component is instantiated at run time', async () => {
  const compiled = await plan(`(component ${counter}
    (import "user" (component $U
      (import "counter" (instance (export "get" (func (result u32)))))
      (export "r" (type (sub resource)))
      (export "run" (func (result u32)))))
    (instance $c (instantiate $Counter))
    (instance $u (instantiate $U (with "counter" (instance $c))))
    (alias export $u "r" (type $r))
    (core func (canon resource.drop $r))
    (func (export "run") (alias export $u "run")))`)
  assert.deepEqual(kinds(compiled), ['instantiate-core-module', 'instantiate-component', 'resource.drop'])
  const [step = assert.fail()] = only(compiled, 'instantiate-component')
  assert.deepEqual(
    step.arguments.map(({ name, item }) => [name, item.kind]),
    [['counter', 'instance']],
  )
  assert.deepEqual(
    step.exports.map(({ name, item }) => [name, item.kind]),
    [
      ['r', 'resource'],
      ['run', 'function'],
    ],
  )
})

test('what cannot run yet is named, and the Plan can be looked at', async () => {
  const compiled = await plan('(component binary "\\00asm\\0d\\00\\01\\00" "\\08\\03\\01\\42\\00")')
  assert.deepEqual(
    only(compiled, 'unsupported').map(({ what }) => what),
    ['canon thread.available-parallelism'],
  )
})

test('components that multiply stop at a limit', async (t) => {
  const levels = (use: string): string => {
    let text = '(component $c0)'
    for (let level = 1; level <= 30; level++) {
      text += ` (component $c${level} ${use.replaceAll('NEXT', `$c${level - 1}`)})`
    }
    return `(component ${text} (instance $top (instantiate $c30)) (export "top" (instance $top)))`
  }
  const bombs = {
    '30 levels, each instantiates the next twice': levels(
      '(instance (instantiate NEXT)) (instance (instantiate NEXT))',
    ),
    'instances in exported instances': levels(
      '(instance $a (instantiate NEXT)) (export "a" (instance $a)) (instance $b (instantiate NEXT)) (export "b" (instance $b))',
    ),
  }
  for (const [name, text] of Object.entries(bombs)) {
    await t.test(name, async () => {
      await assert.rejects(plan(text), (error) => error instanceof TenonError && error.code === 'limit')
    })
  }
})

test('a long chain of instances in instances is a limit, too', async () => {
  const inner = (from: string): string =>
    Array.from({ length: 900 }, (_, i) => `(instance $i${i + 1} (export "a" (instance $i${i})))`)
      .join('')
      .replace('$i0)', `${from})`)
  let text = '(instance $x0)'
  for (let i = 0; i < 12; i++) {
    text += `(component $c${i} (import "x" (instance $x)) ${inner('$x')} (export "x" (instance $i900)))`
    text += `(instance $y${i} (instantiate $c${i} (with "x" (instance $x${i})))) (alias export $y${i} "x" (instance $x${i + 1}))`
  }
  await assert.rejects(plan(`(component ${text} (export "x" (instance $x12)))`), { code: 'limit' })
})

test('instances that contain each other many times stay small', async () => {
  let text =
    '(component $c (core module $M (func (export "f"))) (core instance $m (instantiate $M)) (func (export "f") (canon lift (core func $m "f"))))'
  text += '(instance $i0 (instantiate $c))'
  for (let i = 1; i <= 40; i++) {
    text += `(instance $i${i} (export "a" (instance $i${i - 1})) (export "b" (instance $i${i - 1})))`
  }
  const compiled = await plan(`(component ${text} (export "top" (instance $i40)))`)
  assert.equal(compiled.registers.instanceItems, 41)
})

test('a Plan is data: plain objects and arrays, numbers, strings and flags', async () => {
  const compiled = await plan(`(component ${counter}
    (import "a:b/c" (instance $i (export "r" (type $r (sub resource))) (export "f" (func (param "r" (own $r)) (result (list u8))))))
    (import "m" (core module (export "mem" (memory 1))))
    (core module $M (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) i32.const 0))
    (core instance $m (instantiate $M))
    (core func (canon lower (func $i "f") (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
    (export "counter" (component $Counter)))`)
  const plain = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) {
      assert.ok(
        ['undefined', 'boolean', 'number', 'string'].includes(typeof value),
        `${path}: ${typeof value}`,
      )
      return
    }
    assert.ok([Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value)), path)
    for (const [key, part] of Object.entries(value)) plain(part, `${path}.${key}`)
  }
  plain(compiled, 'plan')
})

test('the address type of a memory', async () => {
  const options = async (memory: string): Promise<string> => {
    const compiled = await plan(`(component
      (core module $M (memory (export "mem") ${memory}) (func (export "get") (result ${memory.split(' ')[0] === 'i64' ? 'i64' : 'i32'}) unreachable))
      (core instance $m (instantiate $M))
      (func (export "get") (result string) (canon lift (core func $m "get") (memory (core memory $m "mem")))))`)
    return compiled.signatures[0]!.options.pointer
  }
  assert.equal(await options('1'), 'i32')
  assert.equal(await options('i64 1'), 'i64')
})
