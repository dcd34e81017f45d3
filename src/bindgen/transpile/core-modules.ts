/** The core modules of a component as files: as they are, or with what is to be done at instantiation in reach. */
import { ConfinedFunctions } from '../../binary/confined-functions.ts'
import { type DefinedFunctionType, ExportedFunctionTypes } from '../../binary/exported-function-type.ts'
import {
  type MemoryImports,
  type MemoryType,
  type RewrittenCoreModule,
  rewriteCoreModule,
} from '../../binary/rewrite-core-module.ts'
import type { ByteRange } from '../../component/component.ts'
import { limits } from '../../component/limits.ts'
import type { Plan } from '../../compile/plan.ts'
import { DecodeError } from '../../errors.ts'
import { withoutCustomSections } from '../../binary/core-sections.ts'
import { moduleMark } from '../../runtime/module-cache.ts'
import { encodePlainCall } from '../../runtime/guest-imports.ts'
import type { ModuleText } from './module-text.ts'
import { SwitchText } from './switch-text.ts'

interface Instantiable {
  /** Of the file, among all. */
  readonly place: number
  /** What stands for the memories that it defines; undefined where it has none, or defines them still. */
  readonly memories: MemoryImports | undefined
  /** The export that was its start function. */
  readonly start: string | undefined
}

export class CoreModules {
  /** What messages call the component. */
  readonly name: string
  /** Whether memories are to be used again: a module that makes one instance has nobody to use them. */
  readonly recycles: boolean
  /** Components that are handed on and have memories. */
  readonly withMemories = new Set<Plan>()
  readonly switches: SwitchText
  readonly #module: ModuleText
  readonly #bytes: Uint8Array
  readonly #ranges: readonly ByteRange[]
  readonly #originals = new Map<number, number>()
  readonly #confined = new Map<number, ConfinedFunctions>()
  readonly #instantiable = new Map<string, Instantiable>()
  readonly #types = new Map<number, ExportedFunctionTypes>()
  readonly #plainCalls = new Map<DefinedFunctionType, number>()

  constructor(
    module: ModuleText,
    name: string,
    bytes: Uint8Array,
    ranges: readonly ByteRange[],
    recycles: boolean,
  ) {
    this.#module = module
    this.name = name
    this.#bytes = bytes
    this.#ranges = ranges
    this.recycles = recycles
    this.switches = new SwitchText(module)
  }

  /** As in the component. */
  original(index: number): number {
    const known = this.#originals.get(index)
    if (known !== undefined) return known
    const { start, end } = this.#ranges[index]!
    const place = this.#file(this.#bytes.subarray(start, end))
    this.#originals.set(index, place)
    return place
  }

  #file(bytes: Uint8Array): number {
    return this.#module.file(withoutCustomSections(bytes, moduleMark), 'core')
  }

  /**
   * As instances need it: memories come from outside, so that they are used again, and an engine calls a start function with JavaScript
   * on the stack, where nothing can be suspended.
   *
   * @param start whether the start function becomes an export
   */
  instantiable(index: number, start: boolean): Instantiable {
    const key = `${index} ${start}`
    const known = this.#instantiable.get(key)
    if (known !== undefined) return known
    const made = this.#rewritten(index, start) ?? {
      place: this.original(index),
      memories: undefined,
      start: undefined,
    }
    this.#instantiable.set(key, made)
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

  #rewritten(index: number, start: boolean): Instantiable | undefined {
    try {
      const rewrite = (memories: boolean): RewrittenCoreModule | undefined =>
        rewriteCoreModule(this.#bytes, this.#ranges[index], { memories, start })
      const all = rewrite(this.recycles)
      const rewritten = all?.memories?.types.every(isRecycled) === false ? rewrite(false) : all
      if (rewritten === undefined) return undefined
      const { bytes, memories, start: exported } = rewritten
      return { place: this.#file(bytes), memories, start: exported }
    } catch (error) {
      // What cannot be rewritten the engine has something to say about.
      if (error instanceof DecodeError) return undefined
      throw error
    }
  }
}

/** Whether one that was used is worth more than a new one: zeroing it costs less, also by JavaScript. */
function isRecycled({ initial, shared, index64, pageSizeLog2 }: MemoryType): boolean {
  const size = initial * limits.pageSize
  const isPlain = !shared && !index64 && 2 ** pageSizeLog2 === limits.pageSize
  return isPlain && size > 0 && size <= limits.transpiledPooledMemory
}
