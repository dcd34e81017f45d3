/**
 * What a call takes at least whose callee can be exchanged, and of what that is made: `node bench/floors/exchange.ts`. Core modules
 * written by hand, all in one process, in turn; medians.
 */
import { parseWat } from '../../src/wat/index.ts'
import { median } from '../harness.ts'

const rounds = 200
const times = 20_000

type Add = (a: number, b: number) => number

function exportsOf(text: string, imports: WebAssembly.ModuleImports = {}): WebAssembly.Exports {
  return new WebAssembly.Instance(new WebAssembly.Module(parseWat(text)), { '': imports }).exports
}

function callOf(text: string, imports: WebAssembly.ModuleImports): Add {
  return exportsOf(text, imports).call as Add
}

const type = '(type $t (func (param i32 i32) (result i32)))'
const args = '(local.get 0) (local.get 1)'

const callee = (): Add =>
  exportsOf(`(module (func (export "add") (param i32 i32) (result i32) (i32.add ${args})))`).add as Add

/** Calls what it imports, over and over. */
function caller(add: Add): (times: number) => number {
  const { run } = exportsOf(
    `(module
      (import "" "add" (func $add (param i32 i32) (result i32)))
      (func (export "run") (param i32) (result i32) (local i32)
        (loop $l
          (local.set 1 (call $add (local.get 1) (local.get 0)))
          (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (local.get 1)))`,
    { add },
  )
  return run as (times: number) => number
}

/** What an importer has today: a table of one entry, which is exchanged. */
function throughTable(core: Add): Add {
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: 1 })
  table.set(0, core)
  return callOf(
    `(module ${type} (import "" "callee" (table 1 funcref))
      (func (export "call") (type $t) (call_indirect (type $t) ${args} (i32.const 0))))`,
    { callee: table },
  )
}

/** A global of the function's own type instead: no type has to be compared. */
function throughReference(core: Add): Add {
  return callOf(
    `(module ${type} (import "" "first" (func $first (type $t)))
      (global $callee (mut (ref $t)) (ref.func $first))
      (func (export "set") (param funcref) (global.set $callee (ref.cast (ref $t) (local.get 0))))
      (func (export "call") (type $t) (call_ref $t ${args} (global.get $callee))))`,
    { first: core },
  )
}

/** An adapter between two trees: looks at both words, marks the callee's, and looks at both once more. */
const marking = (call: string): string => `
  (if (i32.or (i32.and (i32.load (global.get $caller)) (i32.const 14)) (i32.load (global.get $callee))) (then unreachable))
  (i32.store (global.get $callee) (global.get $mark))
  (local.set $result ${call})
  (if (i32.ne (i32.load (global.get $callee)) (global.get $mark)) (then unreachable))
  (if (i32.and (i32.load (global.get $caller)) (i32.const 8)) (then unreachable))
  (i32.store (global.get $callee) (i32.const 0))
  (local.get $result)`

/** The same where nothing can run meanwhile that changes a word. */
const markingOnly = (call: string): string => marking(call).replaceAll(/\(if \(i32\.(?:ne|and) .*/g, '')

const notMarking = (call: string): string => call

function adapter(core: Add, body: (call: string) => string): Add {
  return callOf(
    `(module ${type}
      (import "" "thread" (memory 1))
      (import "" "caller" (global $caller i32)) (import "" "callee" (global $callee (mut i32)))
      (import "" "mark" (global $mark i32)) (import "" "core" (func $core (type $t)))
      (func (export "call") (type $t) (local $result i32) ${body(`(call $core ${args})`)}))`,
    {
      thread: new WebAssembly.Memory({ initial: 1 }),
      caller: 16,
      callee: new WebAssembly.Global({ value: 'i32', mutable: true }, 32),
      mark: 33,
      core,
    },
  )
}

const ways: Readonly<Record<string, Add>> = {
  'the callee itself': callee(),
  'an adapter that marks nothing': adapter(callee(), notMarking),
  'an adapter that marks, and looks before only': adapter(callee(), markingOnly),
  'an adapter that marks': adapter(callee(), marking),
  'a table': throughTable(callee()),
  'a typed reference': throughReference(callee()),
  'a table, an adapter that marks nothing': throughTable(adapter(callee(), notMarking)),
  'a table, an adapter that marks (what there is)': throughTable(adapter(callee(), marking)),
  'a typed reference, an adapter that marks': throughReference(adapter(callee(), marking)),
}

const runs = Object.entries(ways).map(([name, way]) => ({ name, run: caller(way), samples: [] as number[] }))
for (let round = 0; round < rounds; round++) {
  for (const { run, samples } of runs) {
    const start = performance.now()
    run(times)
    samples.push(((performance.now() - start) / times) * 1e6)
  }
}
for (const { name, samples } of runs) console.log(name.padEnd(48), `${median(samples).toFixed(1)} ns`)
