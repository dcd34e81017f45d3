/** What a guest can do wrong with the built-ins of async: each is a trap with its own words, never anything else. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachBackEnd, type Load, loadComponent } from '../../../test/support/load-component.ts'
import { limits } from '../../component/limits.ts'
import { Trap } from '../../index.ts'

/** A component whose one function does what `body` says; all built-ins are there under their names. */
const guest = (body: string, lift = ''): string => `
  (core module $Memory
    (memory (export "mem") 1)
    (table (export "table") 3 funcref)
    (func $start (param i32))
    (func $other (param i64))
    (elem (i32.const 0) func $start $other))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "mem" (core memory $mem))
  (alias core export $memory "table" (core table $table))
  (core type $start (func (param i32)))
  (type $R (resource (rep i32)))
  (type $S (stream u8))
  (type $S16 (stream u16))
  (type $F (future u8))
  (core func $resource.new (canon resource.new $R))
  (core func $resource.drop (canon resource.drop $R))
  (core func $set.new (canon waitable-set.new))
  (core func $set.wait (canon waitable-set.wait (memory $mem)))
  (core func $set.poll (canon waitable-set.poll (memory $mem)))
  (core func $set.drop (canon waitable-set.drop))
  (core func $join (canon waitable.join))
  (core func $subtask.cancel (canon subtask.cancel async))
  (core func $subtask.drop (canon subtask.drop))
  (core func $stream.new (canon stream.new $S))
  (core func $stream.read (canon stream.read $S async (memory $mem)))
  (core func $stream.write (canon stream.write $S async (memory $mem)))
  (core func $stream16.write (canon stream.write $S16 async (memory $mem)))
  (core func $stream.cancel-read (canon stream.cancel-read $S async))
  (core func $stream.drop-readable (canon stream.drop-readable $S))
  (core func $stream.drop-writable (canon stream.drop-writable $S))
  (core func $future.new (canon future.new $F))
  (core func $future.read (canon future.read $F async (memory $mem)))
  (core func $future.write (canon future.write $F async (memory $mem)))
  (core func $future.drop-writable (canon future.drop-writable $F))
  (core func $backpressure.inc (canon backpressure.inc))
  (core func $backpressure.dec (canon backpressure.dec))
  (core func $thread.new (canon thread.new-indirect $start (core table $table)))
  (core func $thread.resume (canon thread.resume-later))
  (core func $return (canon task.return (result u32)))
  (core func $cancel (canon task.cancel))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "resource.new" (func $resource.new (param i32) (result i32)))
    (import "" "resource.drop" (func $resource.drop (param i32)))
    (import "" "set.new" (func $set.new (result i32)))
    (import "" "set.wait" (func $set.wait (param i32 i32) (result i32)))
    (import "" "set.poll" (func $set.poll (param i32 i32) (result i32)))
    (import "" "set.drop" (func $set.drop (param i32)))
    (import "" "join" (func $join (param i32 i32)))
    (import "" "subtask.cancel" (func $subtask.cancel (param i32) (result i32)))
    (import "" "subtask.drop" (func $subtask.drop (param i32)))
    (import "" "stream.new" (func $stream.new (result i64)))
    (import "" "stream.read" (func $stream.read (param i32 i32 i32) (result i32)))
    (import "" "stream.write" (func $stream.write (param i32 i32 i32) (result i32)))
    (import "" "stream16.write" (func $stream16.write (param i32 i32 i32) (result i32)))
    (import "" "stream.cancel-read" (func $stream.cancel-read (param i32) (result i32)))
    (import "" "stream.drop-readable" (func $stream.drop-readable (param i32)))
    (import "" "stream.drop-writable" (func $stream.drop-writable (param i32)))
    (import "" "future.new" (func $future.new (result i64)))
    (import "" "future.read" (func $future.read (param i32 i32) (result i32)))
    (import "" "future.write" (func $future.write (param i32 i32) (result i32)))
    (import "" "future.drop-writable" (func $future.drop-writable (param i32)))
    (import "" "backpressure.inc" (func $backpressure.inc))
    (import "" "backpressure.dec" (func $backpressure.dec))
    (import "" "thread.new" (func $thread.new (param i32 i32) (result i32)))
    (import "" "thread.resume" (func $thread.resume (param i32)))
    (import "" "return" (func $return (param i32)))
    (import "" "cancel" (func $cancel))
    (func $readable (param i64) (result i32) (i32.wrap_i64 (local.get 0)))
    (func $writable (param i64) (result i32) (i32.wrap_i64 (i64.shr_u (local.get 0) (i64.const 32))))
    (func (export "run") (result i32) (local $ends i64) (local $i i32)
      ${body}
      (i32.const 0)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem))
    (export "resource.new" (func $resource.new)) (export "resource.drop" (func $resource.drop))
    (export "set.new" (func $set.new)) (export "set.wait" (func $set.wait))
    (export "set.poll" (func $set.poll)) (export "set.drop" (func $set.drop))
    (export "join" (func $join))
    (export "subtask.cancel" (func $subtask.cancel)) (export "subtask.drop" (func $subtask.drop))
    (export "stream.new" (func $stream.new))
    (export "stream.read" (func $stream.read)) (export "stream.write" (func $stream.write))
    (export "stream16.write" (func $stream16.write))
    (export "stream.cancel-read" (func $stream.cancel-read))
    (export "stream.drop-readable" (func $stream.drop-readable))
    (export "stream.drop-writable" (func $stream.drop-writable))
    (export "future.new" (func $future.new))
    (export "future.read" (func $future.read)) (export "future.write" (func $future.write))
    (export "future.drop-writable" (func $future.drop-writable))
    (export "backpressure.inc" (func $backpressure.inc)) (export "backpressure.dec" (func $backpressure.dec))
    (export "thread.new" (func $thread.new)) (export "thread.resume" (func $thread.resume))
    (export "return" (func $return)) (export "cancel" (func $cancel))))))
  (func (export "run") (result u32) (canon lift (core func $m "run")))
  ${lift}`

