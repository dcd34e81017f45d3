/** A disposed instance's memory serves the next one: nothing of the old one is left in it, and nothing old reaches it. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Component, hostFunction, type Instance } from '../../src/index.ts'
import { canSuspend } from '../../src/runtime/switch.ts'
import { collectGarbage } from '../support/collect-garbage.ts'
import { thrownBy } from '../support/is-typed.ts'
import { eachBackEnd, type Load } from '../support/load-component.ts'

let kinds = 0

/** A memory of a kind that no other test has, and functions that look at it and change it. */
function memoryModule(name: string): string {
  return `(core module ${name}
    (memory (export "memory") 1 ${++kinds + 10})
    (global $next (mut i32) (i32.const 64))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.get $next) (global.set $next (i32.add (global.get $next) (local.get 3))))
    (func (export "write") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
    (func (export "read") (param i32) (result i32) (i32.load (local.get 0)))
    (func (export "grow") (result i32) (memory.grow (i32.const 1)))
    (func (export "trap") unreachable)
    ;; How many words are not 0.
    (func (export "used") (result i32) (local $at i32) (local $n i32)
      (loop $l
        (local.set $n (i32.add (local.get $n) (i32.ne (i32.load (local.get $at)) (i32.const 0))))
        (br_if $l (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 65536))))
      (local.get $n)))`
}

const lifts = (core: string): string => `
  (func (export "write") (param "at" u32) (param "value" u32) (canon lift (core func ${core} "write")))
  (func (export "read") (param "at" u32) (result u32) (canon lift (core func ${core} "read")))
  (func (export "grow") (result u32) (canon lift (core func ${core} "grow")))
  (func (export "trap") (canon lift (core func ${core} "trap")))
  (func (export "used") (result u32) (canon lift (core func ${core} "used")))`

/** A guest with a memory, and nothing else. */
const guest = (): string => `${memoryModule('$M')} (core instance $m (instantiate $M)) ${lifts('$m')}`

/** A guest that passes control to the host, with four bytes of its memory, and writes to its memory afterwards. */
const asking = (): string => `
  (import "ask" (func $ask (param "bytes" (list u8))))
  ${memoryModule('$M')}
  (core instance $m (instantiate $M))
  (core func $ask (canon lower (func $ask) (memory (core memory $m "memory")) (realloc (core func $m "realloc"))))
  (core module $Ask
    (import "" "ask" (func $ask (param i32 i32))) (import "" "write" (func $write (param i32 i32)))
    (func (export "go") (call $ask (i32.const 128) (i32.const 4)) (call $write (i32.const 256) (i32.const 666))))
  (core instance $a (instantiate $Ask
    (with "" (instance (export "ask" (func $ask)) (export "write" (func $m "write"))))))
  (func (export "go") (canon lift (core func $a "go")))
  ${lifts('$m')}`

/** How many memories are made meanwhile. */
async function memoriesMade(work: () => Promise<void>): Promise<number> {
  const { Memory } = WebAssembly
  let made = 0
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor)
      made++
    }
  }
  try {
    await work()
  } finally {
    WebAssembly.Memory = Memory
  }
  return made
}

const disposedCode = 'instance-disposed'

/**
 * A tenant of the memory that the instance had which was disposed in the same turn: finds it empty, and is not disturbed
 * by `attack`.
 */
async function nextTenant(component: Component, imports: object, attack: () => unknown): Promise<void> {
  let tenant: Instance | undefined
  const made = await memoriesMade(async () => {
    tenant = await component.instantiate({ ...imports })
  })
  assert.equal(made, 0, 'the memory was used again')
  const { exports } = tenant!
  assert.equal(exports.used(), 0)
  exports.write(0, 1)
  await attack()
  assert.deepEqual([exports.read(0), exports.used()], [1, 1])
  tenant!.dispose()
}

/** The memory of an instance that was disposed is not the one of the next. */
async function newMemory(
  component: Component,
  imports: object = {},
  attack: () => unknown = () => {},
): Promise<void> {
  const made = await memoriesMade(async () => {
    const instance = await component.instantiate({ ...imports })
    await attack()
    assert.equal(instance.exports.used(), 0)
  })
  assert.equal(made, 1, 'the memory was not used again')
}

