/**
 * Functions of another instance that can be exchanged while their importers run. What core wasm imports calls through a table of one
 * entry, and that entry is what is exchanged: whoever is inside of the old function stays there, the next call gets the new one.
 */
import type { FlatFunction } from '../abi/flatten.ts'
import type { CoreFunction } from './back-end.ts'
import type { ComponentInstance } from './component-instance.ts'
import { exportedFunction } from './exported-function.ts'
import type { HostValue } from './extern-value.ts'
import { encodeModule, functionType, op, u32, valueType } from './generated-module.ts'
import { type Callee, functionCallee } from './host-callee.ts'
import { hostFunction, traitsOf } from './host-function.ts'
import { ModuleCache } from './module-cache.ts'

type CoreType = Pick<FlatFunction, 'parameters' | 'results'>

/** What one importer calls. */
interface Slot {
  readonly importer: ComponentInstance
  readonly make: (value: HostValue, isReplacement: boolean) => CoreFunction
  readonly type: CoreType
  readonly table: WebAssembly.Table
}

const known: unique symbol = Symbol('tenon.swappable-function')

/** The owner of what is given: what instances export needs no `this`. */
const nobody: object = Object.create(null)

export class SwappableFunction {
  /** What importers are given, and what calls from JavaScript go through. */
  readonly callee: Callee
  #current!: Callee
  #value!: HostValue
  readonly #slots = new Set<Slot>()

  /** @param exported a function that an instance exports */
  constructor(exported: Callee) {
    this.#set(exported)
    const synchronous = (...args: never[]): unknown => {
      const { call } = this.#value
      return (traitsOf(call).sync ?? call)(...args)
    }
    // Whether it blocks depends on who takes its place.
    this.callee = hostFunction({ sync: synchronous }, (...args: never[]) => this.#value.call(...args))
    Object.defineProperty(this.callee, known, { value: this })
  }

  /** What instances exports at the moment. */
  get current(): Callee {
    return this.#current
  }

  /** All importers call `exported` from now on. */
  replace(exported: Callee): void {
    this.#set(exported)
    this.#forgetDisposed()
    for (const slot of this.#slots) fill(slot, this.#value, true)
  }

  /**
   * What core wasm of an importer imports.
   *
   * @param make lowers a function for it
   */
  bind(importer: ComponentInstance, type: CoreType, make: Slot['make']): CoreFunction {
    const table = new WebAssembly.Table({ element: 'anyfunc', initial: 1 })
    const slot: Slot = { importer, make, type, table }
    fill(slot, this.#value, false)
    // What comes may take the place of an importer that was exchanged.
    this.#forgetDisposed()
    this.#slots.add(slot)
    const { exports } = new WebAssembly.Instance(moduleFor(type, 'table'), { '': { callee: table } })
    return exports.call as CoreFunction
  }

  #forgetDisposed(): void {
    for (const slot of this.#slots) if (slot.importer.root.disposed) this.#slots.delete(slot)
  }

  #set(exported: Callee): void {
    this.#current = exported
    this.#value = {
      target: undefined,
      call: functionCallee(exported, nobody),
      exported: exportedFunction(exported)?.guest,
    }
  }
}

/** Undefined for every other function. */
export function swappableFunction(fn: object): SwappableFunction | undefined {
  return (fn as { readonly [known]?: SwappableFunction })[known]
}

function fill({ table, make, type }: Slot, value: HostValue, isReplacement: boolean): void {
  const core = make(value, isReplacement)
  try {
    table.set(0, core)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // JavaScript's own functions are no entries of tables.
    const imports = { callee: core as WebAssembly.ImportValue }
    table.set(0, new WebAssembly.Instance(moduleFor(type, 'function'), { '': imports }).exports.call)
  }
}

const modules = /* @__PURE__ */ new ModuleCache('swap')

function moduleFor(type: CoreType, callee: 'table' | 'function'): WebAssembly.Module {
  const key = `${callee} ${type.parameters.join()}:${type.results.join()}`
  return modules.get(key, () => encodeCall(type, callee))
}

/**
 *     (import "" "callee" (table 1 funcref))       or (import "" "callee" (func $callee …))
 *     (func (export "call") (param …) (result …)
 *       (call_indirect (type 0) … (i32.const 0)))  or (call $callee …)
 */
export function encodeCall(
  { parameters, results }: CoreType,
  callee: 'table' | 'function',
): Uint8Array<ArrayBuffer> {
  const [params, returned] = [parameters, results].map((types) => types.map((type) => valueType[type]))
  const args = parameters.flatMap((_, i) => [op.local_get, ...u32(i)])
  const isTable = callee === 'table'
  const description = isTable ? [0x01, valueType.funcref, 0x00, 1] : [0x00, 0]
  const call = isTable ? [op.i32_const, 0, op.call_indirect, 0, 0] : [op.call, 0]
  return encodeModule({
    types: [functionType(params!, returned!)],
    imports: [{ module: '', name: 'callee', description }],
    functions: [{ type: 0, export: 'call', locals: [], body: [...args, ...call] }],
  })
}
