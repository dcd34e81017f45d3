/**
 * What the engine's own primitives cost on the way of a short string into a guest and out of it, beside the hand-written way
 * and the goal: `node bench/floors/strings.ts`. The least that any glue can take is the calls into the guest and the fastest
 * primitive. All of a string's ways in one process, in turn; medians.
 */
import { Buffer } from 'node:buffer'
import { spawnSync } from 'node:child_process'
import { parseWat } from '../../src/wat/index.ts'
import { coreModules } from '../core-modules.ts'
import { ascii, likeIt, mixed } from '../groups/strings.ts'
import { valuesFile } from '../guests.ts'
import { handWritten } from '../hand-written.ts'
import { median } from '../harness.ts'

const rounds = 200
const times = 2000
const goal = 0.6

type Core = Record<string, (...args: number[]) => number>
/** Does something so many times. */
type Work = (times: number) => unknown

const guestModule = new WebAssembly.Module(coreModules(valuesFile)[0]!)

function guest(): { readonly core: Core; readonly memory: WebAssembly.Memory } {
  const imports: WebAssembly.Imports = {}
  for (const { module, name } of WebAssembly.Module.imports(guestModule)) {
    imports[module] = { ...imports[module], [name]: () => 0 }
  }
  const { exports } = new WebAssembly.Instance(guestModule, imports)
  return { core: exports as Core, memory: exports.memory as WebAssembly.Memory }
}

function count<T>(length: number, make: (i: number) => T): T[] {
  return Array.from({ length }, (_, i) => make(i))
}

/** Straight-line code for exactly so many bytes and units: no loop, no check, no other length. */
function primitives(bytes: number, units: number): string {
  const unit = (i: number) => `(i64.extend_i32_u (call $at (local.get $s) (i32.const ${i})))`
  const four = (i: number) =>
    `(i64.or (i64.or ${unit(i)} (i64.shl ${unit(i + 1)} (i64.const 16)))
      (i64.or (i64.shl ${unit(i + 2)} (i64.const 32)) (i64.shl ${unit(i + 3)} (i64.const 48))))`
  const whole = count(units >> 2, (i) => `(i64.store offset=${8 * i} (i32.const 0) ${four(4 * i)})`)
  const rest = count(units & 3, (i) => {
    const at = (units & ~3) + i
    return `(i32.store16 offset=${2 * at} (i32.const 0) (call $at (local.get $s) (i32.const ${at})))`
  })
  const fill = count(
    units,
    (i) =>
      `(array.set $units (local.get $b) (i32.const ${i}) (i32.load8_u offset=${i % bytes} (local.get $p)))`,
  )
  return `(module
    (type $units (array (mut i16)))
    (import "wasm:js-string" "charCodeAt" (func $at (param externref i32) (result i32)))
    (import "wasm:js-string" "intoCharCodeArray" (func $into (param externref (ref null $units) i32) (result i32)))
    (import "wasm:js-string" "fromCharCodeArray"
      (func $from (param (ref null $units) i32 i32) (result (ref extern))))
    (memory (export "memory") 1)
    (global $b (ref $units) (array.new_default $units (i32.const 64)))
    (func (export "set") (param $i i32) (param $c i32)
      (array.set $units (global.get $b) (local.get $i) (local.get $c)))
    (func (export "read") (param $s externref) ${whole.join('\n')} ${rest.join('\n')})
    (func (export "copy") (param $s externref) (result i32)
      (call $into (local.get $s) (global.get $b) (i32.const 0)))
    (func (export "fill") (param $p i32) (local $b (ref $units)) (local.set $b (global.get $b)) ${fill.join('\n')})
    (func (export "make") (result externref)
      (call $from (global.get $b) (i32.const 0) (i32.const ${units}))))`
}

