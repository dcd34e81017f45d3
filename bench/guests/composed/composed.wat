;; Two components, and the calls that one makes of the other in a loop of its own. The same core modules, linked by hand:
;; `../../hand-linked.ts`.
(component
  (component $Callee
    (core module $M
      (memory (export "memory") 4)
      ;; One block, over and over: what is measured is the call, not an allocator.
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 65536))
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "length") (param i32 i32) (result i32) (local.get 1)))
    (core instance $m (instantiate $M))
    (func (export "add") (param "a" s32) (param "b" s32) (result s32) (canon lift (core func $m "add")))
    (func (export "string-length") (param "s" string) (result u32)
      (canon lift (core func $m "length") (memory $m "memory") (realloc (func $m "realloc"))))
    (func (export "bytes-length") (param "b" (list u8)) (result u32)
      (canon lift (core func $m "length") (memory $m "memory") (realloc (func $m "realloc")))))
  (component $Caller
    (import "add" (func $add (param "a" s32) (param "b" s32) (result s32)))
    (import "string-length" (func $string-length (param "s" string) (result u32)))
    (import "bytes-length" (func $bytes-length (param "b" (list u8)) (result u32)))
    (core module $Memory (memory (export "memory") 4))
    (core instance $memory (instantiate $Memory))
    (core func $add (canon lower (func $add)))
    (core func $string-length (canon lower (func $string-length) (memory $memory "memory")))
    (core func $bytes-length (canon lower (func $bytes-length) (memory $memory "memory")))
    (core module $M
      (import "" "memory" (memory 4))
      (import "" "add" (func $add (param i32 i32) (result i32)))
      (import "" "string-length" (func $string-length (param i32 i32) (result i32)))
      (import "" "bytes-length" (func $bytes-length (param i32 i32) (result i32)))
      (func (export "run-add") (param $times i32) (result i32) (local $sum i32)
        (loop $again
          (local.set $sum (call $add (local.get $sum) (i32.const 3)))
          (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
        (local.get $sum))
      (func $fill (param $length i32) (memory.fill (i32.const 1024) (i32.const 0x61) (local.get $length)))
      (func (export "run-string") (param $times i32) (param $length i32) (result i32) (local $sum i32)
        (call $fill (local.get $length))
        (loop $again
          (local.set $sum (i32.add (local.get $sum) (call $string-length (i32.const 1024) (local.get $length))))
          (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
        (local.get $sum))
      (func (export "run-bytes") (param $times i32) (param $length i32) (result i32) (local $sum i32)
        (call $fill (local.get $length))
        (loop $again
          (local.set $sum (i32.add (local.get $sum) (call $bytes-length (i32.const 1024) (local.get $length))))
          (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
        (local.get $sum)))
    (core instance $m (instantiate $M (with "" (instance
      (export "memory" (memory $memory "memory")) (export "add" (func $add))
      (export "string-length" (func $string-length)) (export "bytes-length" (func $bytes-length))))))
    (func (export "run-add") (param "times" u32) (result s32) (canon lift (core func $m "run-add")))
    (func (export "run-string") (param "times" u32) (param "length" u32) (result u32)
      (canon lift (core func $m "run-string")))
    (func (export "run-bytes") (param "times" u32) (param "length" u32) (result u32)
      (canon lift (core func $m "run-bytes"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller
    (with "add" (func $callee "add"))
    (with "string-length" (func $callee "string-length"))
    (with "bytes-length" (func $callee "bytes-length"))))
  (func (export "run-add") (alias export $caller "run-add"))
  (func (export "run-string") (alias export $caller "run-string"))
  (func (export "run-bytes") (alias export $caller "run-bytes")))
