/**
 * Switches: what core wasm calls for an import that may block. A `WebAssembly.Suspending` import throws when it is called
 * outside of `WebAssembly.promising`, and suspends inside of it whether there is anything to wait for or not (V8 does since
 * 14); so a small wasm function looks at the running call (`thread.ts`) and calls either the plain import or one that says
 * whether it has to wait, and only then suspends. It runs on the suspended stack itself, so it is also who sees the call
 * resumed: it says so to the thread, and traps where the import failed, because a rejected promise would be an exception
 * that the guest can catch.
 */
import type { FlatFunction } from '../abi/flatten.ts'
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
import type { TypeOf } from './guest-imports.ts'
import { keepPromise, takePromise } from './suspendable.ts'
import { ModuleCache } from './module-cache.ts'
import { DISPOSED, POISONED, RUNNING_CALL, threadMemory, threadPages } from './thread.ts'
import { throughTrampoline } from './trampoline.ts'

/** JSPI, which TypeScript's library does not know yet. */
interface Jspi {
  readonly Suspending: new (importee: CoreFunction) => object
  promising(exported: CoreFunction): (...args: never[]) => Promise<unknown>
}

const jspi: Jspi | undefined = /* @__PURE__ */ findJspi()

function findJspi(): Jspi | undefined {
  const has = 'Suspending' in WebAssembly && 'promising' in WebAssembly
  // TypeScript's library does not know of either yet.
  return has ? (WebAssembly as unknown as Jspi) : undefined
}

/** Whether this engine can suspend wasm. */
export const canSuspend: boolean = jspi !== undefined

/** The core function of a lift as one that may be suspended. Undefined where the engine has no JSPI. */
export function promising(
  core: CoreFunction,
  type: FlatFunction,
  typeOf: TypeOf | undefined,
): ((...args: never[]) => Promise<unknown>) | undefined {
  return jspi?.promising(throughTrampoline(core, type, typeOf))
}

/** A wasm function as one that may be suspended. Undefined where the engine has no JSPI. */
export function promisingRaw(exported: CoreFunction): ((...args: never[]) => Promise<unknown>) | undefined {
  return jspi?.promising(exported)
}

/** A module with switches. */
export interface SwitchModule {
  readonly module: WebAssembly.Module
  /** Of each switch, as `coreTypeKey` says it. */
  readonly types: readonly string[]
}

/**
 * The functions that core wasm imports, in the same order: one switch module for all that may block.
 *
 * @param written a module that has a switch of each type that may be needed; it is instantiated until there are enough of each
 */
export function bindLowered(
  lowers: readonly LoweredFunction[],
  written?: SwitchModule,
): readonly CoreFunction[] {
  const mayBlock = lowers.filter((one) => one.suspending !== undefined)
  if (jspi === undefined || mayBlock.length === 0) return lowers.map((one) => one.plain)
  const { module, types } = written ?? switchModule(mayBlock)
  const left = Map.groupBy(mayBlock, ({ type }) => coreTypeKey(type))
  const switches = new Map<LoweredFunction, CoreFunction>()
  for (;;) {
    const together = types.map((type) => left.get(type)?.shift())
    if (together.every((one) => one === undefined)) break
    const exports = switchesOf(jspi, module, together)
    together.forEach((one, i) => {
      if (one) switches.set(one, exports[`switch${i}`] as CoreFunction)
    })
  }
  return lowers.map((one) => switches.get(one) ?? one.plain)
}

/** @param lowers for each switch; undefined where it is not needed */
function switchesOf(
  { Suspending }: Jspi,
  module: WebAssembly.Module,
  lowers: readonly (LoweredFunction | undefined)[],
): WebAssembly.Exports {
  // A Suspending object is an import value that TypeScript's library does not know yet.
  const resume = new Suspending(takePromise) as unknown as WebAssembly.ImportValue
  const imports: Record<string, WebAssembly.ImportValue> = { thread: threadMemory, resume }
  lowers.forEach((one, i) => {
    imports[`plain${i}`] = one?.plain ?? unused
    imports[`begin${i}`] = one ? begin(one) : unused
    imports[`word${i}`] = one ? one.instance.word * 4 : 0
  })
  return new WebAssembly.Instance(module, { '': imports }).exports
}

/** Nothing calls it. */
const unused = (): void => {}

/** Calls the suspending import. A promise is kept until the switch takes it; what is returned then is of no use. */
function begin({ suspending, type }: LoweredFunction): CoreFunction {
  const call = suspending as (...args: unknown[]) => unknown
  const nothing = type.results[0] === 'i64' ? 0n : 0
  const settle = (returned: unknown): unknown => {
    if (typeof returned !== 'object' || returned === null) return returned
    keepPromise(returned as Promise<unknown>)
    return nothing
  }
  // What is called often has no rest parameters.
  switch (type.parameters.length) {
    case 0:
      return () => settle(call())
    case 1:
      return (a: unknown) => settle(call(a))
    case 2:
      return (a: unknown, b: unknown) => settle(call(a, b))
    case 3:
      return (a: unknown, b: unknown, c: unknown) => settle(call(a, b, c))
    case 4:
      return (a: unknown, b: unknown, c: unknown, d: unknown) => settle(call(a, b, c, d))
    default:
      return (...args: unknown[]) => settle(call(...args))
  }
}

