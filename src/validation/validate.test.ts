import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { decode } from '../binary/decode.ts'
import type { Definition } from '../component/component.ts'
import { ValidationError } from '../errors.ts'
import { validate } from './validate.ts'

type Cases = Readonly<Record<string, readonly [text: string, problem?: string]>>

/** Components without the `(component …)` around them; those with a problem are invalid because of it. */
function cases(group: string, all: Cases): void {
  describe(group, () => {
    for (const [name, [text, problem]] of Object.entries(all)) {
      test(name, async () => {
        const component = decode(await assemble(`(component ${text})`))
        if (problem === undefined) {
          validate(component)
          return
        }
        assert.throws(
          () => validate(component),
          (error: unknown) => {
            assert.ok(error instanceof ValidationError, String(error))
            assert.ok(error.message.startsWith(problem), error.message)
            return true
          },
        )
      })
    }
  })
}

const memory = `
  (core module $m
    (memory (export "memory") 1)
    (memory (export "memory64") i64 1)
    (memory (export "shared") 1 2 shared)
    (table (export "table") 1 funcref)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
    (func (export "realloc64") (param i64 i64 i64 i64) (result i64) unreachable)
    (func (export "none"))
    (func (export "one") (param i32))
    (func (export "get") (result i32) unreachable)
    (func (export "callback") (param i32 i32 i32) (result i32) unreachable))
  (core instance $i (instantiate $m))
  (alias core export $i "memory" (core memory $memory))
  (alias core export $i "memory64" (core memory $memory64))
  (alias core export $i "realloc" (core func $realloc))`

cases('value types', {
  'fixed-length list': ['(type (list u8 4))'],
  map: ['(type (map string (list u8)))'],
  'map key that is no key': [
    '(type (map f32 u8))',
    'invalid map key type f32: wanted bool, an integer, char or string',
  ],
  'borrow in a stream': [
    '(import "r" (type $r (sub resource))) (type (stream (borrow $r)))',
    '`stream` element type cannot contain a `borrow` type',
  ],
  'borrow behind a list in a future': [
    '(import "r" (type $r (sub resource))) (type (future (list (borrow $r))))',
    '`future` element type cannot contain a `borrow` type',
  ],
  'stream of string': ['(type (stream string))'],
  'resource where a value type belongs': [
    '(import "r" (type $r (sub resource))) (type (list $r))',
    'type index 0 is not a defined type: it is a resource type',
  ],
  'representation that is none': [
    '(type (resource (rep f32)))',
    'resources can only be represented by `i32` or `i64`: found f32',
  ],
  'destructor of a 64-bit representation': [
    `(core module $m (func (export "d") (param i64))) (core instance $i (instantiate $m))
     (type (resource (rep i64) (dtor (core func $i "d"))))`,
  ],
})

cases('core types', {
  'recursive types': [
    '(core type (func (param i32))) (core type (module (type $f (func)) (export "f" (func (type $f)))))',
  ],
  'types of a group see each other': [
    '(core rec (type $a (struct (field (ref $b)))) (type $b (struct (field (ref $a)))))',
  ],
  'a type that is not there': [
    '(core type (struct (field (ref 1))))',
    'unknown type 1: type index out of bounds',
  ],
  'memory that is too large': [
    '(core type (module (import "" "" (memory 70000))))',
    'memory size must be at most 65536 pages',
  ],
  'memory beyond 32 bits': [
    '(core type (module (import "" "" (memory 0 4294967296))))',
    'memory size must be at most 65536 pages',
  ],
  'a table that is too large': [
    '(core type (module (import "" "" (table 4294967296 funcref))))',
    'table size must be at most 2^32-1 elements',
  ],
  'maximum below minimum': [
    '(core type (module (import "" "" (table 3 2 funcref))))',
    'size minimum must not be greater than maximum: found 3 and 2',
  ],
  'shared memory without maximum': [
    '(core type (module (import "" "" (memory 1 shared))))',
    'shared memory must have maximum size',
  ],
  'tag with results': [
    '(core type (module (type $f (func (result i32))) (import "" "" (tag (type $f)))))',
    'invalid exception type: non-empty tag result type',
  ],
  'alias of a type outside of a module type': [
    '(core type $f (func)) (core type (module (alias outer 1 $f (type $g)) (export "f" (func (type $g)))))',
  ],
})