/** Into the guest from end to end for exactly so many bytes: what was encoded is copied, or the bytes come from `charCodeAt`. */
function wholeWays(bytes: number): string {
  const unit = (i: number) =>
    `(i64.shl (i64.extend_i32_u (call $at (local.get $s) (i32.const ${i}))) (i64.const ${8 * (i % 8)}))`
  const eight = (i: number) => count(8, (k) => unit(i + k)).reduce((all, one) => `(i64.or ${all} ${one})`)
  const words = count(bytes >> 3, (i) => i)
  const allocate = `(local.set $p (call $realloc (i32.const 0) (i32.const 0) (i32.const 1) (i32.const ${bytes})))`
  return `(module
    (import "wasm:js-string" "charCodeAt" (func $at (param externref i32) (result i32)))
    (import "" "memory" (memory $memory 0))
    (import "" "scratch" (memory $scratch 0))
    (import "" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
    (func (export "copy") (result i32) (local $p i32)
      ${allocate}
      ${count(bytes >> 4, (i) => `(v128.store $memory offset=${16 * i} align=1 (local.get $p) (v128.load $scratch offset=${16 * i} (i32.const 0)))`).join('\n')}
      (local.get $p))
    (func (export "read") (param $s externref) (result i32) (local $p i32)
      ${words.map((i) => `(local $w${i} i64)`).join(' ')}
      ${words.map((i) => `(local.set $w${i} ${eight(8 * i)})`).join('\n')}
      ${allocate}
      ${words.map((i) => `(i64.store $memory offset=${8 * i} align=1 (local.get $p) (local.get $w${i}))`).join('\n')}
      (local.get $p)))`
}

/** Out of the guest from end to end for exactly this text: where its characters begin, and how long each one is, is known beforehand. */
function wholeWayOut(text: string): string {
  const units: string[] = []
  let offset = 0
  const bits = (i: number, shift: number) => {
    const six = `(i32.and (i32.load8_u $memory offset=${offset + i} (local.get $p)) (i32.const 0x3f))`
    return shift === 0 ? six : `(i32.shl ${six} (i32.const ${shift}))`
  }
  for (const character of text) {
    const bytes = Buffer.byteLength(character)
    const lead = `(i32.load8_u $memory offset=${offset} (local.get $p))`
    if (bytes === 1) units.push(lead)
    if (bytes === 2)
      units.push(`(i32.or (i32.shl (i32.and ${lead} (i32.const 0x1f)) (i32.const 6)) ${bits(1, 0)})`)
    // What is above sixteen bits is cut off.
    if (bytes === 3)
      units.push(`(i32.or (i32.or (i32.shl ${lead} (i32.const 12)) ${bits(1, 6)}) ${bits(2, 0)})`)
    if (bytes === 4) {
      const high = `(i32.or (i32.or (i32.shl (i32.and ${lead} (i32.const 7)) (i32.const 8)) ${bits(1, 2)}) (i32.shr_u ${bits(2, 0)} (i32.const 4)))`
      units.push(`(i32.add ${high} (i32.const ${0xd800 - (0x10000 >> 10)}))`)
      units.push(
        `(i32.or (i32.or (i32.shl (i32.and ${bits(2, 0)} (i32.const 15)) (i32.const 6)) ${bits(3, 0)}) (i32.const 0xdc00))`,
      )
    }
    offset += bytes
  }
  return `(module
    (type $units (array (mut i16)))
    (import "wasm:js-string" "fromCharCodeArray"
      (func $from (param (ref null $units) i32 i32) (result (ref extern))))
    (import "" "memory" (memory $memory 0))
    (import "" "get" (func $get (result i32)))
    (import "" "free" (func $free (param i32)))
    (global $b (ref $units) (array.new_default $units (i32.const 64)))
    (func (export "lift") (result externref)
      (local $r i32) (local $p i32) (local $b (ref $units)) (local $s externref)
      (local.set $r (call $get))
      (local.set $p (i32.load $memory (local.get $r)))
      (local.set $b (global.get $b))
      ${units.map((unit, i) => `(array.set $units (local.get $b) (i32.const ${i}) ${unit})`).join('\n')}
      (local.set $s (call $from (local.get $b) (i32.const 0) (i32.const ${units.length})))
      (call $free (local.get $r))
      (local.get $s)))`
}

