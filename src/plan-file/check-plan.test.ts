/** Plans that no component compiles to: each a good one with one part replaced. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { decode } from '../binary/decode.ts'
import { compile } from '../compile/compile.ts'
import type { Plan } from '../compile/plan.ts'
import { TenonError } from '../errors.ts'
import { checkCoreModules } from './check-core-modules.ts'
import { checkPlan } from './check-plan.ts'
import { ReadModule } from './core-facts.ts'

const text = `(component
  (import "log" (func $log (param "text" string)))
  (import "r" (type $r (sub resource)))
  (import "make" (func $make (result (own $r))))
  (component $inner
    (core module $M (func (export "f") (result i32) i32.const 1))
    (core instance $m (instantiate $M))
    (func (export "f") (result u32) (canon lift (core func $m "f"))))
  (instance $i (instantiate $inner))
  (core module $Memory
    (memory (export "memory") 1)
    (memory (export "long") i64 1)
    (global (export "global") i32 (i32.const 0))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) i32.const 0)
    (func (export "post") (param i32))
    (func (export "destroy") (param i32)))
  (core instance $memory (instantiate $Memory))
  (core func $log (canon lower (func $log) (memory (core memory $memory "memory"))))
  (core func $make (canon lower (func $make)))
  (core func $drop (canon resource.drop $r))
  (type $own (resource (rep i32) (dtor (core func $memory "destroy"))))
  (core func $new (canon resource.new $own))
  (core module $Main
    (import "host" "log" (func (param i32 i32)))
    (import "host" "make" (func (result i32)))
    (import "host" "drop" (func (param i32)))
    (import "host" "new" (func (param i32) (result i32)))
    (func (export "greet") (param i32 i32) (result i32) i32.const 0)
    (func (export "none")))
  (core instance $main (instantiate $Main (with "host" (instance
    (export "log" (func $log)) (export "make" (func $make)) (export "drop" (func $drop)) (export "new" (func $new))))))
  (func (export "greet") (param "who" string) (result string)
    (canon lift (core func $main "greet") (memory (core memory $memory "memory")) (realloc (core func $memory "realloc")) (post-return (core func $memory "post"))))
  (export "i" (instance $i))
  (export "own" (type $own))
  (export "component" (component $inner)))`

const bytes = await assemble(text)
const good = compile(decode(bytes))

/** As it is done with what a file says. */
function check(plan: Plan): void {
  checkCoreModules(plan.modules, bytes)
  const modules = plan.modules.map((range) => new ReadModule(bytes, range))
  checkPlan(plan, modules)
}

type Path = readonly (string | number)[]

/** A copy with something else at a path; what lies beside it stays the same objects. */
function replace(value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value)
  const copy: unknown[] | Record<string, unknown> = Array.isArray(value)
    ? [...value]
    : { ...(value as object) }
  const parts = copy as Record<string | number, unknown>
  assert.ok(key in parts, `there is no ${key} in ${JSON.stringify(Object.keys(parts))}`)
  parts[key] = replace(parts[key], rest, change)
  return copy
}

const to = (value: unknown) => () => value
const stepOf = (kind: string, nth = 0): number =>
  good.steps.flatMap((step, i) => (step.kind === kind ? [i] : []))[nth] ?? assert.fail(`no step ${kind}`)
const lift = good.lifts.findIndex(({ postReturn }) => postReturn)
const liftSignature = good.lifts[lift]!.signature
const main = stepOf('instantiate-core-module', 2)
const lowerStep = stepOf('lower')
const exported = (name: string): number => good.exports.findIndex((one) => one.name === name)
const memoryInstance = (good.lifts[lift]!.memory as { instance: number }).instance
const memoryItem = (name: string) => ({ from: 'core-instance', instance: memoryInstance, name })

