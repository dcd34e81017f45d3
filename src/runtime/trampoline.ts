/**
 * What a component lifts need not be guest code: it may be a lowered import or a built-in, as it is. Those are JavaScript,
 * and only wasm can be suspended or called through `WebAssembly.promising`.
 */
import type { FlatFunction } from '../abi/flatten.ts'
import type { CoreFunction } from './back-end.ts'
import { encodeModule, functionType, op, u32, valueType } from './generated-module.ts'

/** A wasm function that calls `core` and nothing else. */
export function throughWasm(core: CoreFunction, type: FlatFunction): CoreFunction {
  const { exports } = new WebAssembly.Instance(trampoline(type), { '': { core: core as () => unknown } })
  return exports.call as CoreFunction
}

const modules = new Map<string, WebAssembly.Module>()
const MAX_MODULES = 1000

function trampoline({ parameters, results }: FlatFunction): WebAssembly.Module {
  const key = `${parameters.join()}:${results.join()}`
  let module = modules.get(key)
  if (module === undefined) {
    const [params, returned] = [parameters, results].map((types) => types.map((type) => valueType[type]))
    const args = parameters.flatMap((_, i) => [op.local_get, ...u32(i)])
    module = new WebAssembly.Module(
      encodeModule({
        types: [functionType(params!, returned!)],
        imports: [{ module: '', name: 'core', description: [0x00, 0] }],
        functions: [{ type: 0, export: 'call', locals: [], body: [...args, op.call, 0] }],
      }),
    )
    if (modules.size >= MAX_MODULES) modules.clear()
    modules.set(key, module)
  }
  return module
}
