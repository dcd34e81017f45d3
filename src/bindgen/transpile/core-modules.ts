/** The core modules of a component as files: as they are, or with what is to be done at instantiation in reach. */
import { ConfinedFunctions } from '../../binary/confined-functions.ts'
import { type DefinedFunctionType, ExportedFunctionTypes } from '../../binary/exported-function-type.ts'
import { rewriteCoreModule } from '../../binary/rewrite-core-module.ts'
import type { ByteRange } from '../../component/component.ts'
import { DecodeError } from '../../errors.ts'
import { encodePlainCall } from '../../runtime/guest-imports.ts'
import type { ModuleText } from './module-text.ts'

interface Instantiable {
  /** Of the file, among all. */
  readonly place: number
  /** The export that was its start function. */
  readonly start: string | undefined
}

export class CoreModules {
  /** What messages call the component. */
  readonly name: string
  readonly #module: ModuleText
  readonly #bytes: Uint8Array
  readonly #ranges: readonly ByteRange[]
  readonly #originals = new Map<number, number>()
  readonly #confined = new Map<number, ConfinedFunctions>()
  readonly #types = new Map<number, ExportedFunctionTypes>()
  readonly #plainCalls = new Map<DefinedFunctionType, number>()
  readonly #startless = new Map<number, Instantiable>()

  constructor(module: ModuleText, name: string, bytes: Uint8Array, ranges: readonly ByteRange[]) {
    this.#module = module
    this.name = name
    this.#bytes = bytes
    this.#ranges = ranges
  }

  /** As in the component. */
  original(index: number): number {
    const known = this.#originals.get(index)
    if (known !== undefined) return known
    const { start, end } = this.#ranges[index]!
    const place = this.#module.file(this.#bytes.slice(start, end), 'core')
    this.#originals.set(index, place)
    return place
  }

  /** As instances need it: an engine calls a start function with JavaScript on the stack, where nothing can be suspended. */
  instantiable(index: number, suspends: boolean): Instantiable {
    if (!suspends) return { place: this.original(index), start: undefined }
    const known = this.#startless.get(index)
    if (known !== undefined) return known
    const made = this.#withoutStart(index) ?? { place: this.original(index), start: undefined }
    this.#startless.set(index, made)
    return made
  }

  /** Whether a function that it exports calls nothing but functions of the module. */
  isConfined(index: number, name: string): boolean {
    let functions = this.#confined.get(index)
    if (functions === undefined) {
      functions = new ConfinedFunctions(this.#bytes, this.#ranges[index])
      this.#confined.set(index, functions)
    }
    return functions.has(name)
  }

  /** The place of a module that exports what calls such a function under its plain type; undefined where that is its own. */
  plainCall(index: number, name: string): number | undefined {
    let types = this.#types.get(index)
    if (types === undefined) {
      types = new ExportedFunctionTypes(this.#bytes, this.#ranges[index])
      this.#types.set(index, types)
    }
    const type = types.of(name)
    if (type === undefined || type.plain) return undefined
    let place = this.#plainCalls.get(type)
    if (place === undefined) {
      place = this.#module.file(encodePlainCall(type), 'plain')
      this.#plainCalls.set(type, place)
    }
    return place
  }

  #withoutStart(index: number): Instantiable | undefined {
    try {
      const rewritten = rewriteCoreModule(this.#bytes, this.#ranges[index], { memories: false })
      return rewritten && { place: this.#module.file(rewritten.bytes, 'core'), start: rewritten.start }
    } catch (error) {
      // What cannot be rewritten the engine has something to say about.
      if (error instanceof DecodeError) return undefined
      throw error
    }
  }
}
