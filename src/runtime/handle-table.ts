/**
 * The table of handles that one component instance holds (CanonicalABI.md, "Table State"). One table for all kinds of
 * handles, as in the specification: resources now, waitables beside them.
 */
import { tableLength } from '../component/limits.ts'
import { Trap } from '../errors.ts'

export class HandleTable<Entry extends object> {
  /** Index 0 is never a handle. */
  readonly #entries: (Entry | undefined)[] = [undefined]
  /** Freed indices; the last one freed is the first one used again (the order is normative). */
  readonly #free: number[] = []

  /** @throws {Trap} unknown-handle */
  get(index: number): Entry {
    const entry = this.#entries[index]
    if (entry === undefined) throw unknownHandle(index)
    return entry
  }

  /** @throws {Trap} table-full */
  add(entry: Entry): number {
    const freed = this.#free.pop()
    if (freed !== undefined) {
      this.#entries[freed] = entry
      return freed
    }
    if (this.#entries.length > tableLength) {
      throw new Trap('table-full', `resource table has no free keys: it holds ${tableLength} handles`)
    }
    return this.#entries.push(entry) - 1
  }

  /** @throws {Trap} unknown-handle */
  remove(index: number): Entry {
    const entry = this.get(index)
    this.#entries[index] = undefined
    this.#free.push(index)
    return entry
  }

  /** How many handles it holds. */
  get size(): number {
    return this.#entries.length - 1 - this.#free.length
  }

  /** What it holds, in order of the indices. */
  *[Symbol.iterator](): Iterator<Entry> {
    for (const entry of this.#entries) if (entry !== undefined) yield entry
  }
}

function unknownHandle(index: number): Trap {
  return new Trap('unknown-handle', `unknown handle index ${index >>> 0}`)
}