eachBackEnd('the memory of a disposed instance', (load: Load) => {
  test('is the next one’s, empty', async () => {
    const component = await load(guest())
    const made = await memoriesMade(async () => {
      for (let i = 0; i < 20; i++) {
        using instance = await component.instantiate()
        assert.equal(instance.exports.used(), 0)
        for (let at = 4 * i; at < 65_536; at += 1000) instance.exports.write(at, i + 1)
      }
    })
    assert.equal(made, 1)
  })

  test('serves another component whose memory is of the same kind', async () => {
    const a = await load(guest())
    kinds--
    const b = await load(guest())
    const other = await b.instantiate()
    const old = await a.instantiate()
    other.exports.write(0, 7)
    old.exports.write(0, 5)
    old.dispose()
    await nextTenant(b, {}, () => {})
  })

  test('has the data of the module again', async () => {
    const component = await load(
      guest().replace('(global $next', '(data (i32.const 8) "\\2a") (global $next'),
    )
    for (let i = 0; i < 3; i++) {
      using instance = await component.instantiate()
      assert.deepEqual([instance.exports.read(8), instance.exports.used()], [42, 1])
      instance.exports.write(8, 7)
    }
  })

  test('is out of reach of exports that somebody held, in both views', async () => {
    const component = await load(guest())
    const old = await component.instantiate()
    const { write } = old.exports
    const { write: writeLater } = old.async
    await writeLater(4, 4)
    old.dispose()
    await nextTenant(component, {}, async () => {
      for (const held of [write, writeLater, write.promise ?? write]) {
        assert.equal((await thrownBy(() => held(0, 666))).code, disposedCode)
      }
    })
  })

  test('is out of reach of another component that imports its functions', async () => {
    const component = await load(guest())
    const user = await load(`
      (import "write" (func $write (param "at" u32) (param "value" u32)))
      (core func $write (canon lower (func $write)))
      (core module $M (import "" "write" (func $write (param i32 i32)))
        (table funcref (elem $write))
        (func (export "go") (call_indirect (param i32 i32) (i32.const 0) (i32.const 666) (i32.const 0))))
      (core instance $m (instantiate $M (with "" (instance (export "write" (func $write))))))
      (func (export "go") (canon lift (core func $m "go")))`)
    for (const view of ['exports', 'async'] as const) {
      const old = await component.instantiate()
      const other = await user.instantiate({ write: old.exports.write })
      await other[view].go()
      assert.equal(old.exports.read(0), 666)
      old.dispose()
      await nextTenant(component, {}, async () => {
        await thrownBy(() => other[view].go())
      })
    }
  })

  test('is out of reach of another component that copies lists into it', async () => {
    const component = await load(`
      ${memoryModule('$M')}
      (core instance $m (instantiate $M))
      (core module $T (func (export "take") (param i32 i32)))
      (core instance $t (instantiate $T))
      (func (export "take") (param "bytes" (list u8)) (canon lift (core func $t "take")
        (memory (core memory $m "memory")) (realloc (core func $m "realloc"))))
      ${lifts('$m')}`)
    const user = await load(`
      (import "take" (func $take (param "bytes" (list u8))))
      (core module $N (memory (export "memory") 1) (data (i32.const 0) "12345678"))
      (core instance $n (instantiate $N))
      (core func $take (canon lower (func $take) (memory (core memory $n "memory"))))
      (core module $U (import "" "take" (func $take (param i32 i32)))
        (func (export "go") (call $take (i32.const 0) (i32.const 8))))
      (core instance $u (instantiate $U (with "" (instance (export "take" (func $take))))))
      (func (export "go") (canon lift (core func $u "go")))`)
    const old = await component.instantiate()
    const other = await user.instantiate({ take: old.exports.take })
    other.exports.go()
    assert.equal(old.exports.used(), 2)
    old.dispose()
    await nextTenant(component, {}, async () => {
      await thrownBy(() => other.exports.go())
      await thrownBy(() => other.exports.go())
    })
  })

  test('is out of reach of handles, destructors and finalizers', async () => {
    const component = await load(`
      ${memoryModule('$M')}
      (core instance $m (instantiate $M))
      (core module $D (import "" "write" (func $write (param i32 i32)))
        (func (export "drop") (param i32) (call $write (i32.const 0) (i32.const 666))))
      (core instance $d (instantiate $D (with "" (instance (export "write" (func $m "write"))))))
      (type $r (resource (rep i32) (dtor (core func $d "drop"))))
      (export $e "r" (type $r))
      (core func $new (canon resource.new $r))
      (core module $N (import "" "new" (func $new (param i32) (result i32)))
        (import "" "write" (func $write (param i32 i32)))
        (func (export "make") (result i32) (call $new (i32.const 1)))
        (func (export "touch") (param i32) (call $write (i32.const 0) (i32.const 666))))
      (core instance $n (instantiate $N
        (with "" (instance (export "new" (func $new)) (export "write" (func $m "write"))))))
      (func (export "[constructor]r") (result (own $e)) (canon lift (core func $n "make")))
      (func (export "[method]r.touch") (param "self" (borrow $e)) (canon lift (core func $n "touch")))
      ${lifts('$m')}`)
    const keeper = await load(`
      (import "r" (type $r (sub resource)))
      (import "give" (func $give (result (own $r))))
      (core func $give (canon lower (func $give)))
      (core func $drop (canon resource.drop $r))
      (core module $K (import "" "give" (func $give (result i32))) (import "" "drop" (func $drop (param i32)))
        (global $h (mut i32) (i32.const 0))
        (func (export "take") (global.set $h (call $give))) (func (export "drop") (call $drop (global.get $h))))
      (core instance $k (instantiate $K
        (with "" (instance (export "give" (func $give)) (export "drop" (func $drop))))))
      (func (export "take") (canon lift (core func $k "take")))
      (func (export "drop") (canon lift (core func $k "drop")))`)
    const old = await component.instantiate()
    const { R } = old.exports
    const handle = new R()
    handle.touch()
    const { touch } = Object.getPrototypeOf(handle)
    const other = await keeper.instantiate({ R, give: () => new R() })
    other.exports.take()
    let forgotten: WeakRef<object> | undefined
    ;(() => {
      forgotten = new WeakRef(new R())
    })()
    old.dispose()
    await nextTenant(component, {}, async () => {
      assert.equal((await thrownBy(() => handle.touch())).code, disposedCode)
      assert.equal((await thrownBy(() => touch.call(handle))).code, disposedCode)
      assert.equal((await thrownBy(() => new R())).code, disposedCode)
      handle[Symbol.dispose]()
      try {
        other.exports.drop()
      } catch {
        // Whether that traps is no question of memory.
      }
      await collectGarbage(() => forgotten!.deref() === undefined)
      await collectGarbage(() => false, 5)
    })
  })

  test('is out of reach of code that a host function disposes under itself', async () => {
    const component = await load(asking())
    let next: Promise<Instance> | undefined
    const old: Instance = await component.instantiate({
      ask: hostFunction({ blocks: false }, () => {
        if (next) return
        old.dispose()
        // Until its first await it runs right here.
        next = component.instantiate({ ask: () => {} })
      }),
    })
    await thrownBy(() => old.exports.go())
    const { exports } = await next!
    assert.equal(exports.used(), 0)
    await newMemory(component, { ask: () => {} })
  })

  test('is out of reach of calls that are suspended', { skip: !canSuspend }, async () => {
    const component = await load(asking())
    let resume: () => void = () => {}
    const waiting = new Promise<void>((resolve) => {
      resume = resolve
    })
    const imports = { ask: () => waiting }
    const old = await component.instantiate(imports)
    const call = old.async.go()
    old.dispose()
    assert.equal((await thrownBy(() => call)).code, disposedCode)
    await newMemory(component, imports, async () => {
      resume()
      await waiting
      await new Promise((resolve) => {
        setTimeout(resolve, 5)
      })
    })
  })

  test('is out of reach of views that host functions kept', async () => {
    const component = await load(asking())
    const views: Uint8Array[] = []
    const ask = hostFunction({ borrowsBytes: true, blocks: false }, (bytes: Uint8Array) => {
      views.push(bytes)
    })
    const old = await component.instantiate({ ask })
    old.exports.go()
    const [view] = views
    assert.equal(view!.length, 4)
    old.dispose()
    await nextTenant(component, { ask }, () => {
      view![0] = 66
      if (view!.buffer.byteLength > 0) new Uint8Array(view!.buffer).fill(66)
    })
  })

  test('is not used again after a trap', async () => {
    const component = await load(guest())
    const old = await component.instantiate()
    assert.equal((await thrownBy(() => old.exports.trap())).code, 'unreachable')
    old.dispose()
    await newMemory(component)
  })

  test('is not used again when it has grown', async () => {
    const component = await load(guest())
    const old = await component.instantiate()
    assert.equal(old.exports.grow(), 1)
    old.dispose()
    await newMemory(component)
  })

  test('is not used again where there may be tasks', async () => {
    const component = await load(`(core func (canon backpressure.inc)) ${guest()}`)
    const old = await component.instantiate()
    old.exports.write(0, 5)
    old.dispose()
    await newMemory(component)
  })

  test('is not used again where the instance could not be made', async () => {
    const component = await load(`
      (import "fail" (func $fail))
      ${memoryModule('$M')}
      (core instance $m (instantiate $M))
      (core func $fail (canon lower (func $fail)))
      (core module $S (import "" "fail" (func $fail)) (start $fail))
      (core instance (instantiate $S (with "" (instance (export "fail" (func $fail))))))
      ${lifts('$m')}`)
    const fail = (): never => {
      throw new Error('no')
    }
    await thrownBy(() => component.instantiate({ fail }))
    await newMemory(component, { fail: () => {} })
  })

  test('is out of reach while the rest of its tree is being disposed', async () => {
    const component = await load(`
      (import "thing" (type $thing (sub resource)))
      (import "give" (func $give (result (own $thing))))
      (component $Inner ${guest()})
      (instance $inner (instantiate $Inner))
      (core func $give (canon lower (func $give)))
      (core module $K (import "" "give" (func $give (result i32))) (func (export "take") (drop (call $give))))
      (core instance $k (instantiate $K (with "" (instance (export "give" (func $give))))))
      (func (export "take") (canon lift (core func $k "take")))
      (func (export "write") (alias export $inner "write"))
      (func (export "read") (alias export $inner "read"))
      (func (export "used") (alias export $inner "used"))`)
    let during: Promise<Instance> | undefined
    class Thing {
      [Symbol.dispose](): void {
        during ??= component.instantiate(imports)
        try {
          old.exports.write(0, 666)
        } catch {
          // What matters is where it wrote to.
        }
      }
    }
    const imports = { Thing, give: () => new Thing() }
    const old = await component.instantiate(imports)
    old.exports.write(0, 5)
    old.exports.take()
    old.dispose()
    const tenant = await during!
    assert.equal(tenant.exports.used(), 0)
  })
})

