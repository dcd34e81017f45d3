import { nearest } from '../diagnostics/nearest.ts'
import { UsageError } from '../errors.ts'

/**
 * The unstable features that a command line names. A name that no gate asks for is most likely mistyped, and the item that was
 * meant is missing without a word: so the set remembers what it was asked for.
 */
export class NamedFeatures extends Set<string> {
  readonly #asked = new Set<string>()

  override has(feature: string): boolean {
    this.#asked.add(feature)
    return super.has(feature)
  }

  /**
   * To be called when all texts are read.
   *
   * @throws {UsageError} a name that no gate in them asked for
   */
  refuseUnknown(): void {
    for (const name of this) {
      if (this.#asked.has(name)) continue
      const [meant] = nearest(name, this.#asked, 1)
      const known = [...this.#asked].sort().join(', ')
      throw new UsageError(`--features ${name}: nothing that was read is behind a feature of that name`, [
        ...(meant === undefined ? [] : [`did you mean ${meant}?`]),
        known === '' ? 'nothing is behind any feature' : `there are: ${known}`,
      ])
    }
  }
}

/** `--features a,b`, and `--all-features`. */
export function featuresOf(names: string | undefined, all: boolean | undefined): NamedFeatures | 'all' {
  if (all) return 'all'
  const trimmed = names?.split(',').map((name) => name.trim()) ?? []
  return new NamedFeatures(trimmed.filter((name) => name !== ''))
}

/** @throws {UsageError} as {@link NamedFeatures.refuseUnknown} */
export function refuseUnknownFeatures(features: NamedFeatures | 'all'): void {
  if (features !== 'all') features.refuseUnknown()
}
