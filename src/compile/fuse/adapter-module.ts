/** An adapter module while it is put together: its imports, and the functions that adapters share. */
import {
  type Bytes,
  encodeModule,
  functionType,
  type GeneratedFunction,
  type Import,
  u32,
} from '../../runtime/generated-module.ts'
import { threadPages } from '../../runtime/thread.ts'
import type { PointerType } from '../../abi/pointer.ts'
import { Code, type CoreType, coreTypeCode } from './code.ts'
import type { Engine } from './engine.ts'

export interface CoreSignature {
  readonly parameters: readonly CoreType[]
  readonly results: readonly CoreType[]
}

/** The memory of the thread is the first one. */
export const THREAD_MEMORY = 0

const pages = u32(threadPages)

export class AdapterModule {
  readonly engine: Engine
  readonly #types: Bytes[] = []
  readonly #typeIndices = new Map<string, number>()
  readonly #imports: Import[] = [
    { module: '', name: 'thread', description: [0x02, 0x01, ...pages, ...pages] },
  ]
  readonly #functions: (GeneratedFunction | undefined)[] = []
  readonly #helpers = new Map<string, number>()
  #memories = 1
  #importedFunctions = 0
  #globals = 0

  constructor(engine: Engine) {
    this.engine = engine
  }

  /** All imports come before the first function. */
  importMemory(name: string, pointer: PointerType): number {
    this.#imports.push({ module: '', name, description: [0x02, pointer === 'i64' ? 0x04 : 0x00, 0x00] })
    return this.#memories++
  }

  importFunction(name: string, signature: CoreSignature): number {
    this.#imports.push({ module: '', name, description: [0x00, ...u32(this.#type(signature))] })
    return this.#importedFunctions++
  }

  /** Of an i32. */
  importGlobal(name: string, mutable: boolean): number {
    const description = [0x03, coreTypeCode('i32'), mutable ? 0x01 : 0x00]
    this.#imports.push({ module: '', name, description })
    return this.#globals++
  }

  exportFunction(name: string, signature: CoreSignature, write: (code: Code) => void): void {
    this.#define(name, signature, write)
  }

  /** The function of that key, written when it is first asked for. */
  helper(key: string, signature: CoreSignature, write: (code: Code) => void): number {
    const known = this.#helpers.get(key)
    if (known !== undefined) return known
    return this.#define(undefined, signature, write, (index) => this.#helpers.set(key, index))
  }

  encode(): Uint8Array<ArrayBuffer> {
    const functions = this.#functions.map((one) => one!)
    return encodeModule({ types: this.#types, imports: this.#imports, functions })
  }

  #define(
    name: string | undefined,
    signature: CoreSignature,
    write: (code: Code) => void,
    announce: (index: number) => void = () => {},
  ): number {
    const place = this.#functions.push(undefined) - 1
    const index = this.#importedFunctions + place
    announce(index)
    const code = new Code(signature.parameters.length)
    write(code)
    const { locals, body } = code
    this.#functions[place] = { type: this.#type(signature), export: name, locals, body }
    return index
  }

  #type({ parameters, results }: CoreSignature): number {
    const key = `${parameters.join()}:${results.join()}`
    const known = this.#typeIndices.get(key)
    if (known !== undefined) return known
    const index = this.#types.push(functionType(parameters.map(coreTypeCode), results.map(coreTypeCode))) - 1
    this.#typeIndices.set(key, index)
    return index
  }
}
