import { decode } from '../binary/decode.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { Source } from '../diagnostics/source.ts'
import { DecodeError, TenonError, ValidationError, WitError } from '../errors.ts'
import { decodeWit } from './decode-wit.ts'
import { mergeAround } from './merge-packages.ts'
import { printPackageName, type WitPackage } from './package.ts'
import type { WitFile } from './package-sources.ts'
import { type Place, Problems } from './problems.ts'

/** A file in binary form. */
export interface ReadPackages {
  /** The file: its bytes have no places that could be shown. */
  readonly place: Place
  /** Undefined where it is no package. */
  readonly main: WitPackage | undefined
  /** That, and what it needs of others. */
  readonly packages: readonly WitPackage[]
  readonly problems: readonly Diagnostic[]
}

export function readPackages(file: WitFile): ReadPackages {
  const place = { source: new Source(file.name, ''), span: { start: 0, end: 0 } }
  const { made, reported } = new Problems().part((problems) => {
    try {
      const { main, packages, world } = decodeWit(decode(file.text as Uint8Array))
      if (world === undefined) return { main, packages }
      const notes = [`\`tenon wit ${file.name}\` prints its world`]
      problems.report(place, 'this is a component, and no package in binary form', { notes })
    } catch (error) {
      if (error instanceof WitError)
        for (const { message } of error.diagnostics) problems.report(place, message)
      else if (error instanceof TenonError) problems.report(place, problemOf(error))
      else throw error
    }
    return { main: undefined, packages: [] }
  })
  return { ...made, place, problems: reported }
}

/** Packages that files have in binary form, by name. */
export class BinaryPackages {
  readonly #problems: Problems
  #models: ReadonlyMap<string, WitPackage> = new Map()
  readonly #places = new Map<string, Place>()

  constructor(problems: Problems) {
    this.#problems = problems
  }

  /** Undefined, and reported, where the file is no package, or does not fit the others. */
  add({ place, main, packages, problems }: ReadPackages): WitPackage | undefined {
    this.#problems.add(problems)
    if (main === undefined) return undefined
    try {
      const merged = mergeAround(main, [...this.#models.values()], packages)
      this.#models = new Map(merged.map((one) => [printPackageName(one.name), one]))
    } catch (error) {
      if (!(error instanceof WitError)) throw error
      for (const { message } of error.diagnostics) this.#problems.report(place, message)
      return undefined
    }
    for (const { name } of packages) this.#place(printPackageName(name), place)
    return main
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