const cases: Readonly<Record<string, readonly [Path, (old: unknown) => unknown]>> = {
  'a module behind the end': [['modules', 0, 'end'], to(1e6)],
  'a module that ends before it begins': [['modules', 0, 'start'], to(bytes.length)],
  'no instances': [['instances'], to([])],
  'a root with a parent': [['instances', 0, 'parent'], to(0)],
  'an instance without a parent': [['instances', 1, 'parent'], to(undefined)],
  'an instance that is its own parent': [['instances', 1, 'parent'], to(1)],
  'an instance without a name': [['instances', 1, 'label'], to(undefined)],
  'too many instances': [
    ['instances'],
    (old) => [...(old as object[]), ...Array(20_000).fill({ parent: 0, label: 'x' })],
  ],
  'a resource type in two slots': [['resources'], (old) => [...(old as object[]), (old as object[])[0]]],
  'a resource type without a slot': [
    ['resources'],
    (old) => [{ kind: 'resource', name: 'x' }, ...(old as object[]).slice(1)],
  ],
  'an import twice': [['imports'], (old) => [...(old as object[]), (old as object[])[0]]],
  'an import whose name is none': [['imports', 0, 'name'], to('"]);alert(1)//')],
  'an import named __proto__': [['imports', 0, 'name'], to('__proto__')],
  'an export whose name is none': [['exports', exported('greet'), 'name'], to('a.b')],
  'an import without a register': [['imports', 0, 'item', 'register'], to(99)],
  'two imports in one register': [['imports', 2, 'item', 'register'], to(0)],
  'an imported resource without a slot': [['imports', 1, 'item', 'resource'], to(9)],
  'an unknown core module': [['steps', main, 'module', 'module'], to(7)],
  'a core module that nobody gives': [['steps', main, 'module'], to({ from: 'register', module: 0 })],
  'a core instance in a register that is not there': [['steps', main, 'to'], to(3)],
  'a core instance in a register that is full': [['steps', main, 'to'], to(0)],
  'room for more core instances than there are': [['registers', 'coreInstances'], to(2 ** 32)],
  'room for more core functions than there are': [['registers', 'coreFunctions'], to(2 ** 25)],
  'room for more functions than there are': [['registers', 'functions'], (old) => (old as number) + 1],
  'room for modules that nobody gives': [['registers', 'modules'], to(1)],
  'room for components that nobody gives': [['registers', 'components'], to(1)],
  'code of an instance that is not there': [['steps', main, 'instance'], to(2)],
  'two arguments of one name': [
    ['steps', main, 'arguments'],
    (old) => [...(old as object[]), (old as object[])[0]],
  ],
  'an argument from an instance to come': [
    ['steps', main, 'arguments'],
    to([{ name: 'host', from: 'core-instance', instance: 2 }]),
  ],
  'an argument from a core function to come': [
    ['steps', main, 'arguments', 0, 'items', 0, 'item'],
    to({ from: 'core-function', index: 50 }),
  ],
  'a lower where a core module wants another type': [
    ['steps', main, 'arguments', 0, 'items', 0, 'item'],
    to({ from: 'core-function', index: 1 }),
  ],
  'a built-in where a core module wants another type': [
    ['steps', main, 'arguments', 0, 'items', 1, 'item'],
    to({ from: 'core-function', index: 2 }),
  ],
  'a lower of an unknown signature': [['steps', lowerStep, 'lowers', 0, 'signature'], to(99)],
  'a lower of another signature than its function': [
    ['steps', lowerStep, 'lowers', 0, 'signature'],
    to(liftSignature),
  ],
  'a lower of a function that is not there': [
    ['steps', lowerStep, 'lowers', 0, 'function'],
    to({ from: 'register', function: 9 }),
  ],
  'a lower of a lift that is not there': [
    ['steps', lowerStep, 'lowers', 0, 'function'],
    to({ from: 'lift', lift: 9 }),
  ],
  'a lower without the memory that it needs': [['steps', lowerStep, 'lowers', 0, 'memory'], to(undefined)],
  'a lower with a realloc and no memory': [
    ['steps', lowerStep, 'lowers', 1, 'realloc'],
    to(memoryItem('realloc')),
  ],
  'a lower into a register that is full': [['steps', lowerStep, 'lowers', 1, 'to'], to(0)],
  'a lower of an instance that is not there': [['steps', lowerStep, 'lowers', 0, 'instance'], to(5)],
  'a drop of a resource that is not there': [['steps', stepOf('resource.drop'), 'resource'], to(5)],
  'a new one of somebody else’s resource': [['steps', stepOf('resource.new'), 'resource'], to(0)],
  'a new one in another instance': [['steps', stepOf('resource.new'), 'instance'], to(1)],
  'a resource that is defined twice': [['steps', stepOf('define-resource'), 'resource'], to(0)],
  'a destructor that is no function': [
    ['steps', stepOf('define-resource'), 'destructor'],
    to(memoryItem('memory')),
  ],
  'a destructor of another type': [
    ['steps', stepOf('define-resource'), 'destructor'],
    to(memoryItem('realloc')),
  ],
  'a destructor that is not exported': [
    ['steps', stepOf('define-resource'), 'destructor'],
    to(memoryItem('__proto__')),
  ],
  'a lift of an unknown signature': [['lifts', lift, 'signature'], to(99)],
  'a lift of an instance that is not there': [['lifts', lift, 'instance'], to(99)],
  'a callee that is not exported': [['lifts', lift, 'callee', 'name'], to('constructor')],
  'a callee of another type': [['lifts', lift, 'callee', 'name'], to('none')],
  'a callee that is a memory': [['lifts', lift, 'callee'], to(memoryItem('memory'))],
  'a callee in an instance that is not there': [['lifts', lift, 'callee', 'instance'], to(9)],
  'a memory that is a function': [['lifts', lift, 'memory'], to(memoryItem('realloc'))],
  'a memory that is a global': [['lifts', lift, 'memory'], to(memoryItem('global'))],
  'a memory with other addresses': [['lifts', lift, 'memory'], to(memoryItem('long'))],
  'a memory that is a lower': [['lifts', lift, 'memory'], to({ from: 'core-function', index: 0 })],
  'a lift without the memory that it needs': [
    ['lifts', lift],
    (old) => ({ ...(old as object), memory: undefined, realloc: undefined }),
  ],
  'a lift without the realloc that it needs': [['lifts', lift, 'realloc'], to(undefined)],
  'a realloc of another type': [['lifts', lift, 'realloc'], to(memoryItem('post'))],
  'a post-return of another type': [['lifts', lift, 'postReturn'], to(memoryItem('realloc'))],
  'a post-return that is no option': [['lifts', lift, 'postReturn'], to(undefined)],
  'an option without a callback': [['signatures', liftSignature, 'options', 'callback'], to(true)],
  'other addresses than those of the memory': [
    ['signatures', liftSignature, 'options', 'pointer'],
    to('i64'),
  ],
  'another type than the callee’s': [['signatures', liftSignature, 'type', 'parameters'], to([])],
  'an export of another type than its function': [
    ['exports', exported('greet'), 'item', 'type'],
    to({ kind: 'function', async: false, parameters: [], result: undefined }),
  ],
  'an export of a lift that is not there': [
    ['exports', exported('greet'), 'item', 'function'],
    to({ from: 'lift', lift: 9 }),
  ],
  'an export of a resource that is not there': [['exports', exported('own'), 'item', 'resource'], to(9)],
  'an export of a module that is not there': [
    ['exports', exported('greet'), 'item'],
    to({ kind: 'core-module', module: { from: 'file', module: 9 } }),
  ],
  'an export of a component that is not there': [
    ['exports', exported('component'), 'item', 'component'],
    to({ from: 'register', component: 0 }),
  ],
  'an exported instance without a number': [['exports', exported('i'), 'item', 'id'], to(1)],
  'two exported instances with one number': [
    ['exports', exported('own'), 'item'],
    to({ kind: 'instance', id: 0, exports: [] }),
  ],
  'a component with modules of its own': [
    ['exports', exported('component'), 'item', 'component', 'plan', 'modules'],
    (old) => [...(old as object[])],
  ],
  'a component that captured what is not there': [
    ['exports', exported('component'), 'item', 'component', 'modules'],
    to([{ item: { from: 'register', module: 0 }, to: 0 }]),
  ],
  'a component that captured more than it has room for': [
    ['exports', exported('component'), 'item', 'component', 'modules'],
    to([{ item: { from: 'file', module: 0 }, to: 0 }]),
  ],
  'a fault inside of a component': [
    ['exports', exported('component'), 'item', 'component', 'plan', 'lifts', 0, 'instance'],
    to(1),
  ],
}

test('what a component compiles to is good', () => check(good))

describe('a Plan is refused that has', () => {
  for (const [title, [path, change]] of Object.entries(cases)) {
    test(title, () => {
      const bad = replace(good, path, change) as Plan
      assert.throws(
        () => check(bad),
        (error) => error instanceof TenonError && error.code === 'decode',
      )
    })
  }
})

test('core modules lie beside each other: a file asks to compile no more than it has', () => {
  const [first, ...rest] = good.modules
  const twice = { ...good, modules: [first, ...rest, first] } as Plan
  assert.throws(() => check(twice), /malformed Plan: core module at/)
})
