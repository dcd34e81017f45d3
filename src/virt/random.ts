/** What each interface has beside its seed. */
const functions: Readonly<Record<string, readonly string[]>> = {
  random: ['get-random-bytes', 'get-random-u64'],
  insecure: ['get-insecure-random-bytes', 'get-insecure-random-u64'],
  'insecure-seed': ['insecure-seed'],
}

const types: Readonly<Record<string, string>> = {
  bytes: '(param "len" u64) (result (list u8))',
  u64: '(result u64)',
  seed: '(result (tuple u64 u64))',
}

/**
 * An interface of `wasi:random`, with numbers that only depend on the seed: SplitMix64.
 *
 * @param item `random`, `insecure` or `insecure-seed`
 */
export function randomText(name: string, item: string, seed: bigint): string {
  const names = functions[item]!
  const kindOf = (each: string): string => each.slice(each.lastIndexOf('-') + 1)
  const typeOf = (each: string): string => types[kindOf(each)]!
  const liftOf = (each: string): string =>
    `(func $${each} ${typeOf(each)} (canon lift (core func $m "${kindOf(each)}") (memory $m "memory")))`
  return `(component
    (core module $M
      (memory (export "memory") 1)
      (global $state (mut i64) (i64.const ${BigInt.asIntN(64, seed)}))
      (func $next (export "u64") (result i64) (local $z i64)
        (global.set $state (local.tee $z (i64.add (global.get $state) (i64.const 0x9e3779b97f4a7c15))))
        (local.set $z (i64.mul (i64.xor (local.get $z) (i64.shr_u (local.get $z) (i64.const 30))) (i64.const 0xbf58476d1ce4e5b9)))
        (local.set $z (i64.mul (i64.xor (local.get $z) (i64.shr_u (local.get $z) (i64.const 27))) (i64.const 0x94d049bb133111eb)))
        (i64.xor (local.get $z) (i64.shr_u (local.get $z) (i64.const 31))))
      ;; Bytes from 16 on, up to 7 more than asked for; at most 1 GiB.
      (func (export "bytes") (param $length i64) (result i32) (local $end i32) (local $at i32) (local $pages i32)
        (if (i64.gt_u (local.get $length) (i64.const 0x40000000)) (then unreachable))
        (local.set $end (i32.add (i32.const 16) (i32.wrap_i64 (local.get $length))))
        (local.set $pages (i32.sub (i32.add (i32.shr_u (i32.add (local.get $end) (i32.const 7)) (i32.const 16)) (i32.const 1)) (memory.size)))
        (if (i32.gt_s (local.get $pages) (i32.const 0))
          (then (if (i32.eq (memory.grow (local.get $pages)) (i32.const -1)) (then unreachable))))
        (local.set $at (i32.const 16))
        (block $done (loop $again
          (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
          (i64.store (local.get $at) (call $next))
          (local.set $at (i32.add (local.get $at) (i32.const 8)))
          (br $again)))
        (i32.store (i32.const 0) (i32.const 16))
        (i32.store (i32.const 4) (i32.wrap_i64 (local.get $length)))
        (i32.const 0))
      (func (export "seed") (result i32)
        (i64.store (i32.const 0) (call $next))
        (i64.store (i32.const 8) (call $next))
        (i32.const 0)))
    (core instance $m (instantiate $M))
    ${names.map(liftOf).join('\n')}
    (component $Shell ${names.map((each) => `(import "${each}" (func $${each} ${typeOf(each)})) (export "${each}" (func $${each}))`).join('\n')})
    (instance $shell (instantiate $Shell ${names.map((each) => `(with "${each}" (func $${each}))`).join(' ')}))
    (export "${name}" (instance $shell)))`
}