cases('subtypes of core types', {
  'parameters the other way round': [
    `(core type $s (sub (struct))) (core type $t (sub $s (struct (field i32))))
     (core type $f (sub (func (param (ref $t)) (result (ref $s)))))
     (core type (sub $f (func (param (ref $s)) (result (ref $t)))))`,
  ],
  'parameters the same way round': [
    `(core type $s (sub (struct))) (core type $t (sub $s (struct (field i32))))
     (core type $f (sub (func (param (ref $s)))))
     (core type (sub $f (func (param (ref $t)))))`,
    'sub type must match super type',
  ],
  'equal groups are one type': [
    `(core type $a (sub (struct (field i8)))) (core type $b (sub (struct (field i8))))
     (core type $c (sub (array (ref $a)))) (core type (sub $c (array (ref $b))))`,
  ],
  'a field that may change must be the same': [
    `(core type $s (sub (struct (field (mut anyref))))) (core type (sub $s (struct (field (mut eqref)))))`,
    'sub type must match super type',
  ],
  'a field that stays may be narrower': [
    `(core type $s (sub (struct (field anyref)))) (core type (sub $s (struct (field (ref null i31)) (field i8))))`,
  ],
  'a function for any function': [
    `(core type $f (func)) (core type $a (sub (array funcref))) (core type (sub $a (array (ref $f))))`,
  ],
  'a function for any structure': [
    `(core type $f (func)) (core type $a (sub (array structref))) (core type (sub $a (array (ref null $f))))`,
    'sub type must match super type',
  ],
  'null for any type': [
    `(core type $s (struct)) (core type $a (sub (array (ref null $s)))) (core type (sub $a (array nullref)))`,
  ],
  'a supertype that comes later': [
    '(core rec (type $t (sub $s (struct))) (type $s (sub (struct))))',
    'supertypes must be defined before subtypes',
  ],
  'shared types are made of shared ones': [
    '(core type (shared (struct (field anyref))))',
    'shared composite type must contain shared types',
  ],
  'and may be': ['(core type (shared (struct (field (ref null (shared any))) (field i32))))'],
  'a shared table of what is not': [
    '(core type (module (import "" "" (table shared 1 funcref))))',
    'shared tables must have a shared element type',
  ],
})

cases('lift and lower', {
  'string through a 64-bit memory': [
    `${memory} (alias core export $i "realloc64" (core func $realloc64)) (import "f" (func $f (result string)))
     (core func (canon lower (func $f) (memory $memory64) (realloc $realloc64)))`,
  ],
  'realloc of the wrong address type': [
    `${memory} (import "f" (func $f (result string)))
     (core func (canon lower (func $f) (memory $memory64) (realloc $realloc)))`,
    'canonical option `realloc` uses a core function with an incorrect signature: wanted (func (param i64 i64 i64 i64) (result i64))',
  ],
  'shared memory': [
    `${memory} (import "f" (func $f)) (core func (canon lower (func $f) (memory (core memory $i "shared"))))`,
    'mismatch in the shared flag for memories',
  ],
  'async lift with a callback': [
    `${memory} (func async (canon lift (core func $i "get") async (callback (core func $i "callback"))))`,
  ],
  'callback with the wrong signature': [
    `${memory} (func async (canon lift (core func $i "get") async (callback (core func $i "one"))))`,
    'canonical option `callback` uses a core function with an incorrect signature',
  ],
  'callback without async': [
    `${memory} (func (canon lift (core func $i "none") (callback (core func $i "callback"))))`,
    'cannot specify callback without async',
  ],
  'post-return with async': [
    `${memory} (func async (canon lift (core func $i "none") async (post-return (core func $i "none"))))`,
    'cannot specify post-return function in async',
  ],
  'result of an async lower goes through memory': [
    `${memory} (import "f" (func $f async (result u32))) (core func (canon lower (func $f) async))`,
    'canonical option `memory` is required',
  ],
  'strings behind a stream need no memory': [
    '(type $s (stream string)) (import "f" (func $f (param "s" $s))) (core func (canon lower (func $f)))',
  ],
  'wrong core type': [
    `${memory} (func (param "a" string) (canon lift (core func $i "one") (memory $memory) (realloc $realloc)))`,
    'lowered parameter types `[I32, I32]` do not match parameter types `[I32]` of core function',
  ],
})