const stream = '(local.set $ends (call $stream.new))'
const future = '(local.set $ends (call $future.new))'

const attacks: readonly [name: string, body: string, message: RegExp][] = [
  ['a handle that is none', '(call $set.drop (i32.const 99))', /unknown handle index 99/],
  ['index 0', '(call $subtask.drop (i32.const 0))', /unknown handle index 0/],
  ['the largest index', '(call $join (i32.const -1) (i32.const 0))', /unknown handle index 4294967295/],
  [
    'a resource where a waitable belongs',
    '(call $join (call $resource.new (i32.const 5)) (i32.const 0))',
    /handle index 1 used with the wrong type: it is no waitable/,
  ],
  [
    'a waitable set where a resource belongs',
    '(call $resource.drop (call $set.new))',
    /handle index 1 used with the wrong type: it is no resource/,
  ],
  ['a waitable set that joins a set', '(call $join (call $set.new) (call $set.new))', /it is no waitable/],
  [
    'a waitable that joins a waitable',
    `${stream} (call $join (call $readable (local.get $ends)) (call $writable (local.get $ends)))`,
    /it is no waitable set/,
  ],
  [
    'a stream where a subtask belongs',
    `${stream} (drop (call $subtask.cancel (call $readable (local.get $ends))))`,
    /it is no subtask/,
  ],
  [
    'the wrong end of a stream',
    `${stream} (drop (call $stream.read (call $writable (local.get $ends)) (i32.const 0) (i32.const 1)))`,
    /it is no readable end of a stream/,
  ],
  [
    'a future where a stream belongs',
    `${future} (drop (call $stream.read (call $readable (local.get $ends)) (i32.const 0) (i32.const 1)))`,
    /it is no readable end of a stream/,
  ],
  [
    'a stream of another element type',
    `${stream} (drop (call $stream16.write (call $writable (local.get $ends)) (i32.const 0) (i32.const 1)))`,
    /no writable end of a stream of this element type/,
  ],
  [
    'a buffer beyond the end of memory',
    `${stream} (drop (call $stream.read (call $readable (local.get $ends)) (i32.const 65530) (i32.const 7)))`,
    /pointer out of bounds of memory/,
  ],
  [
    'a buffer whose end overflows',
    `${stream} (drop (call $stream.write (call $writable (local.get $ends)) (i32.const -1) (i32.const 2)))`,
    /pointer out of bounds of memory/,
  ],
  [
    'a buffer that is too long',
    `${stream} (drop (call $stream.read (call $readable (local.get $ends)) (i32.const 0) (i32.const ${limits.bufferLength + 1})))`,
    /stream read\/write count too large/,
  ],
  [
    'two reads at once',
    `${stream}
     (drop (call $stream.read (call $readable (local.get $ends)) (i32.const 0) (i32.const 1)))
     (drop (call $stream.read (call $readable (local.get $ends)) (i32.const 0) (i32.const 1)))`,
    /cannot have concurrent operations active on a future\/stream/,
  ],
  [
    'to cancel what was not begun',
    `${stream} (drop (call $stream.cancel-read (call $readable (local.get $ends))))`,
    /cancelled when no read\/write is pending/,
  ],
  [
    'to drop an end that reads',
    `${stream}
     (drop (call $stream.read (call $readable (local.get $ends)) (i32.const 0) (i32.const 1)))
     (call $stream.drop-readable (call $readable (local.get $ends)))`,
    /cannot remove busy stream/,
  ],
  [
    'to use an end that was dropped',
    `${stream}
     (call $stream.drop-readable (call $readable (local.get $ends)))
     (drop (call $stream.read (call $readable (local.get $ends)) (i32.const 0) (i32.const 1)))`,
    /unknown handle index 1/,
  ],
  [
    'to drop a future without a value',
    `${future} (call $future.drop-writable (call $writable (local.get $ends)))`,
    /cannot drop future write end without first writing a value/,
  ],
  [
    'to drop a set with something in it',
    `${stream}
     (local.set $i (call $set.new))
     (call $join (call $readable (local.get $ends)) (local.get $i))
     (call $set.drop (local.get $i))`,
    /cannot drop waitable set with waitables in it/,
  ],
  [
    'an event that goes nowhere',
    '(drop (call $set.poll (call $set.new) (i32.const 65532)))',
    /pointer out of bounds of memory: the 8 bytes of an event at 0xfffc/,
  ],
  ['an event that goes askew', '(drop (call $set.poll (call $set.new) (i32.const 2)))', /unaligned pointer/],
  ['less backpressure than none', '(call $backpressure.dec)', /backpressure counter overflow/],
  ['too much backpressure', '(loop $l (call $backpressure.inc) (br $l))', /backpressure counter overflow/],
  [
    'task.return without the `async` option',
    '(call $return (i32.const 1))',
    /`task.return` called by `run`, which is not lifted/,
  ],
  ['task.cancel without the `async` option', '(call $cancel)', /`task.cancel` called by `run`/],
  [
    'a thread of no function',
    '(drop (call $thread.new (i32.const 2) (i32.const 0)))',
    /uninitialized element/,
  ],
  [
    'a thread from beyond the table',
    '(drop (call $thread.new (i32.const 3) (i32.const 0)))',
    /out of bounds table access/,
  ],
  [
    'a thread of another type',
    '(drop (call $thread.new (i32.const 1) (i32.const 0)))',
    /indirect call type mismatch/,
  ],
  ['to resume a thread that is none', '(call $thread.resume (i32.const 77))', /unknown handle index 77/],
  [
    'to resume oneself',
    '(call $thread.resume (i32.const 1))',
    /cannot resume thread 1, which is not suspended/,
  ],
  [
    'to resume a thread twice',
    `(local.set $i (call $thread.new (i32.const 0) (i32.const 0)))
     (call $thread.resume (local.get $i))
     (call $thread.resume (local.get $i))`,
    /cannot resume thread 2, which is not suspended/,
  ],
]

