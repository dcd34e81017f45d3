/**
 * What the promise view calls instead of the guest's core function. Only wasm can be called through
 * `WebAssembly.promising`, and what a component lifts need not be guest code: it may be a lowered import or a built-in, as
 * it is. And only wasm sees the moment at which a call that was suspended returns: until its result is lifted, turns of the
 * event loop later, it is off the stack and still inside of its instances.
 *
 *     (func (export "call") (param …) (result …) (local $call i32)
 *       (local.set $call (i32.load $running-call))
 *       (call $core …)
 *       (i32.store (local.get $call) (i32.const 1)))
 */
import type { FlatFunction } from '../abi/flatten.ts'
import type { CoreFunction } from './back-end.ts'
import { encodeModule, functionType, op, u32, valueType } from './generated-module.ts'
import { instantiateWithGuest, type TypeOf } from './guest-imports.ts'
import { ModuleCache } from './module-cache.ts'
import { RUNNING_CALL, threadMemory, threadPages } from './thread.ts'

/** A wasm function that calls `core`, and says to the thread when that has returned. */
export function throughTrampoline(
  core: CoreFunction,
  type: FlatFunction,
  typeOf: TypeOf | undefined,
): CoreFunction {
  const imports = { thread: threadMemory, core: core as () => unknown }
  return instantiateWithGuest(trampoline(type), imports, typeOf).call as CoreFunction
}

const modules = /* @__PURE__ */ new ModuleCache('trampoline')

function trampoline(type: FlatFunction): WebAssembly.Module {
  const key = `${type.parameters.join()}:${type.results.join()}`
  return modules.get(key, () => encodeTrampoline(type))
}

export function encodeTrampoline({
  parameters,
  results,
}: Pick<FlatFunction, 'parameters' | 'results'>): Uint8Array<ArrayBuffer> {
  const [params, returned] = [parameters, results].map((types) => types.map((type) => valueType[type]))
  const pages = u32(threadPages)
  const call = u32(parameters.length)
  return encodeModule({
    types: [functionType(params!, returned!)],
    imports: [
      { module: '', name: 'thread', description: [0x02, 0x01, ...pages, ...pages] },
      { module: '', name: 'core', description: [0x00, 0] },
    ],
    functions: [
      {
        type: 0,
        export: 'call',
        locals: [[1, valueType.i32]],
        body: [
          ...[op.i32_const, ...u32(RUNNING_CALL * 4), op.i32_load, 2, 0, op.local_set, ...call],
          ...[...parameters.flatMap((_, i) => [op.local_get, ...u32(i)]), op.call, 0],
          ...[op.local_get, ...call, op.i32_const, 1, op.i32_store, 2, 0],
        ],
      },
    ],
  })
}
