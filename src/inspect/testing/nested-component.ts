/** Two core modules, of which one calls the other, and imports that are called from each, or not at all. */
export const nestedComponent = `(component
  (import "log" (func $log (param "n" u32)))
  (import "a:b/unused@1.0.0" (instance (export "f" (func))))
  (import "a:b/clock@1.0.0" (instance $clock (export "now" (func (result u32))) (export "never" (func))))
  (core module $low
    (import "host" "now" (func $now (result i32)))
    (import "host" "log" (func $log (param i32)))
    (func $fetch (result i32) (call $now))
    (func $hidden (call $log (i32.const 1)))
    (table 1 funcref) (elem (i32.const 0) $hidden)
    (export "fetch" (func $fetch)))
  (core module $high
    (import "low" "fetch" (func $fetch (result i32)))
    (func $run (result i32) (call $fetch))
    (export "run" (func $run)))
  (core func $now (canon lower (func $clock "now")))
  (core func $log' (canon lower (func $log)))
  (core instance $l (instantiate $low (with "host" (instance (export "now" (func $now)) (export "log" (func $log'))))))
  (core instance $h (instantiate $high (with "low" (instance $l))))
  (component $empty (core module $inner))
  (func (export "run") (result u32) (canon lift (core func $h "run"))))`
