/** Components that are there to make trouble, assembled from text. */
import { assemble } from '../support/assemble.ts'

/** A command that never ends. */
export const endless = (): Promise<Uint8Array> =>
  assemble(`(component
    (core module $M (func (export "run") (result i32) (loop $again (br $again)) (unreachable)))
    (core instance $m (instantiate $M))
    (func $run (result (result)) (canon lift (core func $m "run")))
    (instance $i (export "run" (func $run)))
    (export "wasi:cli/run@0.2.0" (instance $i)))`)

/** Never comes to its end of being instantiated. */
export const endlessStart = (): Promise<Uint8Array> =>
  assemble(`(component
    (core module $M (func $s (loop $again (br $again))) (start $s) (func (export "f")))
    (core instance $m (instantiate $M))
    (func (export "f") (canon lift (core func $m "f"))))`)

/** Exports the interface that the calculator wants, with other types. */
export const otherAdder = (): Promise<Uint8Array> =>
  assemble(`(component
    (core module $M (func (export "add") (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1))))
    (core instance $m (instantiate $M))
    (func $add (param "a" u64) (param "b" u64) (result u64) (canon lift (core func $m "add")))
    (instance $i (export "add" (func $add)))
    (export "tenon-examples:interfaced-adder/add" (instance $i)))`)

/** What a component says of itself where it hopes that somebody makes markup of it. */
export const markup = `<img src=x onerror='globalThis.hit=1'><script>globalThis.hit=1</script>`

/** Says {@link markup} wherever a component can say something, and has a name that is far too long. */
export async function hostile(): Promise<Uint8Array> {
  const text = markup.replace(
    /[^ -~]|["\\]/g,
    (char) => `\\${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
  const component = await assemble(`(component
    (core module $"${text}"
      (memory (export "memory") 1)
      (data (i32.const 16) "${text}")
      (func (export "say") (result i32)
        (i32.store (i32.const 0) (i32.const 16))
        (i32.store (i32.const 4) (i32.const ${markup.length}))
        (i32.const 0))
      (func $"${text}" (export "fail") (unreachable)))
    (core instance $m (instantiate $"${text}"))
    (func (export "say") (result string) (canon lift (core func $m "say") (memory $m "memory")))
    (func (export "fail") (canon lift (core func $m "fail")))
    (func (export "${'long-'.repeat(19_000)}name") (canon lift (core func $m "fail"))))`)
  const docs = { worlds: { root: { docs: markup, func_exports: { say: { docs: markup } } } } }
  return Buffer.concat([
    component,
    customSection('component-name', [0, ...leb(leb(markup.length).length + markup.length), ...name(markup)]),
    customSection('producers', [1, ...name('language'), 1, ...name(markup), ...name(markup)]),
    customSection('package-docs', [1, ...new TextEncoder().encode(JSON.stringify(docs))]),
    customSection(markup, []),
  ])
}

export function customSection(title: string, content: Iterable<number>): Uint8Array {
  const body = [...name(title), ...content]
  return Uint8Array.from([0, ...leb(body.length), ...body])
}

function name(text: string): number[] {
  const bytes = new TextEncoder().encode(text)
  return [...leb(bytes.length), ...bytes]
}

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)]
}

/** Hands out a stream of three numbers, of which it never says that it ends. */
export const numbers = (): Promise<Uint8Array> =>
  assemble(`(component
    (type $s (stream u32))
    (core module $Memory (memory (export "memory") 1))
    (core instance $memory (instantiate $Memory))
    (core func $new (canon stream.new $s))
    (core func $write (canon stream.write $s async (memory $memory "memory")))
    (core module $M
      (import "" "memory" (memory 1))
      (import "" "new" (func $new (result i64)))
      (import "" "write" (func $write (param i32 i32 i32) (result i32)))
      (data (i32.const 16) "\\01\\00\\00\\00\\02\\00\\00\\00\\03\\00\\00\\00")
      (func (export "numbers") (result i32) (local $ends i64)
        (local.set $ends (call $new))
        (drop (call $write
          (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))) (i32.const 16) (i32.const 3)))
        (i32.wrap_i64 (local.get $ends))))
    (core instance $m (instantiate $M (with "" (instance
      (export "memory" (memory $memory "memory")) (export "new" (func $new)) (export "write" (func $write))))))
    (func (export "numbers") (result $s) (canon lift (core func $m "numbers"))))`)

/** Adds up what it reads once of such a stream, and drops it. */
export const total = (): Promise<Uint8Array> =>
  assemble(`(component
    (type $s (stream u32))
    (import "numbers" (func $numbers (result $s)))
    (core module $Memory (memory (export "memory") 1))
    (core instance $memory (instantiate $Memory))
    (core func $numbers' (canon lower (func $numbers)))
    (core func $read (canon stream.read $s (memory $memory "memory")))
    (core func $drop (canon stream.drop-readable $s))
    (core module $M
      (import "" "memory" (memory 1))
      (import "" "numbers" (func $numbers (result i32)))
      (import "" "read" (func $read (param i32 i32 i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "total") (result i32) (local $end i32)
        (local.set $end (call $numbers))
        (drop (call $read (local.get $end) (i32.const 16) (i32.const 8)))
        (call $drop (local.get $end))
        (i32.add (i32.load (i32.const 16)) (i32.add (i32.load (i32.const 20)) (i32.load (i32.const 24))))))
    (core instance $m (instantiate $M (with "" (instance
      (export "memory" (memory $memory "memory")) (export "numbers" (func $numbers'))
      (export "read" (func $read)) (export "drop" (func $drop))))))
    (func (export "total") async (result u32) (canon lift (core func $m "total"))))`)
