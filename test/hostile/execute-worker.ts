/** Executes whatever component it is sent and answers how that ended. It may hang: whoever sends ends it then. */
import fc from '../support/fast-check.ts'
import { parentPort } from 'node:worker_threads'
import {
  Component,
  type ExternType,
  type FunctionType,
  Linker,
  TenonError,
  Trap,
  type ValueType,
} from 'tenon'
import { wasi } from 'tenon/wasi'
import { arbitraryValue } from '../../src/fuzz/arbitrary-value.ts'
import { assertTyped } from '../support/is-typed.ts'

/** How an execution ended; `unexpected` is a defect of Tenon. */
export type Ending =
  | { readonly end: 'returned' | 'error' | 'trap' }
  | { readonly end: 'unexpected'; readonly error: string }

/** What the examples import beyond WASI. */
const exampleImports = {
  'tenon-examples:interfaced-adder/add': { add: (a: number, b: number) => (a + b) | 0 },
  'tenon-examples:kv-store/kvdb': {
    Connection: class {
      readonly #entries = new Map<string, string>()
      get(key: string) {
        return this.#entries.get(key)
      }
      set(key: string, value: string) {
        this.#entries.set(key, value)
      }
    },
  },
  log: () => {},
}

const compile = WebAssembly.compile
const compiled: { readonly bytes: Buffer; readonly module: Promise<WebAssembly.Module> }[] = []
let isFirst = true

/** What is executed first is what the others are mutants of, and mostly have the core modules of. */
WebAssembly.compile = (source: BufferSource) => {
  const bytes = ArrayBuffer.isView(source)
    ? Buffer.from(source.buffer, source.byteOffset, source.byteLength)
    : Buffer.from(source)
  const known = compiled.find((one) => one.bytes.equals(bytes))
  if (known) return known.module
  const module = compile(source)
  if (isFirst) compiled.push({ bytes, module })
  return module
}

let last: Promise<void> = Promise.resolve()

parentPort!.on('message', (bytes: Uint8Array) => {
  last = last.then(async () => {
    parentPort!.postMessage(await execute(bytes))
    isFirst = false
  })
})

async function execute(bytes: Uint8Array): Promise<Ending> {
  try {
    const component = await Component.load(bytes)
    const linker = new Linker().define(wasi()).define(exampleImports).trapUnknown()
    if ([...component.type.exports.keys()].some((name) => name.startsWith('wasi:cli/run'))) {
      await linker.run(component)
      return { end: 'returned' }
    }
    using instance = await linker.instantiate(component)
    for (const [name, type] of component.type.exports) {
      // What componentize-py calls while it builds; a second time it traps.
      if (name !== 'exports') callAll(name, instance.exports[name], type)
    }
    return { end: 'returned' }
  } catch (error) {
    if (error instanceof Trap) return { end: 'trap' }
    if (error instanceof TenonError) return { end: 'error' }
    return {
      end: 'unexpected',
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }
  }
}

/** Each function once, with random arguments; what needs a handle is left out. */
function callAll(name: string, value: unknown, type: ExternType): void {
  if (type.kind === 'instance') {
    for (const [member, memberType] of type.exports) {
      callAll(member, (value as Record<string, unknown>)[member], memberType)
    }
  }
  if (type.kind !== 'function' || typeof value !== 'function' || name.startsWith('[') || hasHandles(type))
    return
  const args = fc.sample(fc.tuple(...type.parameters.map(({ type }) => arbitraryValue(type))), {
    numRuns: 1,
    // Two numbers whose sum is one, for the adders.
    seed: 3,
  })
  const returned: unknown = value(...args[0]!)
  // Of an asynchronous function: how it ends, with its instance at the latest.
  if (returned instanceof Promise) returned.catch(assertTyped)
}

function hasHandles({ parameters }: FunctionType): boolean {
  const seen = (type: ValueType): boolean =>
    /"(own|borrow|stream|future|error-context)"/.test(JSON.stringify(type))
  return parameters.some(({ type }) => seen(type))
}