/** Compiled modules by the core types of their functions: all instances of a component share them. */
const modules = /* @__PURE__ */ new ModuleCache('switch')

function switchModule(lowers: readonly LoweredFunction[]): SwitchModule {
  const types = lowers.map(({ type }) => coreTypeKey(type))
  const module = modules.get(types.join(' '), () => encodeSwitches(lowers.map(({ type }) => type)))
  return { module, types }
}

/** The core type of a function as text: what modules that wrap functions are known by. */
export function coreTypeKey({ parameters, results }: CoreType): string {
  return `${parameters.join()}:${results.join()}`
}

type CoreType = Pick<FlatFunction, 'parameters' | 'results'>

/** A module with a switch for each of the types. */
export function encodeSwitches(types: readonly CoreType[]): Uint8Array<ArrayBuffer> {
  const pages = u32(threadPages)
  const count = types.length
  // What resumes is the same for all whose results are of one type.
  const results = [...new Set(types.map((type) => type.results.join()))]
  const resumes = types.map((type) => results.indexOf(type.results.join()))
  return encodeModule({
    types: [
      ...types.map((type) => functionType(encode(type.parameters), encode(type.results))),
      ...results.map((_, i) => functionType([], encode(types[resumes.indexOf(i)]!.results))),
    ],
    imports: [
      { module: '', name: 'thread', description: [0x02, 0x01, ...pages, ...pages] },
      ...results.map((_, i) => ({ module: '', name: 'resume', description: [0x00, ...u32(count + i)] })),
      ...types.flatMap((_, i) => [
        { module: '', name: `plain${i}`, description: [0x00, ...u32(i)] },
        { module: '', name: `begin${i}`, description: [0x00, ...u32(i)] },
        { module: '', name: `word${i}`, description: [0x03, valueType.i32, 0x00] },
      ]),
    ],
    functions: types.map((type, i) => switchFunction(i, type, resumes[i]!, results.length + 2 * i)),
  })
}

function encode(types: readonly FlatType[]): Bytes {
  return types.map((type) => valueType[type])
}

/**
 *     (func $switch (param …) (result …) (local $call i32)
 *       (if (i32.eqz (local.tee $call (i32.load $running-call))) (then (return (call $plain …))))
 *       (call $begin …)
 *       (if (i32.load (local.get $call)) (then           ;; it has to wait
 *         (drop) (call $resume)
 *         (i32.store $running-call (local.get $call))
 *         (i32.store (local.get $call) (i32.const 0))))  ;; and waits no more
 *       (if (i32.and (i32.load $word) (i32.const POISONED|DISPOSED)) (then unreachable)))
 */
function switchFunction(
  index: number,
  { parameters, results }: CoreType,
  resumeIndex: number,
  plainIndex: number,
): GeneratedFunction {
  const [plain, begin, resume] = [plainIndex, plainIndex + 1, resumeIndex].map(u32)
  const call = u32(parameters.length)
  const args = parameters.flatMap((_, i) => [op.local_get, ...u32(i)])
  const result = results.map((type) => valueType[type])
  // In a local of its own, so that no block has to take it.
  const kept = u32(parameters.length + 1)
  const keep = result.length === 0 ? [] : [op.local_set, ...kept]
  const runningCall = [op.i32_const, ...u32(RUNNING_CALL * 4)]
  return {
    type: index,
    export: `switch${index}`,
    locals: [[1, valueType.i32], ...result.map((type) => [1, type])],
    body: [
      ...[...runningCall, op.i32_load, 2, 0, op.local_tee, ...call, op.i32_eqz],
      ...[op.if, op.empty, ...args, op.call, ...plain!, op.return, op.end],
      ...[...args, op.call, ...begin!, ...keep],
      ...[op.local_get, ...call, op.i32_load, 2, 0],
      ...[op.if, op.empty, op.call, ...resume!, ...keep],
      ...[...runningCall, op.local_get, ...call, op.i32_store, 2, 0],
      ...[op.local_get, ...call, op.i32_const, 0, op.i32_store, 2, 0, op.end],
      ...[op.global_get, ...u32(index), op.i32_load, 2, 0, op.i32_const, POISONED | DISPOSED, op.i32_and],
      ...[op.if, op.empty, op.unreachable, op.end],
      ...(result.length === 0 ? [] : [op.local_get, ...kept]),
    ],
  }
}
