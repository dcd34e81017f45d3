/**
 * Instances of generated modules that import a guest's functions by their plain types, `(func …)`. A function whose type the guest
 * defined in a recursion group with others, or as one that may have subtypes, is of another type, though it has the same parameters and
 * results, as a lift, a `realloc` or a destructor must have. What calls it in wasm has to have the guest's own definitions; where
 * those are not known it is imported through JavaScript, where it cannot be suspended.
 */
import type { FlatType } from '../abi/join.ts'
import type { DefinedFunctionType } from '../binary/exported-function-type.ts'
import type { CoreValueType } from '../component/extern-type.ts'
import type { CoreFunction } from './back-end.ts'
import { type Bytes, encodeModule, functionType, op, u32, valueType } from './generated-module.ts'

/** The type of a guest's function, as its module defines it; undefined where nobody knows. */
export type TypeOf = (core: CoreFunction) => DefinedFunctionType | undefined

export function instantiateWithGuest(
  module: WebAssembly.Module,
  imports: WebAssembly.ModuleImports,
  typeOf?: TypeOf,
): WebAssembly.Exports {
  try {
    return new WebAssembly.Instance(module, { '': imports }).exports
  } catch (error) {
    if (!(error instanceof WebAssembly.LinkError)) throw error
    const plain = Object.entries(imports).map(([name, value]) => [name, asPlainImport(value, typeOf)])
    return new WebAssembly.Instance(module, { '': Object.fromEntries(plain) }).exports
  }
}

function asPlainImport(value: WebAssembly.ImportValue, typeOf: TypeOf | undefined): WebAssembly.ImportValue {
  if (typeof value !== 'function') return value
  return plainFunction(value as CoreFunction, typeOf) ?? ((...args: unknown[]) => value(...args))
}

/** A function of the plain type that calls the guest's in wasm; undefined where its own type is not known. */
export function plainFunction(core: CoreFunction, typeOf: TypeOf | undefined): (() => unknown) | undefined {
  const type = typeOf?.(core)
  if (type === undefined) return undefined
  const imports = { core: core as () => unknown }
  return new WebAssembly.Instance(plainCallOf(type), { '': imports }).exports.call as () => unknown
}

/** By the types of what they call: all instances of a guest share them. */
const plainCalls = /* @__PURE__ */ new WeakMap<DefinedFunctionType, WebAssembly.Module>()

function plainCallOf(type: DefinedFunctionType): WebAssembly.Module {
  let module = plainCalls.get(type)
  if (module === undefined) {
    module = new WebAssembly.Module(encodePlainCall(type))
    plainCalls.set(type, module)
  }
  return module
}

/**
 * A function of the plain type that calls one of another, and so can be imported in its place.
 *
 *     (import "" "core" (func $core (type $of-the-guest)))
 *     (func (export "call") (param …) (result …) (call $core …))
 */
export function encodePlainCall(type: DefinedFunctionType): Uint8Array<ArrayBuffer> {
  const { groups, count, index, parameters, results } = type
  return encodeModule({
    types: [...groups.map((group) => [...group]), functionType(encode(parameters), encode(results))],
    imports: [{ module: '', name: 'core', description: [0x00, ...u32(index)] }],
    functions: [
      {
        type: count,
        export: 'call',
        locals: [],
        body: [...parameters.flatMap((_, i) => [op.local_get, ...u32(i)]), op.call, 0],
      },
    ],
  })
}

/** What is lifted, or called as the options of a lift, passes numbers. */
function encode(types: readonly CoreValueType[]): Bytes {
  return types.map((type) => valueType[type as FlatType])
}
