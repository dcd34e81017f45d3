;; Short strings between JavaScript and a guest's memory, through the `wasm:js-string` built-ins.
;; `string-helper.ts` holds the assembled bytes; its test assembles this text and compares.
(module
  (type $units (array (mut i16)))
  (import "wasm:js-string" "fromCharCodeArray" (func $from (param (ref null $units) i32 i32) (result (ref extern))))
  (import "wasm:js-string" "intoCharCodeArray" (func $into (param externref (ref null $units) i32) (result i32)))
  (import "" "memory" (memory 0))
  (import "" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))

  ;; Holds a short string in UTF-16: 64 units, or what 64 bytes of UTF-8 decode to.
  (global $buffer (ref $units) (array.new_default $units (i32.const 64)))
  ;; What lowerAscii found there, for lowerOther; and how many bytes that wrote.
  (global $count (mut i32) (i32.const 0))
  (global $written (mut i32) (i32.const 0))

  ;; The string of `n` (at most 64) bytes of UTF-8 at `p`, all inside the memory; null where they are malformed.
  (func (export "lift") (param $p i32) (param $n i32) (result externref)
    (local $buffer (ref $units)) (local $i i32) (local $end i32) (local $c i32) (local $d i32)
    (local.set $buffer (global.get $buffer))
    (local.set $end (i32.add (local.get $p) (local.get $n)))
    (block $malformed
      (block $done
        (loop $next
          (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
          (local.set $c (i32.load8_u (local.get $p)))
          (local.set $p (i32.add (local.get $p) (i32.const 1)))
          (if (i32.ge_u (local.get $c) (i32.const 0x80)) (then
            (br_if $malformed (i32.lt_u (local.get $c) (i32.const 0xc2)))
            (br_if $malformed (i32.gt_u (local.get $c) (i32.const 0xf4)))
            (br_if $malformed (i32.ge_u (local.get $p) (local.get $end)))
            (local.set $d (i32.load8_u (local.get $p)))
            (br_if $malformed (i32.ne (i32.and (local.get $d) (i32.const 0xc0)) (i32.const 0x80)))
            (local.set $p (i32.add (local.get $p) (i32.const 1)))
            (local.set $d (i32.and (local.get $d) (i32.const 0x3f)))
            (if (i32.lt_u (local.get $c) (i32.const 0xe0)) (then
              (local.set $c (i32.or (i32.shl (i32.and (local.get $c) (i32.const 0x1f)) (i32.const 6)) (local.get $d))))
            (else
              (local.set $d (i32.or (i32.shl (i32.and (local.get $c) (i32.const 0x0f)) (i32.const 6)) (local.get $d)))
              (br_if $malformed (i32.ge_u (local.get $p) (local.get $end)))
              (br_if $malformed (i32.ne (i32.and (i32.load8_u (local.get $p)) (i32.const 0xc0)) (i32.const 0x80)))
              (local.set $d (i32.or (i32.shl (local.get $d) (i32.const 6)) (i32.and (i32.load8_u (local.get $p)) (i32.const 0x3f))))
              (local.set $p (i32.add (local.get $p) (i32.const 1)))
              (if (i32.lt_u (local.get $c) (i32.const 0xf0)) (then
                ;; overlong, or a surrogate
                (br_if $malformed (i32.lt_u (local.get $d) (i32.const 0x800)))
                (br_if $malformed (i32.eq (i32.and (local.get $d) (i32.const 0xf800)) (i32.const 0xd800)))
                (local.set $c (local.get $d)))
              (else
                (br_if $malformed (i32.ge_u (local.get $p) (local.get $end)))
                (br_if $malformed (i32.ne (i32.and (i32.load8_u (local.get $p)) (i32.const 0xc0)) (i32.const 0x80)))
                (local.set $d (i32.or (i32.shl (i32.and (local.get $d) (i32.const 0x7fff)) (i32.const 6))
                                      (i32.and (i32.load8_u (local.get $p)) (i32.const 0x3f))))
                (local.set $p (i32.add (local.get $p) (i32.const 1)))
                ;; overlong, or beyond the last code point
                (br_if $malformed (i32.lt_u (local.get $d) (i32.const 0x10000)))
                (br_if $malformed (i32.gt_u (local.get $d) (i32.const 0x10ffff)))
                (local.set $d (i32.sub (local.get $d) (i32.const 0x10000)))
                (array.set $units (local.get $buffer) (local.get $i)
                  (i32.or (i32.const 0xd800) (i32.shr_u (local.get $d) (i32.const 10))))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (local.set $c (i32.or (i32.const 0xdc00) (i32.and (local.get $d) (i32.const 0x3ff))))))))))
          (array.set $units (local.get $buffer) (local.get $i) (local.get $c))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $next)))
      (return (call $from (local.get $buffer) (i32.const 0) (local.get $i))))
    (ref.null extern))

  ;; A string of at most 64 units: calls realloc and writes the bytes if it is ASCII, and returns the pointer; -1 if it
  ;; is not, before anything was called. Writes nothing where the pointer is bad, which the caller has to find.
  (func (export "lowerAscii") (param $s externref) (result i32)
    (local $buffer (ref $units)) (local $i i32) (local $n i32) (local $all i32) (local $p i32)
    (local.set $buffer (global.get $buffer))
    (local.set $n (call $into (local.get $s) (local.get $buffer) (i32.const 0)))
    (block $seen
      (loop $next
        (br_if $seen (i32.ge_u (local.get $i) (local.get $n)))
        (local.set $all (i32.or (local.get $all) (array.get_u $units (local.get $buffer) (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (if (i32.gt_u (local.get $all) (i32.const 0x7f)) (then
      (global.set $count (local.get $n))
      (return (i32.const -1))))
    (local.set $p (call $realloc (i32.const 0) (i32.const 0) (i32.const 1) (local.get $n)))
    (if (i64.gt_u (i64.add (i64.extend_i32_u (local.get $p)) (i64.extend_i32_u (local.get $n)))
                  (i64.shl (i64.extend_i32_u (memory.size)) (i64.const 16)))
      (then (return (local.get $p))))
    (local.set $i (i32.const 0))
    (block $written
      (loop $next
        (br_if $written (i32.ge_u (local.get $i) (local.get $n)))
        (i32.store8 (i32.add (local.get $p) (local.get $i)) (array.get_u $units (local.get $buffer) (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (local.get $p))

  ;; The same for the string that lowerAscii has just refused. Lone surrogates become U+FFFD.
  (func (export "lowerOther") (result i32)
    (local $buffer (ref $units)) (local $i i32) (local $n i32) (local $c i32) (local $d i32) (local $p i32) (local $start i32)
    (local.set $buffer (global.get $buffer))
    (local.set $n (global.get $count))
    (global.set $written (call $utf8Length (local.get $n)))
    (local.set $start (call $realloc (i32.const 0) (i32.const 0) (i32.const 1) (global.get $written)))
    (if (i64.gt_u (i64.add (i64.extend_i32_u (local.get $start)) (i64.extend_i32_u (global.get $written)))
                  (i64.shl (i64.extend_i32_u (memory.size)) (i64.const 16)))
      (then (return (local.get $start))))
    (local.set $p (local.get $start))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $n)))
        (local.set $c (array.get_u $units (local.get $buffer) (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (if (i32.lt_u (local.get $c) (i32.const 0x80)) (then
          (i32.store8 (local.get $p) (local.get $c))
          (local.set $p (i32.add (local.get $p) (i32.const 1)))
          (br $next)))
        (if (i32.lt_u (local.get $c) (i32.const 0x800)) (then
          (i32.store8 (local.get $p) (i32.or (i32.const 0xc0) (i32.shr_u (local.get $c) (i32.const 6))))
          (i32.store8 offset=1 (local.get $p) (i32.or (i32.const 0x80) (i32.and (local.get $c) (i32.const 0x3f))))
          (local.set $p (i32.add (local.get $p) (i32.const 2)))
          (br $next)))
        (if (i32.eq (i32.and (local.get $c) (i32.const 0xf800)) (i32.const 0xd800)) (then
          (if (call $isPair (local.get $i) (local.get $n)) (then
            (local.set $d (array.get_u $units (local.get $buffer) (local.get $i)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            ;; 0x10000 + (c - 0xd800) * 0x400 + (d - 0xdc00)
            (local.set $c (i32.sub (i32.add (i32.shl (local.get $c) (i32.const 10)) (local.get $d)) (i32.const 0x35fdc00)))
            (i32.store8 (local.get $p) (i32.or (i32.const 0xf0) (i32.shr_u (local.get $c) (i32.const 18))))
            (i32.store8 offset=1 (local.get $p) (i32.or (i32.const 0x80) (i32.and (i32.shr_u (local.get $c) (i32.const 12)) (i32.const 0x3f))))
            (i32.store8 offset=2 (local.get $p) (i32.or (i32.const 0x80) (i32.and (i32.shr_u (local.get $c) (i32.const 6)) (i32.const 0x3f))))
            (i32.store8 offset=3 (local.get $p) (i32.or (i32.const 0x80) (i32.and (local.get $c) (i32.const 0x3f))))
            (local.set $p (i32.add (local.get $p) (i32.const 4)))
            (br $next)))
          (local.set $c (i32.const 0xfffd))))
        (i32.store8 (local.get $p) (i32.or (i32.const 0xe0) (i32.shr_u (local.get $c) (i32.const 12))))
        (i32.store8 offset=1 (local.get $p) (i32.or (i32.const 0x80) (i32.and (i32.shr_u (local.get $c) (i32.const 6)) (i32.const 0x3f))))
        (i32.store8 offset=2 (local.get $p) (i32.or (i32.const 0x80) (i32.and (local.get $c) (i32.const 0x3f))))
        (local.set $p (i32.add (local.get $p) (i32.const 3)))
        (br $next)))
    (local.get $start))

  ;; How many bytes lowerOther has written.
  (func (export "written") (result i32) (global.get $written))

  ;; The length in UTF-8 of the `n` units in the buffer.
  (func $utf8Length (param $n i32) (result i32)
    (local $i i32) (local $c i32) (local $bytes i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $n)))
        (local.set $c (array.get_u $units (global.get $buffer) (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (local.set $bytes (i32.add (local.get $bytes)
          (i32.add (i32.const 1)
            (i32.add (i32.ge_u (local.get $c) (i32.const 0x80)) (i32.ge_u (local.get $c) (i32.const 0x800))))))
        (br_if $next (i32.ne (i32.and (local.get $c) (i32.const 0xf800)) (i32.const 0xd800)))
        (if (call $isPair (local.get $i) (local.get $n)) (then
          (local.set $bytes (i32.add (local.get $bytes) (i32.const 1)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))))
        (br $next)))
    (local.get $bytes))

  ;; Whether the units before and at `i` are a surrogate pair; the one before is a surrogate.
  (func $isPair (param $i i32) (param $n i32) (result i32)
    (if (i32.ge_u (local.get $i) (local.get $n)) (then (return (i32.const 0))))
    (i32.and
      (i32.lt_u (array.get_u $units (global.get $buffer) (i32.sub (local.get $i) (i32.const 1))) (i32.const 0xdc00))
      (i32.eq (i32.and (array.get_u $units (global.get $buffer) (local.get $i)) (i32.const 0xfc00)) (i32.const 0xdc00)))))