cases('built-ins', {
  'task.return of a string': [`${memory} (core func (canon task.return (result string) (memory $memory)))`],
  'task.return of a string without memory': [
    '(core func (canon task.return (result string)))',
    'canonical option `memory` is required',
  ],
  'task.return with realloc': [
    `${memory} (core func (canon task.return (result string) (memory $memory) (realloc $realloc)))`,
    'cannot specify `realloc` option on `task.return`',
  ],
  'stream.read of strings without realloc': [
    `${memory} (type $s (stream string)) (core func (canon stream.read $s async (memory $memory)))`,
    'canonical option `realloc` is required',
  ],
  'stream.write of strings without realloc': [
    `${memory} (type $s (stream string)) (core func (canon stream.write $s async (memory $memory)))`,
  ],
  'stream.new of a future': [
    '(type $f (future)) (core func (canon stream.new $f))',
    '`stream.new` requires a stream type: found future',
  ],
  'future.read': [
    `${memory} (type $f (future u8)) (core func (canon future.read $f async (memory $memory)))`,
  ],
  'all context built-ins have one type': [
    '(core func (canon context.get i32 0)) (core func (canon context.set i64 0))',
    '`context.set` type must match previous context type: found `i64`, before it was `i32`',
  ],
  'context beyond the second': [
    '(core func (canon context.get i32 2))',
    '`context.get` immediate must be zero or one: 2',
  ],
  'error-context.debug-message without realloc': [
    `${memory} (core func (canon error-context.debug-message (memory $memory)))`,
    'canonical option `realloc` is required',
  ],
  'waitable-set.wait on a memory that is not there': [
    '(core func (canon waitable-set.wait (memory 0)))',
    'unknown memory 0: memory index out of bounds, there are 0',
  ],
  'thread.new-indirect': [
    `${memory} (core type $f (func (param i32))) (core func (canon thread.new-indirect $f (core table $i "table")))`,
  ],
  'thread.new-indirect of a function with a result': [
    `${memory} (core type $f (func (param i32) (result i32)))
     (core func (canon thread.new-indirect $f (core table $i "table")))`,
    'start function must not return any values',
  ],
})

cases('names', {
  'same name in another case': [
    '(import "foo-bar" (func)) (import "foo-BAR" (func))',
    'import name `foo-BAR` conflicts with previous name `foo-bar`',
  ],
  'imports and exports do not conflict': ['(import "a" (func $f)) (export "a" (func $f))'],
  'constructor that may fail': [
    '(import "r" (type $r (sub resource))) (import "[constructor]r" (func (result (result (own $r) (error string)))))',
  ],
  'dependency as import': ['(import "unlocked-dep=<a:b@{>=1.0.0}>" (component))'],
  'dependency as export': [
    '(component $c) (export "unlocked-dep=<a:b>" (component $c))',
    'name `unlocked-dep=<a:b>` is not a valid export name',
  ],
})

