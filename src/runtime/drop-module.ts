/**
 * `resource.drop` of a resource whose destructor is guest code. The call goes from wasm to wasm, so that the destructor
 * may be suspended like the code that drops: no suspension passes a JavaScript frame.
 */
import type { CoreFunction } from './back-end.ts'
import { instantiateWithGuest, type TypeOf } from './guest-imports.ts'
import { providedModule } from './module-cache.ts'
import { type Bytes, encodeModule, functionType, op, valueType } from './generated-module.ts'

export interface DropParts {
  readonly destructor: CoreFunction
  /** Where the destructor need not be of the plain type. */
  readonly typeOf: TypeOf | undefined
  /** Removes the handle and enters the destructor's instance; returns the rep, or -1 where nothing is to be called. */
  take(index: number): number
  leave(): void
  /** The destructor threw an exception: traps. */
  uncaught(): never
}

export function dropThroughWasm(parts: DropParts): CoreFunction {
  module ??= providedModule('drop') ?? compileDropModule()
  const { destructor, typeOf, take, leave, uncaught } = parts
  const imports = { destructor, take, leave, uncaught } as WebAssembly.ModuleImports
  return instantiateWithGuest(module, imports, typeOf).drop as CoreFunction
}

let module: WebAssembly.Module | undefined

const TAKE = 0
const DESTRUCTOR = 1
const LEAVE = 2
const UNCAUGHT = 3

/** An exception of the destructor is a trap: `try_table` where the engine has it, the older `try` elsewhere. */
function compileDropModule(): WebAssembly.Module {
  const bytes = [tryTable, legacyTry, plainCall]
    .map((call) => dropModule(call()))
    .find((one) => WebAssembly.validate(one))
  return new WebAssembly.Module(bytes!)
}

const tryTable = (): Bytes => [
  op.block, op.empty, // catch_all branches to the end of this block
  0x1f, op.empty, 0x01, 0x02, 0x00, // try_table (catch_all 0)
  op.local_get, 1, op.i32_trunc_f64_u, op.call, DESTRUCTOR,
  op.call, LEAVE,
  op.return,
  op.end,
  op.end,
  op.call, UNCAUGHT,
  op.unreachable,
] // biome-ignore format: one instruction a line

const legacyTry = (): Bytes => [
  0x06, op.empty, // try
  op.local_get, 1, op.i32_trunc_f64_u, op.call, DESTRUCTOR,
  0x19, op.call, UNCAUGHT, op.unreachable, // catch_all
  op.end,
  op.call, LEAVE,
] // biome-ignore format: one instruction a line

const plainCall = (): Bytes => [op.local_get, 1, op.i32_trunc_f64_u, op.call, DESTRUCTOR, op.call, LEAVE]

/** For engines that are not known yet: all that have exceptions have `try`. */
export function encodePortableDrop(): Uint8Array<ArrayBuffer> {
  return dropModule(legacyTry())
}

function dropModule(call: Bytes): Uint8Array<ArrayBuffer> {
  const { i32, f64 } = valueType
  return encodeModule({
    types: [functionType([i32], [f64]), functionType([i32], []), functionType([], [])],
    imports: [
      { module: '', name: 'take', description: [0x00, 0] },
      { module: '', name: 'destructor', description: [0x00, 1] },
      { module: '', name: 'leave', description: [0x00, 2] },
      { module: '', name: 'uncaught', description: [0x00, 2] },
    ],
    functions: [
      {
        type: 1,
        export: 'drop',
        locals: [[1, f64]],
        body: [
          ...[op.local_get, 0, op.call, TAKE, op.local_tee, 1],
          ...[op.f64_const, 0, 0, 0, 0, 0, 0, 0, 0, op.f64_lt],
          ...[op.if, op.empty, op.return, op.end],
          ...call,
        ],
      },
    ],
  })
}
