/** The text of a guest's memory, and of a `realloc` that starts again where it ends: the same for every allocation of a floor. */
export const guestMemory = `
      (memory (export "mem") 64)
      (global $free (mut i32) (i32.const 1024))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
        (if (i32.gt_u (i32.add (global.get $free) (local.get 3)) (i32.const 4000000))
          (then (global.set $free (i32.const 1024))))
        (local.set $at (i32.and (i32.add (global.get $free) (i32.const 7)) (i32.const -8)))
        (global.set $free (i32.add (local.get $at) (local.get 3)))
        (local.get $at))`
