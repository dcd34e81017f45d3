/** Instances that the host links: what one of them does wrong is its own fault, and each is disposed on its own. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { fused } from '../../src/compile/fuse/fused.ts'
import { hostFunction, type Instance, type Trap } from '../../src/index.ts'
import { takenWords } from '../../src/runtime/thread.ts'
import { thrownBy } from '../support/is-typed.ts'
import { eachBackEnd, loadComponent } from '../support/load-component.ts'

const views = ['exports', 'async'] as const

/** Echoes a text; `mode` 1 traps, 2 asks the host, 3 throws, 4 returns what lies outside. */
const provider = (realloc = '(i32.const 4096)'): string => `
  (import "ask" (func $ask))
  (core func $ask (canon lower (func $ask)))
  (core module $M (import "" "ask" (func $ask)) (memory (export "memory") 1) (tag $t)
    (global $calls (mut i32) (i32.const 0))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) ${realloc})
    (func $echo (export "echo") (param $mode i32) (param i32 i32) (result i32)
      (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      (if (i32.eq (local.get $mode) (i32.const 1)) (then unreachable))
      (if (i32.eq (local.get $mode) (i32.const 2)) (then (call $ask)))
      (if (i32.eq (local.get $mode) (i32.const 3)) (then (throw $t)))
      (i32.store (i32.const 16) (select (i32.const 0xffff) (local.get 1) (i32.eq (local.get $mode) (i32.const 4))))
      (i32.store (i32.const 20) (local.get 2))
      (i32.const 16))
    (func (export "calls") (result i32) (global.get $calls)))
  (core instance $m (instantiate $M (with "" (instance (export "ask" (func $ask))))))
  (func (export "echo") (param "mode" u32) (param "s" string) (result string) (canon lift (core func $m "echo")
    (memory $m "memory") (realloc (func $m "realloc"))))
  (func (export "calls") (result u32) (canon lift (core func $m "calls")))`

/** Passes the range of its memory that it is told; whatever can be caught, it catches. */
const user = (realloc = '(i32.const 4096)'): string => `
  (import "echo" (func $echo (param "mode" u32) (param "s" string) (result string)))
  (core module $Memory (memory (export "memory") 1) (data (i32.const 64) "hello")
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) ${realloc}))
  (core instance $memory (instantiate $Memory))
  (core func $echo (canon lower (func $echo) (memory $memory "memory") (realloc (func $memory "realloc"))))
  (core module $M (import "" "echo" (func $echo (param i32 i32 i32 i32)))
    (func (export "go") (param $mode i32) (param $at i32) (param $length i32) (result i32)
      (block $caught (try_table (catch_all $caught)
        (call $echo (local.get $mode) (local.get $at) (local.get $length) (i32.const 16)) (return (i32.const 16))))
      (i32.const 0)))
  (core instance $m (instantiate $M (with "" (instance (export "echo" (func $echo))))))
  (func (export "go") (param "mode" u32) (param "at" u32) (param "length" u32) (result string)
    (canon lift (core func $m "go") (memory $memory "memory")))`

interface Linked {
  readonly one: Instance
  readonly other: Instance
}

