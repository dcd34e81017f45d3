const nanosecondsPerSecond = 1_000_000_000n

/** `wasi:clocks/wall-clock` that stands still. @param time nanoseconds since 1970 */
export function wallClockText(name: string, time: bigint): string {
  const seconds = time / nanosecondsPerSecond
  const record = '(record (field "seconds" u64) (field "nanoseconds" u32))'
  return `(component
    (core module $M
      (memory (export "memory") 1)
      (func $answer (param $seconds i64) (param $nanoseconds i32) (result i32)
        (i64.store (i32.const 0) (local.get $seconds))
        (i32.store (i32.const 8) (local.get $nanoseconds))
        (i32.const 0))
      (func (export "now") (result i32)
        (call $answer (i64.const ${seconds}) (i32.const ${time % nanosecondsPerSecond})))
      (func (export "resolution") (result i32) (call $answer (i64.const 1) (i32.const 0))))
    (core instance $m (instantiate $M))
    (type $datetime ${record})
    (func $now (result $datetime) (canon lift (core func $m "now") (memory $m "memory")))
    (func $resolution (result $datetime) (canon lift (core func $m "resolution") (memory $m "memory")))
    (component $Shell
      (type $datetime ${record})
      (import "datetime" (type $given (eq $datetime)))
      (import "now" (func $now (result $given)))
      (import "resolution" (func $resolution (result $given)))
      (export $named "datetime" (type $given))
      (export "now" (func $now) (func (result $named)))
      (export "resolution" (func $resolution) (func (result $named))))
    (instance $shell (instantiate $Shell
      (with "datetime" (type $datetime)) (with "now" (func $now)) (with "resolution" (func $resolution))))
    (export "${name}" (instance $shell)))`
}

/**
 * `wasi:clocks/monotonic-clock` in which a millisecond passes whenever somebody looks, and in which sleeping takes no time: the clock is
 * put forward instead.
 *
 * @param poll the name of `wasi:io/poll`
 */
export function monotonicClockText(name: string, poll: string): string {
  return `(component
    (import "${poll}" (instance $poll (export "pollable" (type (sub resource)))))
    (alias export $poll "pollable" (type $pollable))
    (import "${name}" (instance $host
      (alias outer 1 $pollable (type $outer)) (export "pollable" (type $own (eq $outer)))
      (export "subscribe-duration" (func (param "when" u64) (result (own $own))))))
    (core func $subscribe (canon lower (func $host "subscribe-duration")))
    (core module $M
      (import "" "subscribe" (func $subscribe (param i64) (result i32)))
      (global $now (mut i64) (i64.const 0))
      (func $look (export "now") (result i64)
        (global.set $now (i64.add (global.get $now) (i64.const 1000000)))
        (global.get $now))
      (func (export "resolution") (result i64) (i64.const 1000000))
      (func (export "subscribe-instant") (param $when i64) (result i32)
        (if (i64.gt_u (local.get $when) (global.get $now)) (then (global.set $now (local.get $when))))
        (call $subscribe (i64.const 0)))
      (func (export "subscribe-duration") (param $when i64) (result i32)
        (global.set $now (i64.add (global.get $now) (local.get $when)))
        (call $subscribe (i64.const 0))))
    (core instance $m (instantiate $M (with "" (instance (export "subscribe" (func $subscribe))))))
    (func $now (result u64) (canon lift (core func $m "now")))
    (func $resolution (result u64) (canon lift (core func $m "resolution")))
    (func $subscribe-instant (param "when" u64) (result (own $pollable)) (canon lift (core func $m "subscribe-instant")))
    (func $subscribe-duration (param "when" u64) (result (own $pollable)) (canon lift (core func $m "subscribe-duration")))
    (component $Shell
      (import "pollable" (type $given (sub resource)))
      (import "now" (func $now (result u64)))
      (import "resolution" (func $resolution (result u64)))
      (import "subscribe-instant" (func $subscribe-instant (param "when" u64) (result (own $given))))
      (import "subscribe-duration" (func $subscribe-duration (param "when" u64) (result (own $given))))
      (type $u64 u64)
      (export $pollable "pollable" (type $given))
      (export $instant "instant" (type $u64))
      (export $duration "duration" (type $u64))
      (export "now" (func $now) (func (result $instant)))
      (export "resolution" (func $resolution) (func (result $duration)))
      (export "subscribe-instant" (func $subscribe-instant) (func (param "when" $instant) (result (own $pollable))))
      (export "subscribe-duration" (func $subscribe-duration) (func (param "when" $duration) (result (own $pollable)))))
    (instance $shell (instantiate $Shell
      (with "pollable" (type $pollable)) (with "now" (func $now)) (with "resolution" (func $resolution))
      (with "subscribe-instant" (func $subscribe-instant)) (with "subscribe-duration" (func $subscribe-duration))))
    (export "${name}" (instance $shell)))`
}