interface Primitives {
  readonly memory: WebAssembly.Memory
  set(i: number, unit: number): void
  read(text: string): void
  copy(text: string): number
  fill(pointer: number): void
  make(): string
}

interface WholeWays {
  copy(): number
  read(text: string): number
}

function instantiate<T>(text: string, imports: WebAssembly.ModuleImports = {}): T {
  const Module = WebAssembly.Module as new (bytes: Uint8Array, options: object) => WebAssembly.Module
  const module = new Module(parseWat(text), { builtins: ['js-string'] })
  return new WebAssembly.Instance(module, { '': imports }).exports as T
}

/** Each under its name: the shortest way there is, with its length known beforehand. */
function waysIn(bytes: number, text: string): Record<string, Work> {
  const all = likeIt(text)
  const { stringLength } = handWritten(guestModule)
  const { core, memory } = guest()
  const realloc = core.cabi_realloc!
  const length = core['string-length']!
  const { read, copy } = instantiate<Primitives>(primitives(bytes, text.length))
  const scratch = new WebAssembly.Memory({ initial: 1 })
  const encoded = new Uint8Array(scratch.buffer, 0, 1024)
  const { read: readAll, copy: copyAll } = instantiate<WholeWays>(wholeWays(bytes), {
    memory,
    scratch,
    realloc: realloc as WebAssembly.ImportValue,
  })
  const view = new Uint8Array(memory.buffer, 0, 1024)
  const buffer = Buffer.from(memory.buffer, 0, 1024)
  const encoder = new TextEncoder()
  const isAscii = text.length === bytes
  // A loop each, so that each has one callee.
  return {
    'by hand': (times) => {
      for (let i = 0; i < times; i++) stringLength(all[i % 64]!)
    },
    'the loop': (times) => {
      let units = 0
      for (let i = 0; i < times; i++) units += all[i % 64]!.length
      return units
    },
    'realloc and the call': (times) => {
      for (let i = 0; i < times; i++)
        length(realloc(0, 0, 1, bytes + all[i % 64]!.length - text.length), bytes)
    },
    ...(isAscii && {
      'calls and charCodeAt, in one': (times) => {
        for (let i = 0; i < times; i++) length(readAll(all[i % 64]!), bytes)
      },
    }),
    'calls and encodeInto, in one': (times) => {
      for (let i = 0; i < times; i++) {
        const { written } = encoder.encodeInto(all[i % 64]!, encoded)
        length(copyAll(), written)
      }
    },
    charCodeAt: (times) => {
      for (let i = 0; i < times; i++) read(all[i % 64]!)
    },
    intoCharCodeArray: (times) => {
      for (let i = 0; i < times; i++) copy(all[i % 64]!)
    },
    'TextEncoder#encodeInto': (times) => {
      let written = 0
      for (let i = 0; i < times; i++) written += encoder.encodeInto(all[i % 64]!, view).written
      return written
    },
    'Buffer#write': (times) => {
      let written = 0
      for (let i = 0; i < times; i++) written += buffer.write(all[i % 64]!, 0, 1024, 'utf8')
      return written
    },
  }
}

