;; Short strings between JavaScript and a guest's memory, through the `wasm:js-string` built-ins: several characters at a
;; time while they are ASCII, else one by one. `string-helper.ts` holds the assembled bytes; its test assembles this text
;; and compares.
(module
  (type $units (array (mut i16)))
  (import "wasm:js-string" "fromCharCodeArray" (func $from (param (ref null $units) i32 i32) (result (ref extern))))
  (import "wasm:js-string" "charCodeAt" (func $at (param externref i32) (result i32)))
  (import "wasm:js-string" "length" (func $length (param externref) (result i32)))
  (import "" "memory" (memory $memory 0))
  ;; `runtime/thread.ts`: word 0 is the running call, word 2 takes what is special of a lowered string, word 3 its pointer if
  ;; that is a bad one, at 16 there is room for the bytes of 1,024 units, at 2048 for the units of a short string, and at 3088 for eight places.
  (import "" "thread" (memory $thread 0))
  (import "" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))

  ;; Holds a short string in UTF-16: what 64 bytes of UTF-8 decode to, and three units more that stand behind them.
  (global $buffer (ref $units) (array.new_default $units (i32.const 67)))

  ;; The string of `n` (at most 64) bytes of UTF-8 at `p`; null where they are malformed, not inside the memory, or
  ;; among its last four bytes.
  (func (export "lift") (param $p i32) (param $n i32) (result externref)
    (local $buffer (ref $units)) (local $i i32) (local $end i32) (local $q i32) (local $c i32) (local $w i32) (local $d i32)
    (local.set $buffer (global.get $buffer))
    (local.set $end (i32.add (local.get $p) (local.get $n)))
    (block $refused
      ;; A character is read to its end before it turns out that the string has ended: so there must be something behind it.
      (br_if $refused (i32.eqz (call $fits (local.get $p) (i32.add (local.get $n) (i32.const 4)))))
      (block $done
        (if (i32.ge_u (local.get $n) (i32.const 8)) (then
          (loop $ascii
            (local.set $q (i32.add (local.get $p) (local.get $i)))
            (if (i64.eqz (i64.and (i64.load $memory align=1 (local.get $q)) (i64.const 0x8080808080808080))) (then
              (array.set $units (local.get $buffer) (local.get $i)
                (i32.load8_u $memory (local.get $q)))
              (array.set $units (local.get $buffer) (i32.add (local.get $i) (i32.const 1))
                (i32.load8_u $memory offset=1 (local.get $q)))
              (array.set $units (local.get $buffer) (i32.add (local.get $i) (i32.const 2))
                (i32.load8_u $memory offset=2 (local.get $q)))
              (array.set $units (local.get $buffer) (i32.add (local.get $i) (i32.const 3))
                (i32.load8_u $memory offset=3 (local.get $q)))
              (array.set $units (local.get $buffer) (i32.add (local.get $i) (i32.const 4))
                (i32.load8_u $memory offset=4 (local.get $q)))
              (array.set $units (local.get $buffer) (i32.add (local.get $i) (i32.const 5))
                (i32.load8_u $memory offset=5 (local.get $q)))
              (array.set $units (local.get $buffer) (i32.add (local.get $i) (i32.const 6))
                (i32.load8_u $memory offset=6 (local.get $q)))
              (array.set $units (local.get $buffer) (i32.add (local.get $i) (i32.const 7))
                (i32.load8_u $memory offset=7 (local.get $q)))
              (local.set $i (i32.add (local.get $i) (i32.const 8)))
              (br_if $done (i32.eq (local.get $i) (local.get $n)))
              ;; The last eight overlap those before.
              (if (i32.gt_u (local.get $i) (i32.sub (local.get $n) (i32.const 8)))
                (then (local.set $i (i32.sub (local.get $n) (i32.const 8)))))
              (br $ascii))))))
        ;; What was read so far is ASCII, a unit a byte.
        (local.set $p (i32.add (local.get $p) (local.get $i)))
        (br_if $done (i32.eq (local.get $p) (local.get $end)))
        ;; Each way round the loop asks whether it has to stop: so it takes up to four characters of one kind. Those of ASCII may be
        ;; others that stand behind the string.
        (block $over
          (loop $next
            (local.set $w (i32.load $memory align=1 (local.get $p)))
            (if (i32.eqz (i32.and (local.get $w) (i32.const 0x8080))) (then
              (array.set $units (local.get $buffer) (local.get $i) (i32.load8_u $memory (local.get $p)))
              (array.set $units (local.get $buffer) (i32.add (local.get $i) (i32.const 1)) (i32.load8_u $memory offset=1 (local.get $p)))
              (if (i32.eqz (i32.and (local.get $w) (i32.const 0x80800000))) (then
                (array.set $units (local.get $buffer) (i32.add (local.get $i) (i32.const 2)) (i32.load8_u $memory offset=2 (local.get $p)))
                (array.set $units (local.get $buffer) (i32.add (local.get $i) (i32.const 3)) (i32.load8_u $memory offset=3 (local.get $p)))
                (local.set $i (i32.add (local.get $i) (i32.const 4)))
                (local.set $p (i32.add (local.get $p) (i32.const 4)))
                (br_if $next (i32.lt_u (local.get $p) (local.get $end)))
                (br $over)))
              (local.set $i (i32.add (local.get $i) (i32.const 2)))
              (local.set $p (i32.add (local.get $p) (i32.const 2)))
              (br_if $over (i32.ge_u (local.get $p) (local.get $end)))
              (local.set $w (i32.load $memory align=1 (local.get $p)))))
            (local.set $c (i32.and (local.get $w) (i32.const 0xff)))
            (if (i32.lt_u (local.get $c) (i32.const 0x80)) (then
              (array.set $units (local.get $buffer) (local.get $i) (local.get $c))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (local.set $p (i32.add (local.get $p) (i32.const 1)))
              (br_if $done (i32.eq (local.get $p) (local.get $end)))
              (local.set $w (i32.load $memory align=1 (local.get $p)))
              (local.set $c (i32.and (local.get $w) (i32.const 0xff)))))
            (if (i32.lt_u (local.get $c) (i32.const 0xe0)) (then
              ;; Two at once, the second of which may be something else. Bits that every byte of its kind has are 0 in what follows.
              (local.set $d (i32.xor (local.get $w) (i32.const 0x80c080c0)))
              (br_if $refused (i32.and (local.get $d) (i32.const 0xc0e0)))
              (local.set $c (i32.or (i32.shl (i32.and (local.get $d) (i32.const 0x001f001f)) (i32.const 6))
                (i32.and (i32.shr_u (local.get $d) (i32.const 8)) (i32.const 0x003f003f))))
              ;; overlong
              (br_if $refused (i32.lt_u (i32.and (local.get $c) (i32.const 0xffff)) (i32.const 0x80)))
              (array.set $units (local.get $buffer) (local.get $i) (local.get $c))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (local.set $p (i32.add (local.get $p) (i32.const 2)))
              (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
              (br_if $next (i32.and (local.get $d) (i32.const 0xc0e00000)))
              (br_if $refused (i32.lt_u (local.get $c) (i32.const 0x800000)))
              (array.set $units (local.get $buffer) (local.get $i) (i32.shr_u (local.get $c) (i32.const 16)))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (local.set $p (i32.add (local.get $p) (i32.const 2)))
              (br_if $next (i32.lt_u (local.get $p) (local.get $end)))
              (br $done)))
            (if (i32.lt_u (local.get $c) (i32.const 0xf0)) (then
              (br_if $refused (i32.ne (i32.and (local.get $w) (i32.const 0xc0c000)) (i32.const 0x808000)))
              ;; The bits that every byte of its kind has are taken off the sum. Refused is what is overlong, or a surrogate.
              (local.set $c (i32.sub (i32.add (i32.add (i32.shl (local.get $c) (i32.const 12))
                (i32.shl (i32.load8_u $memory offset=1 (local.get $p)) (i32.const 6))) (i32.load8_u $memory offset=2 (local.get $p))) (i32.const 0xe2080)))
              (br_if $refused (i32.lt_u (local.get $c) (i32.const 0x800)))
              (br_if $refused (i32.lt_u (i32.sub (local.get $c) (i32.const 0xd800)) (i32.const 0x800)))
              (array.set $units (local.get $buffer) (local.get $i) (local.get $c))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (local.set $p (i32.add (local.get $p) (i32.const 3)))
              (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
              (local.set $w (i32.load $memory align=1 (local.get $p)))
              (br_if $next (i32.ne (i32.and (local.get $w) (i32.const 0xc0c0f0)) (i32.const 0x8080e0)))
              (local.set $c (i32.sub (i32.add (i32.add (i32.shl (i32.and (local.get $w) (i32.const 0xff)) (i32.const 12))
                (i32.shl (i32.load8_u $memory offset=1 (local.get $p)) (i32.const 6))) (i32.load8_u $memory offset=2 (local.get $p))) (i32.const 0xe2080)))
              (br_if $refused (i32.lt_u (local.get $c) (i32.const 0x800)))
              (br_if $refused (i32.lt_u (i32.sub (local.get $c) (i32.const 0xd800)) (i32.const 0x800)))
              (array.set $units (local.get $buffer) (local.get $i) (local.get $c))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (local.set $p (i32.add (local.get $p) (i32.const 3)))
              (br_if $next (i32.lt_u (local.get $p) (local.get $end)))
              (br $done)))
            (br_if $refused (i32.ne (i32.and (local.get $w) (i32.const 0xc0c0c000)) (i32.const 0x80808000)))
            (local.set $d (i32.sub
              (i32.add (i32.add (i32.shl (local.get $c) (i32.const 18)) (i32.shl (i32.load8_u $memory offset=1 (local.get $p)) (i32.const 12)))
                (i32.add (i32.shl (i32.load8_u $memory offset=2 (local.get $p)) (i32.const 6)) (i32.load8_u $memory offset=3 (local.get $p))))
              (i32.const 0x3c92080)))
            ;; overlong, or beyond the last code point, or no lead at all
            (br_if $refused (i32.gt_u (local.get $d) (i32.const 0xfffff)))
            (array.set $units (local.get $buffer) (local.get $i) (i32.or (i32.const 0xd800) (i32.shr_u (local.get $d) (i32.const 10))))
            (array.set $units (local.get $buffer) (i32.add (local.get $i) (i32.const 1)) (i32.or (i32.const 0xdc00) (i32.and (local.get $d) (i32.const 0x3ff))))
            (local.set $i (i32.add (local.get $i) (i32.const 2)))
            (local.set $p (i32.add (local.get $p) (i32.const 4)))
            (br_if $next (i32.lt_u (local.get $p) (local.get $end)))
            (br $done)))
        (local.set $i (i32.sub (local.get $i) (i32.sub (local.get $p) (local.get $end))))
        (local.set $p (local.get $end)))
      ;; The last character goes on behind the end.
      (br_if $refused (i32.gt_u (local.get $p) (local.get $end)))
      (return (call $from (local.get $buffer) (i32.const 0) (local.get $i))))
    (ref.null extern))

  ;; Lowers a string of `n` units, less than 8: encodes it (lone surrogates become U+FFFD), calls realloc for exactly its bytes,
  ;; while nothing may suspend and nothing leave the instance whose word is at `word`, writes them, and returns the pointer.
  ;; Word 2 is 0 then where the string is ASCII, so that it has `n` bytes, and the pointer is good; else it has the bytes and
  ;; its highest bit. Writes nothing where the pointer is bad, which the caller has to find.
  (func $few (export "few") (param $s externref) (param $n i32) (param $word i32) (result i32)
    (local $i i32) (local $c i32) (local $p i32) (local $few i64) (local $more i64)
    (if (i32.ge_u (local.get $n) (i32.const 4)) (then
      (local.set $few (call $four (local.get $s) (i32.const 0)))
      (local.set $i (i32.sub (local.get $n) (i32.const 4)))
      (local.set $more (local.get $few))
      (if (local.get $i) (then (local.set $more (call $four (local.get $s) (local.get $i)))))
      (if (i64.eqz (i64.and (i64.or (local.get $few) (local.get $more)) (i64.const 0xff80ff80ff80ff80))) (then
        (local.set $p (call $allocate (local.get $word) (local.get $n)))
        (if (call $fits (local.get $p) (local.get $n)) (then
          (i64.store32 $memory align=1 (local.get $p) (call $narrowFour (local.get $few)))
          (i64.store32 $memory align=1 (i32.add (local.get $p) (local.get $i)) (call $narrowFour (local.get $more))))
        (else (call $special (local.get $n))))
        (return (local.get $p))))
      (i64.store $thread offset=2048 align=1 (i32.const 0) (local.get $few))
      (i64.store $thread offset=2048 align=1 (i32.shl (local.get $i) (i32.const 1)) (local.get $more)))
    (else (if (local.get $n) (then
      ;; The first, the middle and the last of up to three are all of them.
      (local.set $i (i32.shr_u (local.get $n) (i32.const 1)))
      (local.set $c (call $at (local.get $s) (i32.const 0)))
      (local.set $few (i64.extend_i32_u (call $at (local.get $s) (local.get $i))))
      (local.set $more (i64.extend_i32_u (call $at (local.get $s) (i32.sub (local.get $n) (i32.const 1)))))
      (if (i32.lt_u (i32.or (local.get $c) (i32.wrap_i64 (i64.or (local.get $few) (local.get $more)))) (i32.const 0x80)) (then
        (local.set $p (call $allocate (local.get $word) (local.get $n)))
        (if (call $fits (local.get $p) (local.get $n)) (then
          (i32.store8 $memory (local.get $p) (local.get $c))
          (i64.store8 $memory (i32.add (local.get $p) (local.get $i)) (local.get $few))
          (i64.store8 $memory (i32.sub (i32.add (local.get $p) (local.get $n)) (i32.const 1)) (local.get $more)))
        (else (call $special (local.get $n))))
        (return (local.get $p))))
      (i32.store16 $thread offset=2048 align=1 (i32.const 0) (local.get $c))
      (i64.store16 $thread offset=2048 align=1 (i32.shl (local.get $i) (i32.const 1)) (local.get $few))
      (i64.store16 $thread offset=2046 align=1 (i32.shl (local.get $n) (i32.const 1)) (local.get $more))))))
    (call $encoded (local.get $n) (local.get $word)))

  ;; The same for 8 to 32 units. All are read first, in pieces of which the last overlap those before.
  (func $lower (export "lower") (param $s externref) (param $n i32) (param $word i32) (result i32)
    (local $i i32) (local $p i32) (local $first v128) (local $second v128) (local $third v128) (local $last v128)
    (if (i32.le_u (local.get $n) (i32.const 16)) (then
      (local.set $first (call $eight (local.get $s) (i32.const 0)))
      (local.set $last (local.get $first))
      (local.set $i (i32.sub (local.get $n) (i32.const 8)))
      (if (local.get $i) (then (local.set $last (call $eight (local.get $s) (local.get $i)))))
      (if (call $isAscii (v128.or (local.get $first) (local.get $last))) (then
        (local.set $p (call $allocate (local.get $word) (local.get $n)))
        (if (call $fits (local.get $p) (local.get $n)) (then
          (i64.store $memory align=1 (local.get $p) (call $narrow (local.get $first)))
          (i64.store $memory align=1 (i32.add (local.get $p) (local.get $i)) (call $narrow (local.get $last))))
        (else (call $special (local.get $n))))
        (return (local.get $p))))
      (v128.store $thread offset=2048 align=1 (i32.const 0) (local.get $first))
      (v128.store $thread offset=2048 align=1 (i32.shl (local.get $i) (i32.const 1)) (local.get $last)))
    (else
      (local.set $i (i32.sub (local.get $n) (i32.const 16)))
      (local.set $first (call $eight (local.get $s) (i32.const 0)))
      (local.set $second (call $eight (local.get $s) (i32.const 8)))
      (local.set $third (call $eight (local.get $s) (local.get $i)))
      (local.set $last (call $eight (local.get $s) (i32.add (local.get $i) (i32.const 8))))
      (if (call $isAscii (v128.or (v128.or (local.get $first) (local.get $second)) (v128.or (local.get $third) (local.get $last)))) (then
        (local.set $p (call $allocate (local.get $word) (local.get $n)))
        (if (call $fits (local.get $p) (local.get $n)) (then
          (v128.store $memory align=1 (local.get $p) (i8x16.narrow_i16x8_u (local.get $first) (local.get $second)))
          (v128.store $memory align=1 (i32.add (local.get $p) (local.get $i)) (i8x16.narrow_i16x8_u (local.get $third) (local.get $last))))
        (else (call $special (local.get $n))))
        (return (local.get $p))))
      (v128.store $thread offset=2048 align=1 (i32.const 0) (local.get $first))
      (v128.store $thread offset=2064 align=1 (i32.const 0) (local.get $second))
      (v128.store $thread offset=2048 align=1 (i32.shl (local.get $i) (i32.const 1)) (local.get $third))
      (v128.store $thread offset=2064 align=1 (i32.shl (local.get $i) (i32.const 1)) (local.get $last))))
    (call $encoded (local.get $n) (local.get $word)))

  ;; The same for 33 to 64 units. Of strings that are mostly not ASCII, as far as a sample tells, it leaves 0 bytes as special, and
  ;; calls nothing: the platform encodes them faster.
  (func (export "long") (param $s externref) (param $n i32) (param $word i32) (result i32)
    (local $i i32) (local $p i32)
    (local $0 v128) (local $8 v128) (local $16 v128) (local $24 v128) (local $32 v128) (local $40 v128) (local $48 v128) (local $last v128)
    (local.set $0 (call $eight (local.get $s) (i32.const 0)))
    (local.set $24 (call $eight (local.get $s) (i32.const 24)))
    (if (i32.eqz (call $isAscii (v128.or (local.get $0) (local.get $24)))) (then
      (if (i32.ge_u (call $countLong (local.get $0) (local.get $24)) (i32.const 8)) (then
        (call $special (i32.const 0))
        (return (i32.const 0))))))
    (local.set $8 (call $eight (local.get $s) (i32.const 8)))
    (local.set $16 (call $eight (local.get $s) (i32.const 16)))
    (block $read
      (br_if $read (i32.le_u (local.get $n) (i32.const 40)))
      (local.set $32 (call $eight (local.get $s) (i32.const 32)))
      (br_if $read (i32.le_u (local.get $n) (i32.const 48)))
      (local.set $40 (call $eight (local.get $s) (i32.const 40)))
      (br_if $read (i32.le_u (local.get $n) (i32.const 56)))
      (local.set $48 (call $eight (local.get $s) (i32.const 48))))
    (local.set $i (i32.sub (local.get $n) (i32.const 8)))
    ;; It covers what others have, too, or is half empty there: so it is written first.
    (local.set $last (if (result v128) (i32.and (i32.sub (local.get $n) (i32.const 1)) (i32.const 4))
      (then (call $eight (local.get $s) (local.get $i)))
      (else (i64x2.replace_lane 1 (v128.const i64x2 0 0) (call $four (local.get $s) (i32.add (local.get $i) (i32.const 4)))))))
    (if (call $isAscii (v128.or
        (v128.or (v128.or (local.get $0) (local.get $8)) (v128.or (local.get $16) (local.get $24)))
        (v128.or (v128.or (local.get $32) (local.get $40)) (v128.or (local.get $48) (local.get $last))))) (then
      ;; Two in one are half as much to keep while realloc runs.
      (local.set $0 (i8x16.narrow_i16x8_u (local.get $0) (local.get $8)))
      (local.set $16 (i8x16.narrow_i16x8_u (local.get $16) (local.get $24)))
      (local.set $32 (i8x16.narrow_i16x8_u (local.get $32) (local.get $40)))
      (local.set $48 (i8x16.narrow_i16x8_u (local.get $48) (local.get $last)))
      (local.set $p (call $allocate (local.get $word) (local.get $n)))
      (if (call $fits (local.get $p) (local.get $n)) (then
        (v128.store64_lane $memory align=1 1 (i32.add (local.get $p) (local.get $i)) (local.get $48))
        (v128.store $memory align=1 (local.get $p) (local.get $0))
        (v128.store $memory offset=16 align=1 (local.get $p) (local.get $16))
        (block $written
          (br_if $written (i32.le_u (local.get $n) (i32.const 40)))
          (v128.store64_lane $memory offset=32 align=1 0 (local.get $p) (local.get $32))
          (br_if $written (i32.le_u (local.get $n) (i32.const 48)))
          (v128.store64_lane $memory offset=40 align=1 1 (local.get $p) (local.get $32))
          (br_if $written (i32.le_u (local.get $n) (i32.const 56)))
          (v128.store64_lane $memory offset=48 align=1 0 (local.get $p) (local.get $48))))
      (else (call $special (local.get $n))))
      (return (local.get $p))))
    (v128.store $thread offset=2048 align=1 (i32.shl (local.get $i) (i32.const 1)) (local.get $last))
    (v128.store $thread offset=2048 align=1 (i32.const 0) (local.get $0))
    (v128.store $thread offset=2064 align=1 (i32.const 0) (local.get $8))
    (v128.store $thread offset=2080 align=1 (i32.const 0) (local.get $16))
    (v128.store $thread offset=2096 align=1 (i32.const 0) (local.get $24))
    (block $written
      (br_if $written (i32.le_u (local.get $n) (i32.const 40)))
      (v128.store $thread offset=2112 align=1 (i32.const 0) (local.get $32))
      (br_if $written (i32.le_u (local.get $n) (i32.const 48)))
      (v128.store $thread offset=2128 align=1 (i32.const 0) (local.get $40))
      (br_if $written (i32.le_u (local.get $n) (i32.const 56)))
      (v128.store $thread offset=2144 align=1 (i32.const 0) (local.get $48)))
    (call $encoded (local.get $n) (local.get $word)))

  ;; How many of sixteen units are not ASCII.
  (func $countLong (param $a v128) (param $b v128) (result i32)
    (i32.popcnt (i8x16.bitmask (i8x16.narrow_i16x8_s
      (i16x8.gt_u (local.get $a) (v128.const i16x8 0x7f 0x7f 0x7f 0x7f 0x7f 0x7f 0x7f 0x7f))
      (i16x8.gt_u (local.get $b) (v128.const i16x8 0x7f 0x7f 0x7f 0x7f 0x7f 0x7f 0x7f 0x7f))))))

  ;; Encodes the `n` units at 2048 in the thread's memory, and places what comes of it, which is special.
  (func $encoded (param $n i32) (param $word i32) (result i32)
    (local $p i32)
    (local.set $n (call $encode (local.get $n)))
    (local.set $p (call $place (local.get $n) (local.get $word)))
    (call $special (local.get $n))
    (local.get $p))

  ;; The same for `n` bytes of UTF-8 that lie at 16 in the thread's memory already: word 2 is 0 where the pointer is good.
  (func $place (export "place") (param $n i32) (param $word i32) (result i32)
    (local $p i32) (local $last i32)
    (local.set $p (call $allocate (local.get $word) (local.get $n)))
    (if (call $fits (local.get $p) (local.get $n))
      (then
        ;; What is just too long to be read unit by unit, without a loop.
        (if (i32.and (i32.gt_u (local.get $n) (i32.const 32)) (i32.le_u (local.get $n) (i32.const 64)))
          (then
            (v128.store $memory align=1 (local.get $p) (v128.load $thread offset=16 align=1 (i32.const 0)))
            (v128.store $memory offset=16 align=1 (local.get $p) (v128.load $thread offset=32 align=1 (i32.const 0)))
            (local.set $last (i32.sub (local.get $n) (i32.const 32)))
            (v128.store $memory align=1 (i32.add (local.get $p) (local.get $last)) (v128.load $thread offset=16 align=1 (local.get $last)))
            (v128.store $memory offset=16 align=1 (i32.add (local.get $p) (local.get $last)) (v128.load $thread offset=32 align=1 (local.get $last))))
          (else (call $copy (local.get $p) (local.get $n)))))
      (else (call $special (local.get $n))))
    (local.get $p))

  (func $special (param $n i32)
    (i32.store $thread (i32.const 8) (i32.or (local.get $n) (i32.const 0x80000000))))

  ;; The same, and writes the pointer and the length to `at`, which was checked. Returns 0 where the pointer is bad, which
  ;; word 3 has then.
  (func $store (export "store") (param $s externref) (param $n i32) (param $word i32) (param $at i32) (result i32)
    (local $p i32) (local $special i32)
    (local.set $p (if (result i32) (i32.lt_u (local.get $n) (i32.const 8))
      (then (call $few (local.get $s) (local.get $n) (local.get $word)))
      (else (call $lower (local.get $s) (local.get $n) (local.get $word)))))
    (local.set $special (i32.load $thread (i32.const 8)))
    (if (local.get $special) (then
      (local.set $n (i32.and (local.get $special) (i32.const 0x7fffffff)))
      (if (i32.eqz (call $fits (local.get $p) (local.get $n))) (then
        (i32.store $thread (i32.const 12) (local.get $p))
        (return (i32.const 0))))
      (i32.store $thread (i32.const 8) (i32.const 0))))
    (i32.store $memory align=1 (local.get $at) (local.get $p))
    (i32.store $memory offset=4 align=1 (local.get $at) (local.get $n))
    (i32.const 1))

  ;; Stores the first `count` of eight strings of at most `most` (at most 32) units, one after the other, the i-th at `at` plus the i-th
  ;; of the words from 3088 on. Returns how many: it stops before a string that is longer, and, as `store` does, at a bad pointer.
  (func (export "storeEight") (param $word i32) (param $at i32) (param $count i32) (param $most i32)
      (param $s0 externref) (param $s1 externref) (param $s2 externref) (param $s3 externref)
      (param $s4 externref) (param $s5 externref) (param $s6 externref) (param $s7 externref) (result i32)
    (local $i i32) (local $running i32) (local $state i32)
    (if (local.get $word) (then
      (local.set $running (i32.load $thread (i32.const 0)))
      (i32.store $thread (i32.const 0) (i32.const 0))
      (local.set $state (i32.load $thread (local.get $word)))
      (i32.store $thread (local.get $word) (i32.or (local.get $state) (i32.const 4)))))
    (block $end
      (br_if $end (i32.eqz (call $storeShort (local.get $s0) (local.get $most)
        (i32.add (local.get $at) (i32.load $thread offset=3088 (i32.const 0))))))
      (local.set $i (i32.const 1))
      (br_if $end (i32.eq (local.get $i) (local.get $count)))
      (br_if $end (i32.eqz (call $storeShort (local.get $s1) (local.get $most)
        (i32.add (local.get $at) (i32.load $thread offset=3092 (i32.const 0))))))
      (local.set $i (i32.const 2))
      (br_if $end (i32.eq (local.get $i) (local.get $count)))
      (br_if $end (i32.eqz (call $storeShort (local.get $s2) (local.get $most)
        (i32.add (local.get $at) (i32.load $thread offset=3096 (i32.const 0))))))
      (local.set $i (i32.const 3))
      (br_if $end (i32.eq (local.get $i) (local.get $count)))
      (br_if $end (i32.eqz (call $storeShort (local.get $s3) (local.get $most)
        (i32.add (local.get $at) (i32.load $thread offset=3100 (i32.const 0))))))
      (local.set $i (i32.const 4))
      (br_if $end (i32.eq (local.get $i) (local.get $count)))
      (br_if $end (i32.eqz (call $storeShort (local.get $s4) (local.get $most)
        (i32.add (local.get $at) (i32.load $thread offset=3104 (i32.const 0))))))
      (local.set $i (i32.const 5))
      (br_if $end (i32.eq (local.get $i) (local.get $count)))
      (br_if $end (i32.eqz (call $storeShort (local.get $s5) (local.get $most)
        (i32.add (local.get $at) (i32.load $thread offset=3108 (i32.const 0))))))
      (local.set $i (i32.const 6))
      (br_if $end (i32.eq (local.get $i) (local.get $count)))
      (br_if $end (i32.eqz (call $storeShort (local.get $s6) (local.get $most)
        (i32.add (local.get $at) (i32.load $thread offset=3112 (i32.const 0))))))
      (local.set $i (i32.const 7))
      (br_if $end (i32.eq (local.get $i) (local.get $count)))
      (br_if $end (i32.eqz (call $storeShort (local.get $s7) (local.get $most)
        (i32.add (local.get $at) (i32.load $thread offset=3116 (i32.const 0))))))
      (local.set $i (i32.const 8)))
    (if (local.get $word) (then
      (i32.store $thread (local.get $word) (local.get $state))
      (i32.store $thread (i32.const 0) (local.get $running))))
    (local.get $i))

  ;; Stores a string of at most `most` units where the marks are set already.
  (func $storeShort (param $s externref) (param $most i32) (param $at i32) (result i32)
    (local $n i32)
    (local.set $n (call $length (local.get $s)))
    (if (i32.gt_u (local.get $n) (local.get $most)) (then (return (i32.const 0))))
    (call $store (local.get $s) (local.get $n) (i32.const 0) (local.get $at)))

  ;; Calls realloc for `n` bytes; it runs under JavaScript, where nothing suspends, and may not call out of its component. Where it
  ;; cannot do so, `word` is 0, and nothing has to be marked.
  (func $allocate (param $word i32) (param $n i32) (result i32)
    (local $running i32) (local $state i32) (local $p i32)
    (if (local.get $word) (then
      (local.set $running (i32.load $thread (i32.const 0)))
      (if (local.get $running) (then (i32.store $thread (i32.const 0) (i32.const 0))))
      (local.set $state (i32.load $thread (local.get $word)))
      (i32.store $thread (local.get $word) (i32.or (local.get $state) (i32.const 4)))))
    (local.set $p (call $realloc (i32.const 0) (i32.const 0) (i32.const 1) (local.get $n)))
    (if (local.get $word) (then
      ;; What cannot leave changes no other bit.
      (i32.store $thread (local.get $word) (local.get $state))
      (if (local.get $running) (then (i32.store $thread (i32.const 0) (local.get $running))))))
    (local.get $p))

  (func $fits (param $p i32) (param $n i32) (result i32)
    (i64.le_u (i64.add (i64.extend_i32_u (local.get $p)) (i64.extend_i32_u (local.get $n)))
              (i64.shl (i64.extend_i32_u (memory.size $memory)) (i64.const 16))))

  ;; The `n` units at 2048 in the thread's memory as UTF-8, to 16 there; returns how many bytes. Up to four of ASCII in one round, which
  ;; may be units of zero that stand behind the last: they are taken back. So nothing but ASCII has to ask whether it is the last.
  (func $encode (param $n i32) (result i32)
    (local $i i32) (local $end i32) (local $q i32) (local $c i32) (local $two i32) (local $more i32)
    (local.set $end (i32.shl (local.get $n) (i32.const 1)))
    (i64.store $thread offset=2048 align=1 (local.get $end) (i64.const 0))
    (loop $next
      (local.set $two (i32.load $thread offset=2048 align=1 (local.get $i)))
      (if (i32.eqz (i32.and (local.get $two) (i32.const 0xff80ff80))) (then
        (i32.store16 $thread offset=16 align=1 (local.get $q) (i32.or (local.get $two) (i32.shr_u (local.get $two) (i32.const 8))))
        (local.set $more (i32.load $thread offset=2052 align=1 (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 4)))
        (local.set $q (i32.add (local.get $q) (i32.const 2)))
        (if (i32.eqz (i32.and (local.get $more) (i32.const 0xff80ff80))) (then
          (i32.store16 $thread offset=16 align=1 (local.get $q) (i32.or (local.get $more) (i32.shr_u (local.get $more) (i32.const 8))))
          (local.set $i (i32.add (local.get $i) (i32.const 4)))
          (local.set $q (i32.add (local.get $q) (i32.const 2)))))
        (br_if $next (i32.lt_u (local.get $i) (local.get $end))))
      (else
        (local.set $c (i32.and (local.get $two) (i32.const 0xffff)))
        (local.set $i (i32.add (local.get $i) (i32.const 2)))
        (if (i32.lt_u (local.get $c) (i32.const 0x80)) (then
          (i32.store8 $thread offset=16 (local.get $q) (local.get $c))
          (local.set $q (i32.add (local.get $q) (i32.const 1)))
          (local.set $two (i32.load $thread offset=2048 align=1 (local.get $i)))
          (local.set $c (i32.and (local.get $two) (i32.const 0xffff)))
          (local.set $i (i32.add (local.get $i) (i32.const 2)))))
        (if (i32.lt_u (local.get $c) (i32.const 0x800)) (then
          (i32.store16 $thread offset=16 align=1 (local.get $q) (call $twoBytes (local.get $c)))
          (local.set $q (i32.add (local.get $q) (i32.const 2)))
          (local.set $c (i32.shr_u (local.get $two) (i32.const 16)))
          (br_if $next (i32.ge_u (local.get $c) (i32.const 0x800)))
          (br_if $next (i32.lt_u (local.get $c) (i32.const 0x80)))
          (i32.store16 $thread offset=16 align=1 (local.get $q) (call $twoBytes (local.get $c)))
          (local.set $i (i32.add (local.get $i) (i32.const 2)))
          (local.set $q (i32.add (local.get $q) (i32.const 2)))
          (br $next))
        (else
          (if (i32.eq (i32.and (local.get $c) (i32.const 0xf800)) (i32.const 0xd800)) (then
            (if (i32.eq (i32.and (local.get $two) (i32.const 0xfc00fc00)) (i32.const 0xdc00d800)) (then
              (local.set $i (i32.add (local.get $i) (i32.const 2)))
              ;; 0x10000 + (c - 0xd800) * 0x400 + (d - 0xdc00)
              (local.set $c (i32.sub (i32.add (i32.shl (local.get $c) (i32.const 10)) (i32.shr_u (local.get $two) (i32.const 16))) (i32.const 0x35fdc00)))
              (i32.store $thread offset=16 align=1 (local.get $q) (i32.or (i32.const 0x808080f0) (i32.or
                (i32.or (i32.shr_u (local.get $c) (i32.const 18))
                  (i32.shr_u (i32.and (local.get $c) (i32.const 0x3f000)) (i32.const 4)))
                (i32.or (i32.shl (i32.and (local.get $c) (i32.const 0xfc0)) (i32.const 10))
                  (i32.shl (i32.and (local.get $c) (i32.const 0x3f)) (i32.const 24))))))
              (local.set $q (i32.add (local.get $q) (i32.const 4)))
              (br $next)))
            (local.set $c (i32.const 0xfffd))))
          ;; One byte more than it has, which the next one overwrites.
          (i32.store $thread offset=16 align=1 (local.get $q) (i32.or (i32.const 0x8080e0) (i32.or
            (i32.shr_u (local.get $c) (i32.const 12))
            (i32.or (i32.shl (i32.and (local.get $c) (i32.const 0xfc0)) (i32.const 2))
              (i32.shl (i32.and (local.get $c) (i32.const 0x3f)) (i32.const 16))))))
          (local.set $q (i32.add (local.get $q) (i32.const 3)))
          (local.set $c (i32.shr_u (local.get $two) (i32.const 16)))
          (br_if $next (i32.ge_u (local.get $c) (i32.const 0x80)))
          (i32.store8 $thread offset=16 (local.get $q) (local.get $c))
          (local.set $q (i32.add (local.get $q) (i32.const 1)))
          (local.set $i (i32.add (local.get $i) (i32.const 2)))
          (br_if $next (i32.lt_u (local.get $i) (local.get $end))))))))
    (i32.sub (local.get $q) (i32.shr_u (i32.sub (local.get $i) (local.get $end)) (i32.const 1))))

  (func $twoBytes (param $c i32) (result i32)
    (i32.or (i32.const 0x80c0) (i32.or
      (i32.shr_u (local.get $c) (i32.const 6))
      (i32.shl (i32.and (local.get $c) (i32.const 0x3f)) (i32.const 8)))))

  ;; Eight units from the i-th on. In two halves, because putting a unit into a lane costs twice what shifting it there does.
  (func $eight (param $s externref) (param $i i32) (result v128)
    (i64x2.replace_lane 1 (i64x2.splat (call $four (local.get $s) (local.get $i)))
      (call $four (local.get $s) (i32.add (local.get $i) (i32.const 4)))))

  ;; Four units from the i-th on, 16 bits each.
  (func $four (param $s externref) (param $i i32) (result i64)
    (i64.or
      (i64.or (i64.extend_i32_u (call $at (local.get $s) (local.get $i)))
        (i64.shl (i64.extend_i32_u (call $at (local.get $s) (i32.add (local.get $i) (i32.const 1)))) (i64.const 16)))
      (i64.or
        (i64.shl (i64.extend_i32_u (call $at (local.get $s) (i32.add (local.get $i) (i32.const 2)))) (i64.const 32))
        (i64.shl (i64.extend_i32_u (call $at (local.get $s) (i32.add (local.get $i) (i32.const 3)))) (i64.const 48)))))

  ;; Four units that are ASCII as four bytes, the higher half is undefined.
  (func $narrowFour (param $four i64) (result i64)
    (local.set $four (i64.and (i64.or (local.get $four) (i64.shr_u (local.get $four) (i64.const 8))) (i64.const 0x0000ffff0000ffff)))
    (i64.or (local.get $four) (i64.shr_u (local.get $four) (i64.const 16))))

  (func $isAscii (param $eight v128) (result i32)
    (i32.eqz (v128.any_true (v128.and (local.get $eight) (v128.const i16x8 -128 -128 -128 -128 -128 -128 -128 -128)))))

  (func $narrow (param $eight v128) (result i64)
    (i64x2.extract_lane 0 (i8x16.narrow_i16x8_u (local.get $eight) (local.get $eight))))

  ;; What was encoded, `n` bytes at 16 in the thread's memory, to `p`, which was checked: in pieces of which the last overlaps those before.
  (func $copy (param $p i32) (param $n i32)
    (local $i i32) (local $last i32)
    (if (i32.ge_u (local.get $n) (i32.const 256)) (then
      (memory.copy $memory $thread (local.get $p) (i32.const 16) (local.get $n))
      (return)))
    (if (i32.ge_u (local.get $n) (i32.const 16)) (then
      (local.set $last (i32.sub (local.get $n) (i32.const 16)))
      (loop $next
        (if (i32.lt_u (local.get $i) (local.get $last)) (then
          (v128.store $memory align=1 (i32.add (local.get $p) (local.get $i)) (v128.load $thread offset=16 align=1 (local.get $i)))
          (local.set $i (i32.add (local.get $i) (i32.const 16)))
          (br $next))))
      (v128.store $memory align=1 (i32.add (local.get $p) (local.get $last)) (v128.load $thread offset=16 align=1 (local.get $last)))
      (return)))
    (if (i32.ge_u (local.get $n) (i32.const 8)) (then
      (local.set $last (i32.sub (local.get $n) (i32.const 8)))
      (i64.store $memory align=1 (local.get $p) (i64.load $thread offset=16 align=1 (i32.const 0)))
      (i64.store $memory align=1 (i32.add (local.get $p) (local.get $last)) (i64.load $thread offset=16 align=1 (local.get $last)))
      (return)))
    (if (i32.ge_u (local.get $n) (i32.const 4)) (then
      (local.set $last (i32.sub (local.get $n) (i32.const 4)))
      (i32.store $memory align=1 (local.get $p) (i32.load $thread offset=16 align=1 (i32.const 0)))
      (i32.store $memory align=1 (i32.add (local.get $p) (local.get $last)) (i32.load $thread offset=16 align=1 (local.get $last)))
      (return)))
    (loop $next
      (if (i32.lt_u (local.get $i) (local.get $n)) (then
        (i32.store8 $memory (i32.add (local.get $p) (local.get $i)) (i32.load8_u $thread offset=16 (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))))