cases('instances', {
  'a component for a component': [
    `(component $id (import "f" (func $f)) (export "g" (func $f)))
     (component $takes (import "c" (component (import "f" (func)) (import "more" (func)) (export "g" (func)))))
     (instance (instantiate $takes (with "c" (component $id))))`,
  ],
  'a component that needs more': [
    `(component $c (import "f" (func)) (import "more" (func)))
     (component $takes (import "c" (component (import "f" (func)))))
     (instance (instantiate $takes (with "c" (component $c))))`,
    'type mismatch for import `c`: missing import named `more`',
  ],
  'a component whose resource stands for an abstract one': [
    `(component $c (type $r (resource (rep i32))) (export $e "r" (type $r))
       (core func $drop (canon resource.drop $r))
       (func (export "f") (param "x" (own $e)) (canon lift (core func $drop))))
     (component $takes (import "c" (component
       (export "r" (type $r (sub resource)))
       (export "f" (func (param "x" (own $r)))))))
     (instance (instantiate $takes (with "c" (component $c))))`,
  ],
  'nested abstract resources are told apart': [
    `(import "i" (instance $i (export "a" (type (sub resource))) (export "b" (type $b (sub resource)))
       (export "f" (func (param "x" (own $b))))))
     (component $takes (import "i" (instance (export "a" (type $a (sub resource)))
       (export "f" (func (param "x" (own $a)))))))
     (instance (instantiate $takes (with "i" (instance $i))))`,
    'type mismatch for import `i`: type mismatch in instance export `f`: type mismatch in function parameter `x`: ' +
      'resource types are not the same',
  ],
  'async functions are another type': [
    `(import "f" (func $f async)) (component $c (import "f" (func)))
     (instance (instantiate $c (with "f" (func $f))))`,
    'type mismatch for import `f`: expected sync function, found async function',
  ],
  'a module that imports less and exports more': [
    `(core module $m (func (export "f")) (func (export "g")))
     (component $c (import "m" (core module (import "" "x" (func)) (export "f" (func)))))
     (instance (instantiate $c (with "m" (core module $m))))`,
  ],
  'a component type cannot mention what only its surroundings name': [
    `(type $r (resource (rep i32))) (export $e "r" (type $r))
     (import "c" (component (export "f" (func (param "x" (own $e))))))`,
    'func not valid to be used as export',
  ],
  'core sorts stay inside': [`${memory} (instance (export "m" (core module $m)))`],
})

cases('names of resource types', {
  'what goes through an instantiation is not visible under its old name': [
    `(type $R (resource (rep i32)))
     (component $C (import "x" (type $X (sub resource))) (export "y" (type $X)))
     (instance $c (instantiate $C (with "x" (type $R))))
     (export "c" (instance $c))
     (core func $drop (canon resource.drop $R))
     (func $f (param "x" (own $R)) (canon lift (core func $drop)))
     (export "f" (func $f))`,
    'func not valid to be used as export',
  ],
  'another name of an argument stays the name that was given': [
    `(import "i" (instance $i (export "r" (type (sub resource)))))
     (alias export $i "r" (type $r))
     (import "r1" (type $r1 (eq $r)))
     (import "c" (component $c
       (import "r" (type $r (sub resource))) (import "r1" (type $r1 (eq $r)))
       (export "f" (func (param "x" (own $r1))))))
     (instance $d (instantiate $c (with "r" (type $r)) (with "r1" (type $r1))))
     (alias export $d "f" (func $f))
     (export "f" (func $f))`,
  ],
  'a type that was exported under a name is the one that was given': [
    `(type $r (resource (rep i32))) (type $own (own $r))
     (component $C (import "r" (type $r (sub resource))) (export "r2" (type $r)))
     (instance $c (instantiate $C (with "r" (type $r))))
     (export $e "e" (instance $c))
     (alias export $e "r2" (type $r2))
     (component $D
       (import "r" (type $r (sub resource))) (type $o (own $r)) (import "h" (type $h (eq $o)))
       (import "f" (func $f (result $h)))
       (export $eh "h" (type $h)) (export "f" (func $f) (func (result $eh))))
     (core module $m (func (export "f") (result i32) i32.const 0)) (core instance $i (instantiate $m))
     (func $f (result $own) (canon lift (core func $i "f")))
     (instance $d (instantiate $D (with "r" (type $r2)) (with "h" (type $own)) (with "f" (func $f))))
     (export "d" (instance $d))`,
    'instance not valid to be used as export',
  ],
  'an ascription may hide which resource type it is': [
    '(type $r (resource (rep i32))) (export "r1" (type $r)) (export "r2" (type $r) (type (sub resource)))',
  ],
})

