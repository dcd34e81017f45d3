/** Files that are kept from one run to the next, in a directory of the user's own. Where there are files: Node, Deno, Bun. */
/** Asked of the platform, not imported: no bundler meets a `node:` module to resolve. */
const fs = () => process.getBuiltinModule('node:fs')

/**
 * A directory of small files that only their user can write to. Whoever reads one sees a file that was written as a whole, or
 * none: others may write and remove at the same time. What does not work is a miss, never an error: the next run does
 * the work again.
 *
 * @example
 * const cache = new FileCache('data')
 * cache.write('key', Uint8Array.of(1, 2))
 * cache.read('key')?.length // 2
 * cache.read('other') // undefined
 */
export class FileCache {
  readonly #directory: string

  /** @param directory one that {@link isPrivate}; whoever else can write there decides what is read */
  constructor(directory: string) {
    this.#directory = directory
  }

  read(name: string): Uint8Array | undefined {
    const { lstatSync, readFileSync } = fs()
    const path = this.#path(name)
    try {
      // To open a pipe would wait for whoever writes into it.
      return lstatSync(path).isFile() ? readFileSync(path) : undefined
    } catch {
      return undefined
    }
  }

  /** Under a name of its own until all of it is on the disk. */
  write(name: string, bytes: Uint8Array): void {
    const path = this.#path(name)
    const unfinished = `${path}.${process.pid}-${counter++}`
    const { renameSync, rmSync, writeFileSync } = fs()
    try {
      writeFileSync(unfinished, bytes, { flush: true, mode: 0o600 })
      renameSync(unfinished, path)
    } catch {
      // The disk may be full, or read-only.
      try {
        rmSync(unfinished, { force: true })
      } catch {
        // Then it stays: `trim` finds it.
      }
    }
  }

  /** Says that a file was of use: `trim` removes others first. */
  touch(name: string): void {
    try {
      const now = new Date()
      fs().utimesSync(this.#path(name), now, now)
    } catch {
      // Somebody removed it.
    }
  }

  /**
   * Removes what was of no use for longest, until all files whose names match, unfinished ones included, take no more than
   * so many bytes.
   */
  trim(names: RegExp, most: number): void {
    const { readdirSync, rmSync, statSync } = fs()
    try {
      const files = readdirSync(this.#directory)
        .filter((name) => names.test(name))
        .map((name) => {
          const { size, mtimeMs } = statSync(this.#path(name))
          return { name, size, mtimeMs }
        })
        .sort((a, b) => b.mtimeMs - a.mtimeMs)
      let total = 0
      for (const { name, size } of files) {
        total += size
        if (total > most) rmSync(this.#path(name), { force: true })
      }
    } catch {
      // Another process removes at the same time.
    }
  }

  #path(name: string): string {
    return `${this.#directory}/${name}`
  }
}

let counter = 0

/** Whether only its user can put files into a directory. Windows has no such modes, and a folder for each user. */
export function isPrivate(directory: string): boolean {
  if (process.getuid === undefined) return true
  try {
    const stat = fs().statSync(directory)
    return stat.isDirectory() && stat.uid === process.getuid() && (stat.mode & 0o022) === 0
  } catch {
    return false
  }
}