eachBackEnd('two instances that the host linked', (load) => {
  async function link(parts: { ask?: () => void; user?: string; provider?: string } = {}): Promise<Linked> {
    const ask = hostFunction({ blocks: false }, parts.ask ?? (() => {}))
    const other = await (await load(parts.provider ?? provider())).instantiate({ ask })
    const one = await (await load(parts.user ?? user())).instantiate({ echo: other.exports.echo })
    return { one, other }
  }

  test('a text goes there and comes back', async () => {
    const { one, other } = await link()
    assert.equal(one.exports.go(0, 64, 5), 'hello')
    assert.equal(await one.async.go(2, 64, 4), 'hell')
    assert.equal(other.exports.calls(), 2)
  })

  for (const [name, mode, code] of [
    ['traps', 1, 'unreachable'],
    ['throws', 3, 'uncaught-exception'],
    ['returns what lies outside', 4, 'out-of-bounds'],
  ] as const) {
    test(`one that ${name} ends both`, async () => {
      for (const view of views) {
        const { one, other } = await link()
        assert.equal((await thrownBy(() => one[view].go(mode, 64, 5))).code, code)
        assert.equal((await thrownBy(() => one[view].go(0, 64, 5))).code, 'cannot-enter')
        assert.equal((await thrownBy(() => other[view].calls())).code, 'cannot-enter')
      }
    })
  }

  test('what the caller does wrong leaves the other alone', async () => {
    for (const view of views) {
      const { one, other } = await link()
      const error = await thrownBy(() => one[view].go(0, 65535, 5))
      assert.equal(error.code, 'out-of-bounds')
      assert.match(error.message, /^string pointer\/length out of bounds of memory/)
      assert.equal((await thrownBy(() => one[view].go(0, 64, 5))).code, 'cannot-enter')
      assert.equal(await other[view].calls(), 0)
      assert.equal(await other[view].echo(0, 'x'), 'x')
    }
  })

  for (const [name, realloc, code] of [
    ['traps', 'unreachable', 'unreachable'],
    ['returns what lies outside', '(i32.const 65535)', 'out-of-bounds'],
  ] as const) {
    test(`the caller's realloc ${name}: the other goes on`, async () => {
      const { one, other } = await link({ user: user(realloc) })
      assert.equal((await thrownBy(() => one.exports.go(0, 64, 5))).code, code)
      assert.equal(other.exports.calls(), 1)
      assert.equal(other.exports.echo(0, 'x'), 'x')
    })

    test(`the callee's realloc ${name}: both end`, async () => {
      const { one, other } = await link({ provider: provider(realloc) })
      assert.equal((await thrownBy(() => one.exports.go(0, 64, 5))).code, code)
      assert.equal((await thrownBy(() => other.exports.calls())).code, 'cannot-enter')
    })
  }

  test('one that is disposed is not called', async () => {
    const { one, other } = await link()
    assert.equal(one.exports.go(0, 64, 5), 'hello')
    other.dispose()
    // Somebody else has its word now.
    const third = await link()
    const error = await thrownBy(() => one.exports.go(0, 64, 5))
    assert.equal(error.code, 'host-error')
    assert.match(error.message, /disposed/)
    assert.equal(third.one.exports.go(0, 64, 5), 'hello')
  })

  test('one that is disposed from inside of a call ends it, and leaves no word behind', async () => {
    const before = takenWords()
    for (const victim of ['one', 'other'] as const) {
      for (const view of views) {
        const linked: Linked = await link({ ask: () => linked[victim].dispose() })
        const error = await thrownBy(() => linked.one[view].go(2, 64, 5))
        assert.ok(error.code === 'instance-disposed' || error.code === 'host-error', error.message)
        linked.one.dispose()
        linked.other.dispose()
      }
    }
    assert.ok(takenWords() <= before, `${takenWords()} words, ${before} before`)
  })

  test('a call that comes back through the host is refused, and the host may go on', async () => {
    const seen: unknown[] = []
    const linked: Linked = await link({
      ask() {
        for (const call of [() => linked.other.exports.calls(), () => third.exports.go(0, 64, 5)]) {
          try {
            call()
          } catch (error) {
            seen.push((error as Trap).code)
          }
        }
      },
    })
    const third = await (await load(user())).instantiate({ echo: linked.other.exports.echo })
    for (const view of views) assert.equal(await linked.one[view].go(2, 64, 5), 'hello')
    // The third one was told once that it may not enter the other: that was its end.
    assert.deepEqual(seen, ['cannot-enter', 'cannot-enter', 'cannot-enter', 'cannot-enter'])
    assert.equal(linked.other.exports.calls(), 2)
    assert.equal(linked.one.exports.go(0, 64, 5), 'hello')
  })

  test('three in a row', async () => {
    const { one, other } = await link()
    const forward = await load(`
      (import "go" (func $go (param "mode" u32) (param "at" u32) (param "length" u32) (result string)))
      (core module $Memory (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096)))
      (core instance $memory (instantiate $Memory))
      (core func $go (canon lower (func $go) (memory $memory "memory") (realloc (func $memory "realloc"))))
      (core module $M (import "" "go" (func $go (param i32 i32 i32 i32)))
        (func (export "go") (param i32 i32 i32) (result i32)
          (call $go (local.get 0) (local.get 1) (local.get 2) (i32.const 16)) (i32.const 16)))
      (core instance $m (instantiate $M (with "" (instance (export "go" (func $go))))))
      (func (export "go") (param "mode" u32) (param "at" u32) (param "length" u32) (result string)
        (canon lift (core func $m "go") (memory $memory "memory")))`)
    const first = await forward.instantiate({ go: one.exports.go })
    assert.equal(first.exports.go(0, 64, 5), 'hello')
    assert.equal(await first.async.go(0, 64, 5), 'hello')
    assert.equal((await thrownBy(() => first.exports.go(1, 64, 5))).code, 'unreachable')
    for (const instance of [first, one]) {
      assert.equal((await thrownBy(() => instance.exports.go(0, 64, 5))).code, 'cannot-enter')
    }
    assert.equal((await thrownBy(() => other.exports.calls())).code, 'cannot-enter')
  })
})

suite('adapters between instances that the host linked', () => {
  test('no JavaScript runs between them, and a backtrace has the frames of the innermost', async () => {
    let frames: readonly boolean[] = []
    const ask = hostFunction({ blocks: false }, () => {
      const lines = new Error('here').stack!.split('\n').slice(1)
      frames = lines.map((line) => line.includes('wasm://'))
    })
    const other = await (await loadComponent(provider(), { backEnd: fused })).instantiate({ ask })
    const one = await (await loadComponent(user(), { backEnd: fused })).instantiate({
      echo: other.exports.echo,
    })
    one.exports.go(2, 64, 5)
    const wasm = frames.slice(frames.indexOf(true), frames.lastIndexOf(true) + 1)
    assert.deepEqual(wasm, [true, true, true])
    const { backtrace } = (await thrownBy(() => one.exports.go(1, 64, 5))) as Trap
    assert.deepEqual(
      backtrace.map(({ name }) => name),
      ['echo'],
    )
  })
})