async function refused(load: Load, body: string, message: RegExp): Promise<void> {
  const component = await load(guest(body))
  for (const view of ['exports', 'async'] as const) {
    const instance = await component.instantiate()
    await assert.rejects(
      async () => instance[view].run(),
      (error) => {
        assert.ok(error instanceof Trap, String(error))
        assert.match(error.message, message)
        return true
      },
    )
    await assert.rejects(async () => instance[view].run(), { code: 'cannot-enter' })
  }
}

eachBackEnd('built-ins of async, attacked', (load) => {
  for (const [name, body, message] of attacks) test(name, () => refused(load, body, message))

  test('more waitables than there may be', { timeout: 60_000 }, async () => {
    await refused(load, '(loop $l (drop (call $stream.new)) (br $l))', /resource table has no free keys/)
    await refused(load, '(loop $l (drop (call $set.new)) (br $l))', /resource table has no free keys/)
  })

  test('more threads than there may be', { timeout: 60_000 }, async () => {
    const body = '(loop $l (drop (call $thread.new (i32.const 0) (i32.const 0))) (br $l))'
    await refused(load, body, /too many threads|too many calls that may be suspended/)
  })
})

/** One component starts tasks of another, each of which waits on a stack of its own, for nothing. */
const blocked = `
  (component $Blocks
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (core func $new (canon waitable-set.new))
    (core func $wait (canon waitable-set.wait (memory $memory "mem")))
    (core module $M
      (import "" "new" (func $new (result i32)))
      (import "" "wait" (func $wait (param i32 i32) (result i32)))
      (func (export "block") (drop (call $wait (call $new) (i32.const 0)))))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new)) (export "wait" (func $wait))))))
    (func (export "block") async (canon lift (core func $m "block") async)))
  (instance $blocks (instantiate $Blocks))
  (component $Starts
    (import "block" (func $block async))
    (core func $block' (canon lower (func $block) async))
    (core module $M
      (import "" "block" (func $block (result i32)))
      (func (export "run") (loop $l (drop (call $block)) (br $l))))
    (core instance $m (instantiate $M (with "" (instance (export "block" (func $block'))))))
    (func (export "run") (canon lift (core func $m "run"))))
  (instance $starts (instantiate $Starts (with "block" (func $blocks "block"))))
  (func (export "run") (alias export $starts "run"))`

test('more stacks than there may be', { timeout: 60_000 }, async () => {
  const component = await loadComponent(blocked)
  for (const view of ['exports', 'async'] as const) {
    const instance = await component.instantiate()
    await assert.rejects(async () => instance[view].run(), {
      code: 'limit',
      message: /too many calls are suspended in the middle of guest code/,
    })
    instance.dispose()
  }
})
