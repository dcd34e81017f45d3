import { limits } from '../component/limits.ts'
import { TenonError } from '../errors.ts'
import { FileCache } from '../file-cache/file-cache.ts'
import { privateDirectory } from '../file-cache/private-directory.ts'
import { build } from '../version.ts'
import {
  type Begin,
  type CompiledComponent,
  decodePlanFile,
  encodePlanFile,
  isPlanFile,
} from './plan-file.ts'
import { planKey } from './plan-key.ts'

const ours = /^[0-9a-f]{64}\.plan(\.|$)/

/**
 * Plans by what they depend on, in a directory. What somebody else wrote there, another version, or a process that was ended
 * while it wrote, is a miss.
 */
export class PlanCache {
  readonly #files: FileCache

  /** @throws {TenonError} file: the directory is not private, or cannot be made */
  constructor(directory: string) {
    if (typeof process !== 'object' || process.getBuiltinModule === undefined)
      throw new TenonError('unsupported', 'a cache is a directory, and there are no files here')
    this.#files = new FileCache(privateDirectory(directory))
  }

  /**
   * The Plan of a component: kept from an earlier run, or compiled now and kept for the next one.
   *
   * @param begin as for `decodePlanFile`
   */
  compiled(component: Uint8Array, compile: () => CompiledComponent, begin?: Begin): CompiledComponent {
    const key = keyOf(component)
    if (key === undefined) return compile()
    const kept = this.#read(key, component, begin)
    if (kept) return kept
    const compiled = compile()
    this.#write(key, compiled, component)
    return compiled
  }

  #read(key: string, component: Uint8Array, begin: Begin | undefined): CompiledComponent | undefined {
    const bytes = this.#files.read(fileName(key))
    if (!bytes || !isPlanFile(bytes)) return undefined
    const compiled = typed(() => decodePlanFile(bytes, `${context} ${key}`, component, begin))
    if (compiled) this.#files.touch(fileName(key))
    return compiled
  }

  #write(key: string, compiled: CompiledComponent, component: Uint8Array): void {
    const bytes = typed(() => encodePlanFile(compiled, `${context} ${key}`))
    // Only what can be read; and the code that does it is among what the command line tool keeps compiled.
    if (!bytes || !typed(() => decodePlanFile(bytes, `${context} ${key}`, component).type)) return
    this.#files.write(fileName(key), bytes)
    this.#files.trim(ours, limits.planCache)
  }
}

/** Beside the component: what compiled it, and the engine that validated its core modules. */
const context = `${build} ${typeof process === 'object' ? (process.versions?.v8 ?? process.version) : ''}`

/** Undefined for what is no component: whoever decodes it says what it is instead. */
function keyOf(component: Uint8Array): string | undefined {
  const key = typed(() => planKey(component, context))
  return key && Array.from(key, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fileName(key: string): string {
  return `${key}.plan`
}

/** Undefined where it throws an error of ours. */
function typed<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof TenonError) return undefined
    throw error
  }
}
