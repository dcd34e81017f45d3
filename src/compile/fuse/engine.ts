/** What the engine must have for adapters: several memories, SIMD; and which way it has to catch exceptions. */
import { encodeModule, functionType } from '../../runtime/generated-module.ts'
import { Code, type ExceptionMechanism } from './code.ts'

export interface Engine {
  readonly exceptions: ExceptionMechanism
}

let engine: Engine | undefined | null = null

/** Looked at once. Undefined where adapters cannot run: then calls go through JavaScript. */
export function adapterEngine(): Engine | undefined {
  if (engine === null) engine = detect()
  return engine
}

function detect(): Engine | undefined {
  const mechanisms: readonly ExceptionMechanism[] = ['try_table', 'try', 'none']
  const exceptions = mechanisms.find((mechanism) => WebAssembly.validate(probe(mechanism)))
  return exceptions === undefined ? undefined : { exceptions }
}

/** Copies a vector from one memory to another, where exceptions are caught. */
function probe(mechanism: ExceptionMechanism): Uint8Array<ArrayBuffer> {
  const code = new Code(0)
  const copy = () => code.i32(0).i32(0).access('v128.load', 0).access('v128.store', 1).op('return')
  code.catchAll(mechanism, copy, () => {})
  const memory = [0x02, 0x00, 0x00]
  return encodeModule({
    types: [functionType([], [])],
    imports: ['a', 'b'].map((name) => ({ module: '', name, description: memory })),
    functions: [{ type: 0, export: 'probe', locals: code.locals, body: code.body }],
  })
}
