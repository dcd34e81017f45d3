/** The switches of a component as they are written: one module with a switch for each core type. */
import type { FlatFunction } from '../../abi/flatten.ts'
import { coreTypeKey, encodeSwitches } from '../../runtime/switch.ts'
import type { ModuleText } from './module-text.ts'

type CoreType = Pick<FlatFunction, 'parameters' | 'results'>

export class SwitchText {
  readonly #module: ModuleText
  readonly #types = new Map<string, CoreType>()
  #text: string | undefined

  constructor(module: ModuleText) {
    this.#module = module
  }

  /** An expression for what binds functions of these types. */
  of(types: readonly CoreType[]): string {
    for (const type of types) this.#types.set(coreTypeKey(type), type)
    this.#text ??= this.#declare()
    return this.#text
  }

  /** Which types there are is known at the end. */
  #declare(): string {
    const keys = this.#module.name('switches')
    const place = this.#module.fileAtEnd('switch', () => {
      this.#module.declareAs(keys, this.#module.data([...this.#types.keys()]))
      return encodeSwitches([...this.#types.values()])
    })
    return `{ module: modules[${place}], types: ${keys} }`
  }
}
