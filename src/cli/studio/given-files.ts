import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { componentIn } from '../precompiled.ts'
import { readComponentFile } from '../read-component.ts'

/** Milliseconds between two looks at a file, while a page listens. */
const interval = 1_000

/** One of the components named on the command line, as the page's list has it. */
export interface GivenFile {
  readonly name: string
  /** Its address, below `files/`. The number decides; the name is for whoever sees the address. */
  readonly file: string
  /** In bytes. */
  readonly size: number
  readonly about: string
}

/** The components named on the command line: the page asks for them by number, never by path. */
export class GivenFiles {
  readonly #paths: readonly string[]

  private constructor(paths: readonly string[]) {
    this.#paths = paths
  }

  /** @throws {TenonError} a file is not there, cannot be read, or is a text that cannot be assembled */
  static async of(paths: readonly string[]): Promise<GivenFiles> {
    const given = new GivenFiles(paths)
    for (const index of paths.keys()) await given.read(index)
    return given
  }

  list(): readonly GivenFile[] {
    return this.#paths.map((path, index) => {
      const name = basename(path)
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
      return { name, file: `${index}/${encodeURIComponent(name)}`, size, about: path }
    })
  }

  has(index: number): boolean {
    return index < this.#paths.length
  }

  /** As it is now; texts are assembled, and of a precompiled file it is the component in it. */
  async read(index: number): Promise<Uint8Array> {
    return componentIn(await readComponentFile(this.#paths[index]!)).bytes
  }

  /**
   * Calls back with each file that changes on disk, until it is told to end. Files are looked at, as not all file systems tell.
   *
   * @returns ends it
   */
  watch(changed: (file: GivenFile) => void): () => void {
    const known = this.#paths.map(stamp)
    const timer = setInterval(() => {
      for (const [index, path] of this.#paths.entries()) {
        const now = stamp(path)
        if (now === known[index]) continue
        known[index] = now
        // One that is gone is about to be written anew.
        if (now !== undefined) changed(this.list()[index]!)
      }
    }, interval)
    return () => clearInterval(timer)
  }
}

/** Undefined where there is no file. */
function stamp(path: string): string | undefined {
  const status = statSync(path, { throwIfNoEntry: false })
  return status && `${status.mtimeMs} ${status.size}`
}
