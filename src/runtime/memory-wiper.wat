;; Zeroes a memory. Most of it was never written to, and reading costs half of writing, and pages that only were read cost the
;; system nothing: so blocks of 4 KiB, the system's pages, are written to only from the first byte on that is not 0.
;; `memory-wiper.ts` holds the assembled bytes; its test assembles this text and compares.
(module
  (import "" "memory" (memory 1))

  ;; The first `$size` bytes, a multiple of 4096 and not 0.
  (func (export "wipe") (param $size i32) (local $at i32) (local $end i32)
    (loop $blocks
      (local.set $end (i32.add (local.get $at) (i32.const 4096)))
      (block $clean
        (loop $scan
          (if (v128.any_true
                (v128.or
                  (v128.or
                    (v128.or
                      (v128.or (v128.load offset=0 (local.get $at)) (v128.load offset=16 (local.get $at)))
                      (v128.or (v128.load offset=32 (local.get $at)) (v128.load offset=48 (local.get $at))))
                    (v128.or
                      (v128.or (v128.load offset=64 (local.get $at)) (v128.load offset=80 (local.get $at)))
                      (v128.or (v128.load offset=96 (local.get $at)) (v128.load offset=112 (local.get $at)))))
                  (v128.or
                    (v128.or
                      (v128.or (v128.load offset=128 (local.get $at)) (v128.load offset=144 (local.get $at)))
                      (v128.or (v128.load offset=160 (local.get $at)) (v128.load offset=176 (local.get $at))))
                    (v128.or
                      (v128.or (v128.load offset=192 (local.get $at)) (v128.load offset=208 (local.get $at)))
                      (v128.or (v128.load offset=224 (local.get $at)) (v128.load offset=240 (local.get $at)))))))
            (then
              (memory.fill (local.get $at) (i32.const 0) (i32.sub (local.get $end) (local.get $at)))
              (br $clean)))
          (local.set $at (i32.add (local.get $at) (i32.const 256)))
          (br_if $scan (i32.lt_u (local.get $at) (local.get $end)))))
      (local.set $at (local.get $end))
      (br_if $blocks (i32.lt_u (local.get $at) (local.get $size))))))