suite('the memories of a tree', () => {
  eachBackEnd('of nested components', (load) => {
    test('are all used again', async () => {
      const [a, b] = [guest(), guest()]
      const component = await load(`
        (component $A ${a}) (component $B ${b})
        (instance $a (instantiate $A)) (instance $b (instantiate $B)) (instance $c (instantiate $B))
        (export "a" (instance $a)) (export "b" (instance $b)) (export "c" (instance $c))`)
      const made = await memoriesMade(async () => {
        for (let i = 0; i < 5; i++) {
          using instance = await component.instantiate()
          for (const name of ['a', 'b', 'c']) {
            assert.equal(instance.exports[name].used(), 0)
            instance.exports[name].write(8, 8)
          }
        }
      })
      assert.equal(made, 3)
    })

    test('and of components that are only known at run time', async () => {
      const giver = await load(`(component $I ${guest()}) (export "inner" (component $I))`)
      const { inner } = (await giver.instantiate()).exports
      const outer = await load(`
        (import "inner" (component $Inner (export "used" (func (result u32)))
          (export "write" (func (param "at" u32) (param "value" u32)))))
        (instance $i (instantiate $Inner))
        (export "i" (instance $i))`)
      const made = await memoriesMade(async () => {
        for (let i = 0; i < 5; i++) {
          using instance = await outer.instantiate({ inner })
          assert.equal(instance.exports.i.used(), 0)
          instance.exports.i.write(8, 8)
        }
      })
      assert.equal(made, 1)
    })
  })
})
