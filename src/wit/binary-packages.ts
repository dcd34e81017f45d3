import { decode } from '../binary/decode.ts'
import { Source } from '../diagnostics/source.ts'
import { DecodeError, TenonError, ValidationError, WitError } from '../errors.ts'
import { decodeWit } from './decode-wit.ts'
import { mergeAround } from './merge-packages.ts'
import { printPackageName, type WitPackage } from './package.ts'
import type { WitFile } from './package-sources.ts'
import type { Place, Problems } from './problems.ts'

/** Packages that files have in binary form, by name. */
export class BinaryPackages {
  readonly #problems: Problems
  #models: ReadonlyMap<string, WitPackage> = new Map()
  readonly #places = new Map<string, Place>()

  constructor(problems: Problems) {
    this.#problems = problems
  }

  /** Undefined, and reported, where the file is no package. */
  add(file: WitFile): WitPackage | undefined {
    const place = { source: new Source(file.name, ''), span: { start: 0, end: 0 } }
    try {
      const { main, packages, world } = decodeWit(decode(file.text as Uint8Array))
      if (world !== undefined) {
        const notes = [`\`tenon wit ${file.name}\` prints its world`]
        this.#problems.report(place, 'this is a component, and no package in binary form', { notes })
        return undefined
      }
      const merged = mergeAround(main, [...this.#models.values()], packages)
      this.#models = new Map(merged.map((one) => [printPackageName(one.name), one]))
      for (const { name } of packages) this.#place(printPackageName(name), place)
      return main
    } catch (error) {
      if (error instanceof WitError)
        for (const { message } of error.diagnostics) this.#problems.report(place, message)
      else if (error instanceof TenonError) this.#problems.report(place, problemOf(error))
      else throw error
      return undefined
    }
  }

  #place(name: string, place: Place): void {
    if (!this.#places.has(name)) this.#places.set(name, place)
  }

  get names(): Iterable<string> {
    return this.#models.keys()
  }

  get(name: string): WitPackage | undefined {
    return this.#models.get(name)
  }

  /** Of the first file that has it. */
  placeOf(name: string): Place {
    return this.#places.get(name)!
  }
}

/** Components and core modules begin with the same four bytes. */
export function isBinary({ text }: WitFile): boolean {
  return typeof text !== 'string' && text[0] === 0 && text[1] === 0x61 && text[2] === 0x73 && text[3] === 0x6d
}

function problemOf(error: TenonError): string {
  return error instanceof DecodeError || error instanceof ValidationError
    ? `not a package in binary form: ${error.message}`
    : error.message
}