cases('core functions', {
  'one that may be extended is no plain one': [
    `(core module $m (type $t (sub (func))) (func (export "f") (type $t))) (core instance $i (instantiate $m))
     (func (canon lift (core func $i "f")))`,
    'lowered function type does not match type `(sub (func))` of core function 0',
  ],
  'nor for a module': [
    `(core module $m (type $t (sub (func))) (func (export "f") (type $t))) (core instance $i (instantiate $m))
     (core module $n (import "m" "f" (func))) (core instance (instantiate $n (with "m" (instance $i))))`,
    'type mismatch for export `f` of module instantiation argument `m`: expected: (func), found: (sub (func))',
  ],
  'one that extends another is for the engine': [
    `(core module $m (type $t (sub (func))) (type $u (sub $t (func))) (func (export "f") (type $u)))
     (core instance $i (instantiate $m))
     (core module $n (type $t (sub (func))) (import "m" "f" (func (type $t))))
     (core instance (instantiate $n (with "m" (instance $i))))`,
  ],
})

cases('aliases', {
  'of a core type that is not there': [
    '(core module $m) (core instance $i (instantiate $m)) (core type (module (alias outer 1 9 (type))))',
    'unknown type 9',
  ],
  'beyond the outermost scope': [
    '(core type (module (alias outer 3 0 (type))))',
    'invalid outer alias count of 3',
  ],
  'of a module type into a module type': [
    '(core type $m (module)) (core type (module (alias outer 1 $m (type))))',
    'module types cannot be aliased within module types',
  ],
  'labels that differ in case are others': [
    `(import "f" (func $f (param "ID" u8))) (component $c (import "f" (func (param "id" u8))))
     (instance (instantiate $c (with "f" (func $f))))`,
    'type mismatch for import `f`: expected parameter named `id`, found `ID`',
  ],
})

cases('gated', {
  'start functions': [
    '(import "f" (func $f)) (start $f)',
    'support for component model `value`s is not enabled',
  ],
})

/** The assembler does not know them. */
describe('version suffixes', () => {
  const suffixes: [name: string, suffix: string, problem?: string][] = [
    ['a:b/c@0.2', '.6'],
    ['a:b/c@1', '.2.3-rc.1'],
    ['a:b/c@1', '.2', 'invalid interface version: `1.2`'],
    ['a:b/c@1.0.0', '-rc', 'invalid interface version: `versionsuffix` needs a canonical version'],
    ['a:b/c', '.0.0', 'invalid interface version: `versionsuffix` needs a canonical version'],
    ['a', '.0.0', 'invalid interface version: `versionsuffix` needs a canonical version'],
  ]
  for (const [name, suffix, problem] of suffixes) {
    test(`${name} and ${suffix}`, async () => {
      const component = decode(await assemble('(component (import "a" (instance)))'))
      const definitions = component.definitions.map(
        (definition): Definition =>
          definition.kind === 'import'
            ? { ...definition, name: { name, prefix: 2, attributes: [{ kind: 'version-suffix', suffix }] } }
            : definition,
      )
      const check = () => validate({ ...component, definitions })
      if (problem === undefined) check()
      else assert.throws(check, (error: Error) => error.message.startsWith(problem))
    })
  }
})

test('an error says where it is', async () => {
  const bytes = await assemble('(component (component (type (list 7))))')
  assert.throws(() => validate(decode(bytes)), {
    message:
      /^unknown type 7: type index out of bounds, there are 0 \(at offset 0x[0-9a-f]+, in component 0 › type section › type 0\)$/,
  })
})