function waysOut(bytes: number, text: string): Record<string, Work> {
  const hand = handWritten(guestModule)
  hand.setString(text)
  const { core, memory } = guest()
  const getString = core['get-string']!
  const freeString = core['cabi_post_get-string']!
  const pointer = core.cabi_realloc!(0, 0, 1, bytes)
  const buffer = Buffer.from(memory.buffer)
  buffer.write(text, pointer)
  core['set-string']!(pointer, bytes)
  const view = new DataView(memory.buffer)
  const source = core.cabi_realloc!(0, 0, 1, bytes)
  buffer.write(text, source)
  const makes = instantiate<Primitives>(primitives(bytes, text.length))
  const fills = instantiate<Primitives>(primitives(bytes, text.length))
  for (let i = 0; i < text.length; i++) makes.set(i, text.charCodeAt(i))
  const { make } = makes
  const { fill } = fills
  const { lift } = instantiate<{ lift(): string }>(wholeWayOut(text), {
    memory,
    get: getString as WebAssembly.ImportValue,
    free: freeString as WebAssembly.ImportValue,
  })
  if (lift() !== text) throw new Error('the way out makes another text')
  return {
    'by hand': (times) => {
      for (let i = 0; i < times; i++) hand.getString()
    },
    'the loop': (times) => {
      let sum = 0
      for (let i = 0; i < times; i++) sum += view.getUint8(source + (i % bytes))
      return sum
    },
    'the call and post-return': (times) => {
      let sum = 0
      for (let i = 0; i < times; i++) {
        const result = getString()
        sum += view.getUint32(result, true) + view.getUint32(result + 4, true)
        freeString(result)
      }
      return sum
    },
    'calls and decoding, in one': (times) => {
      let s = ''
      for (let i = 0; i < times; i++) s = lift()
      return s
    },
    'filling the array': (times) => {
      for (let i = 0; i < times; i++) fill(0)
    },
    fromCharCodeArray: (times) => {
      let s = ''
      for (let i = 0; i < times; i++) s = make()
      return s
    },
    'Buffer#toString, utf8': (times) => {
      let s = ''
      for (let i = 0; i < times; i++) s = buffer.toString('utf8', source, source + bytes)
      return s
    },
    'Buffer#toString, latin1': (times) => {
      let s = ''
      for (let i = 0; i < times; i++) s = buffer.toString('latin1', source, source + bytes)
      return s
    },
  }
}

/** Nanoseconds each time, in the order of the names. */
function race(ways: Record<string, Work>): Record<string, number> {
  const works = Object.entries(ways)
  const samples = works.map((): number[] => [])
  for (let round = -rounds; round < rounds; round++) {
    works.forEach(([, work], i) => {
      const start = process.hrtime.bigint()
      work(times)
      const nanoseconds = Number(process.hrtime.bigint() - start) / times
      if (round >= 0) samples[i]!.push(nanoseconds)
    })
  }
  return Object.fromEntries(works.map(([name], i) => [name, median(samples[i]!)]))
}

function print(title: string, taken: Record<string, number>): void {
  const { 'by hand': hand, 'the loop': loop, ...rest } = taken
  console.log(`${title}: by hand ${hand!.toFixed(1)} ns, goal ${(goal * hand!).toFixed(1)} ns`)
  for (const [name, time] of Object.entries(rest)) {
    // The calls into the guest are a whole scenario, with its loop; primitives come on top.
    const own = name.includes('call') ? time : time - loop!
    console.log(`  ${name.padEnd(30)}${own.toFixed(1).padStart(7)} ns`)
  }
}

const kinds: Readonly<Record<string, (bytes: number) => string>> = { ASCII: ascii, mixed }
const directions: Readonly<Record<string, typeof waysIn>> = { in: waysIn, out: waysOut }

const [direction, kind, size] = process.argv.slice(2)
if (direction === undefined) {
  // A process each, so that none disturbs the types and the compiled code of another.
  for (const kind of Object.keys(kinds)) {
    for (const bytes of ['16', '64']) {
      for (const direction of Object.keys(directions)) {
        const { status } = spawnSync(process.execPath, [import.meta.filename, direction, kind, bytes], {
          stdio: 'inherit',
        })
        if (status !== 0) process.exit(1)
      }
    }
  }
} else {
  const bytes = Number(size)
  print(`string ${direction}, ${kind} ${bytes} B`, race(directions[direction]!(bytes, kinds[kind!]!(bytes))))
}
