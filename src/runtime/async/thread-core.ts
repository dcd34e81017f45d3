/**
 * Core functions that run on a stack of their own, so that the thread that calls them can block in the middle of guest
 * code. `WebAssembly.promising` says only turns of the event loop later that a call returned, also where nothing blocked;
 * but who calls a function asynchronously wants to know at once. So a small wasm function is what is called: it tells what
 * the core function returned before it returns itself.
 *
 *     (func (export "call") (param …) (local $call i32) (local $result …)
 *       (local.set $call (i32.load $running-call))
 *       (local.set $result (call $core …))
 *       (call $returned (local.get $call) (local.get $result))
 *       (i32.store (local.get $call) (i32.const 1)))              ;; off the stack
 */
import type { CoreValue } from '../../abi/literal/core-value.ts'
import type { FlatFunction } from '../../abi/flatten.ts'
import type { CoreFunction } from '../back-end.ts'
import { encodeModule, functionType, op, u32, valueType } from '../generated-module.ts'
import { instantiateWithGuest, type TypeOf } from '../guest-imports.ts'
import { ModuleCache } from '../module-cache.ts'
import { promisingRaw } from '../switch.ts'
import { RUNNING_CALL, threadMemory, threadPages } from '../thread.ts'

export interface ThreadCore {
  readonly plain: (...args: CoreValue[]) => CoreValue | undefined
  /** Undefined where the engine cannot suspend. Tells what it returned through {@link takeReturned}. */
  readonly suspendable: ((...args: CoreValue[]) => Promise<unknown>) | undefined
}

export type CoreShape = Pick<FlatFunction, 'parameters' | 'results'>

/** @param typeOf where `core` need not be of the plain type */
export function threadCore(core: CoreFunction, type: CoreShape, typeOf: TypeOf | undefined): ThreadCore {
  const plain = core as ThreadCore['plain']
  let made: ThreadCore['suspendable']
  return {
    plain,
    get suspendable() {
      made ??= promisingRaw(trampolineTo(core, type, typeOf)) as ThreadCore['suspendable']
      return made
    },
  }
}

/** What calls returned, by their words, until it is taken. */
const returned = new Map<number, CoreValue | undefined>()

/** The result of a call that has returned, wrapped; undefined where it has not. */
export function takeReturned(call: number): { readonly value: CoreValue | undefined } | undefined {
  if (!returned.has(call)) return undefined
  const value = returned.get(call)
  returned.delete(call)
  return { value }
}

function onReturned(callAddress: number, value?: CoreValue): void {
  returned.set(callAddress >> 2, value)
}

/** A wasm function of that type which calls `core`. */
function trampolineTo(core: CoreFunction, type: CoreShape, typeOf: TypeOf | undefined): CoreFunction {
  return instantiateWithGuest(trampoline(type), importsOf(core), typeOf).call as CoreFunction
}

/** The engine compares the types. @throws {WebAssembly.LinkError} where `core` is not of the plain type */
export function checkPlainType(core: CoreFunction, type: CoreShape): void {
  new WebAssembly.Instance(trampoline(type), { '': importsOf(core) })
}

function importsOf(core: CoreFunction): WebAssembly.ModuleImports {
  return { thread: threadMemory, core: core as () => unknown, returned: onReturned }
}

const modules = /* @__PURE__ */ new ModuleCache('thread')

function trampoline(type: CoreShape): WebAssembly.Module {
  const key = `${type.parameters.join()}:${type.results.join()}`
  return modules.get(key, () => encodeThreadCore(type))
}

export function encodeThreadCore({ parameters, results }: CoreShape): Uint8Array<ArrayBuffer> {
  const [params, types] = [parameters, results].map((flat) => flat.map((type) => valueType[type]))
  const pages = u32(threadPages)
  const call = u32(parameters.length)
  const result = u32(parameters.length + 1)
  return encodeModule({
    types: [
      functionType(params!, []),
      functionType(params!, types!),
      functionType([valueType.i32, ...types!], []),
    ],
    imports: [
      { module: '', name: 'thread', description: [0x02, 0x01, ...pages, ...pages] },
      { module: '', name: 'core', description: [0x00, 1] },
      { module: '', name: 'returned', description: [0x00, 2] },
    ],
    functions: [
      {
        type: 0,
        export: 'call',
        locals: [[1, valueType.i32], ...types!.map((type) => [1, type])],
        body: [
          ...[op.i32_const, ...u32(RUNNING_CALL * 4), op.i32_load, 2, 0, op.local_set, ...call],
          ...[...parameters.flatMap((_, i) => [op.local_get, ...u32(i)]), op.call, 0],
          ...(types!.length === 0 ? [] : [op.local_set, ...result]),
          ...[op.local_get, ...call, ...(types!.length === 0 ? [] : [op.local_get, ...result]), op.call, 1],
          ...[op.local_get, ...call, op.i32_const, 1, op.i32_store, 2, 0],
        ],
      },
    ],
  })
}
