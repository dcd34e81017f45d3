import { readCoreModuleType } from '../binary/core-module.ts'
import type { ModuleSurface } from '../compile/plan.ts'
import type { ByteRange } from '../component/component.ts'
import type { CoreExternType, CoreModuleType } from '../component/extern-type.ts'
import { TenonError } from '../errors.ts'
import { refuse } from './malformed-plan.ts'

/** What is known of a core module, or of an instance of it. */
export interface CoreFacts {
  /** Undefined where there is no such export, `unknown` where only the engine will see its type. */
  export(name: string): CoreExternType | 'unknown' | undefined
  /** The types of all imports of these names; none where that is not known. */
  imports(module: string, name: string): readonly CoreExternType[]
}

export type CoreFunctionType = Extract<CoreExternType, { kind: 'func' }>

export function isFunction(
  type: CoreExternType,
  parameters: readonly string[],
  results: readonly string[],
): boolean {
  return (
    type.kind === 'func' && `${type.parameters}` === `${parameters}` && `${type.results}` === `${results}`
  )
}

/** A core module of the file; read when something is asked of it, its code never. */
export class ReadModule implements CoreFacts {
  readonly #bytes: Uint8Array
  readonly #range: ByteRange
  #type: CoreModuleType | undefined
  #imports: ReadonlyMap<string, readonly CoreExternType[]> | undefined

  constructor(bytes: Uint8Array, range: ByteRange) {
    this.#bytes = bytes
    this.#range = range
  }

  export(name: string): CoreExternType | undefined {
    return this.#read().exports.get(name)
  }

  imports(module: string, name: string): readonly CoreExternType[] {
    this.#imports ??= importsByName(this.#read())
    return this.#imports.get(keyOf(module, name)) ?? []
  }

  #read(): CoreModuleType {
    try {
      this.#type ??= readCoreModuleType(this.#bytes, this.#range)
      return this.#type
    } catch (error) {
      if (!(error instanceof TenonError)) throw error
      return refuse(`a core module cannot be read: ${error.message}`)
    }
  }
}

/** Core modules may import the same twice. */
function importsByName({ imports }: CoreModuleType): ReadonlyMap<string, readonly CoreExternType[]> {
  const types = new Map<string, CoreExternType[]>()
  for (const { module, name, type } of imports) {
    const key = keyOf(module, name)
    const others = types.get(key)
    if (others) others.push(type)
    else types.set(key, [type])
  }
  return types
}

function keyOf(module: string, name: string): string {
  return `${module.length} ${module}${name}`
}

/** A core module that the host gives. What is declared of it is compared with it then, by names and kinds. */
export class DeclaredModule implements CoreFacts {
  readonly #surface: ModuleSurface

  constructor(surface: ModuleSurface) {
    this.#surface = surface
  }

  export(name: string): 'unknown' | undefined {
    return this.#surface.exports.some((one) => one.name === name) ? 'unknown' : undefined
  }

  imports(): readonly CoreExternType[] {
    return []
  }
}
