/**
 * Switches: what core wasm calls for an import that may block. A `WebAssembly.Suspending` import throws when it is
 * called outside of `WebAssembly.promising`, even if nothing blocks; so a small wasm function looks at the running
 * call (`thread.ts`) and calls either the plain import or the suspending one. It runs on the suspended stack itself, so it
 * is also who sees the call resumed: it says so to the thread, and traps where the import failed, because a rejected
 * promise would be an exception that the guest can catch.
 */
import type { FlatType } from '../abi/join.ts'
import type { CoreFunction, LoweredFunction } from './back-end.ts'
import {
  type Bytes,
  encodeModule,
  functionType,
  type GeneratedFunction,
  op,
  u32,
  valueType,
} from './generated-module.ts'
import { DISPOSED, POISONED, RUNNING_CALL, threadMemory } from './thread.ts'

/** JSPI, which TypeScript's library does not know yet. */
interface Jspi {
  readonly Suspending: new (importee: CoreFunction) => object
  promising(exported: CoreFunction): (...args: never[]) => Promise<unknown>
}

const jspi: Jspi | undefined =
  'Suspending' in WebAssembly && 'promising' in WebAssembly ? (WebAssembly as unknown as Jspi) : undefined

/** Whether this engine can suspend wasm. */
export const canSuspend: boolean = jspi !== undefined

/** The core function, which is one of wasm, as one that may be suspended. Undefined where the engine has no JSPI. */
export function promising(core: CoreFunction): ((...args: never[]) => Promise<unknown>) | undefined {
  return jspi?.promising(core)
}

/** The functions that core wasm imports, in the same order: one switch module for all that may block. */
export function bindLowered(lowers: readonly LoweredFunction[]): readonly CoreFunction[] {
  const mayBlock = lowers.filter((one) => one.suspending !== undefined)
  if (jspi === undefined || mayBlock.length === 0) return lowers.map((one) => one.plain)
  const { Suspending } = jspi
  const imports: Record<string, WebAssembly.ImportValue> = { thread: threadMemory }
  mayBlock.forEach((one, i) => {
    imports[`plain${i}`] = one.plain
    // A Suspending object is an import value that TypeScript's library does not know yet.
    imports[`suspending${i}`] = new Suspending(one.suspending!) as unknown as WebAssembly.ImportValue
    imports[`word${i}`] = one.instance.word * 4
  })
  const { exports } = new WebAssembly.Instance(switchModule(mayBlock), { '': imports })
  let next = 0
  return lowers.map((one) =>
    one.suspending === undefined ? one.plain : (exports[`switch${next++}`] as CoreFunction),
  )
}

/** Compiled modules by the core types of their functions: all instances of a component share them. */
const modules = new Map<string, WebAssembly.Module>()
const MAX_MODULES = 1000

function switchModule(lowers: readonly LoweredFunction[]): WebAssembly.Module {
  const key = lowers.map(({ type }) => `${type.parameters.join()}:${type.results.join()}`).join(' ')
  let module = modules.get(key)
  if (module === undefined) {
    module = new WebAssembly.Module(encodeSwitches(lowers))
    if (modules.size >= MAX_MODULES) modules.clear()
    modules.set(key, module)
  }
  return module
}

function encodeSwitches(lowers: readonly LoweredFunction[]): Uint8Array<ArrayBuffer> {
  const memory = threadMemory.buffer.byteLength / 65536
  return encodeModule({
    types: lowers.map(({ type }) => functionType(encode(type.parameters), encode(type.results))),
    imports: [
      { module: '', name: 'thread', description: [0x02, 0x01, ...u32(memory), ...u32(memory)] },
      ...lowers.flatMap((_, i) => [
        { module: '', name: `plain${i}`, description: [0x00, ...u32(i)] },
        { module: '', name: `suspending${i}`, description: [0x00, ...u32(i)] },
        { module: '', name: `word${i}`, description: [0x03, valueType.i32, 0x00] },
      ]),
    ],
    functions: lowers.map((lowered, i) => switchFunction(i, lowered.type.parameters.length)),
  })
}

function encode(types: readonly FlatType[]): Bytes {
  return types.map((type) => valueType[type])
}

/**
 *     (func $switch (param …) (result …) (local $call i32)
 *       (if (i32.eqz (local.tee $call (i32.load $running-call))) (then (return (call $plain …))))
 *       (call $suspending …)
 *       (i32.store $running-call (local.get $call))
 *       (i32.store (local.get $call) (i32.const 0))   ;; it is not suspended any more
 *       (if (i32.and (i32.load $word) (i32.const POISONED|DISPOSED)) (then unreachable)))
 */
function switchFunction(index: number, parameters: number): GeneratedFunction {
  const call = u32(parameters)
  const args = Array.from({ length: parameters }, (_, i) => [op.local_get, ...u32(i)]).flat()
  const runningCall = [op.i32_const, ...u32(RUNNING_CALL * 4)]
  return {
    type: index,
    export: `switch${index}`,
    locals: [[1, valueType.i32]],
    body: [
      ...[...runningCall, op.i32_load, 2, 0, op.local_tee, ...call, op.i32_eqz],
      ...[op.if, op.empty, ...args, op.call, ...u32(2 * index), op.return, op.end],
      ...[...args, op.call, ...u32(2 * index + 1)],
      ...[...runningCall, op.local_get, ...call, op.i32_store, 2, 0],
      ...[op.local_get, ...call, op.i32_const, 0, op.i32_store, 2, 0],
      ...[op.global_get, ...u32(index), op.i32_load, 2, 0, op.i32_const, POISONED | DISPOSED, op.i32_and],
      ...[op.if, op.empty, op.unreachable, op.end],
    ],
  }
}
