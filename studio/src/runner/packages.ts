import type { FoundPackage, PackageFinder } from 'tenon/compose'
import type { RunSource } from '../contract/run.ts'
import { packageMeant } from '../workshop/package-meant.ts'

/** The packages of a run. */
export class Packages implements PackageFinder {
  readonly #found = new Map<string, FoundPackage>()
  readonly #reading: (name: string) => void

  constructor({ packages }: Pick<RunSource, 'packages'>, reading: (name: string) => void) {
    this.#reading = reading
    for (const { name, bytes } of packages) {
      this.#found.set(name, { kind: 'component', component: new Uint8Array(bytes) })
    }
  }

  find(name: string, version: string | undefined): FoundPackage | undefined {
    const whole = this.nameOf(version === undefined ? name : `${name}@${version}`)
    const found = this.#found.get(whole)
    if (found) this.#reading(whole)
    return found
  }

  names(): Iterable<string> {
    return this.#found.keys()
  }

  /** The whole name of a package that a text may write without its version, or that is there without one. */
  nameOf(written: string): string {
    return packageMeant(written, this.#found) ?? written
  }
}
