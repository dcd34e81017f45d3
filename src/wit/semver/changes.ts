import type { Place } from '../problems.ts'

/** One difference between two versions of a package or a world. */
export interface SemverChange {
  readonly kind: 'added' | 'removed' | 'changed'
  /** What it is about, without versions: `my:fs/files`, `my:fs/files#read`. */
  readonly path: string
  /** What changed, in words. */
  readonly message: string
  /** Why that matters, or why not. */
  readonly reason: string
  /** Where it stands, or for what is not there where it would; undefined where no text says. */
  readonly old: Place | undefined
  readonly new: Place | undefined
}

type Places = Pick<SemverChange, 'path' | 'old' | 'new'>

/** Collects changes, each once: interfaces are seen from several worlds. */
export class SemverChanges {
  readonly #breaks = new Map<string, SemverChange>()
  readonly #additions = new Map<string, SemverChange>()

  get breaks(): SemverChange[] {
    return [...this.#breaks.values()]
  }

  /** What breaks nothing for anyone. */
  get additions(): SemverChange[] {
    return [...this.#additions].filter(([key]) => !this.#breaks.has(key)).map(([, change]) => change)
  }

  break(kind: SemverChange['kind'], places: Places, message: string, reason: string): void {
    put(this.#breaks, kind, places, message, reason)
  }

  add(kind: SemverChange['kind'], places: Places, message: string, reason: string): void {
    put(this.#additions, kind, places, message, reason)
  }
}

function put(
  into: Map<string, SemverChange>,
  kind: SemverChange['kind'],
  { path, old, new: updated }: Places,
  message: string,
  reason: string,
): void {
  if (!into.has(message)) into.set(message, { kind, path, message, reason, old, new: updated })
}
