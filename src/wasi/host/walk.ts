/**
 * Confinement. A path is walked one segment at a time, each from the handle of the directory before it, and symbolic
 * links are expanded here, never by the operating system. `..` goes back to the handle that was walked through, not to
 * what the file system calls the parent by then; where there is none it would leave the base, and fails. So no path, no
 * link and no rename during the walk leads out of the base.
 */
import type { DirectoryHandle, Stat } from './file-system.ts'
import { FsError } from './fs-error.ts'
import { type Path, parsePath } from './path.ts'

/** Linux's MAXSYMLINKS. */
const mostLinks = 40

/** What to do with the last segment. The handle is valid during the call. */
export type AtLast<T> = (directory: DirectoryHandle, name: string, slash: boolean) => T

/** Tells {@link walk} that the last segment is a symbolic link, and to go on at its target. */
export class Follow {
  readonly target: string
  constructor(target: string) {
    this.target = target
  }
}

/** Walks all but the last segment of a path and hands that to `act`, as often as it says to follow. */
export function walk<T>(base: DirectoryHandle, path: Path, act: AtLast<T | Follow>): T {
  const route = new Route(base, path)
  try {
    for (;;) {
      const name = route.toLast()
      const result = act(route.directory, name, route.slash)
      if (!(result instanceof Follow)) return result
      route.expand(result.target)
    }
  } finally {
    route.close()
  }
}

/** Walks to an object that exists, following symbolic links at the end if asked, and calls `act` with it. */
export function walkToObject<T>(
  base: DirectoryHandle,
  path: Path,
  follow: boolean,
  act: (directory: DirectoryHandle, name: string, stat: Stat) => T,
): T {
  return walk<T>(base, path, (directory, name, slash) => {
    const stat = directory.stat(name)
    if (stat.type === 'symbolic-link' && (follow || slash)) return followLink(directory, name)
    if (slash && stat.type !== 'directory') throw new FsError('not-directory')
    return act(directory, name, stat)
  })
}

/** Goes on at a name that was just seen to be a symbolic link. */
export function followLink(directory: DirectoryHandle, name: string): Follow {
  const target = directory.readLink(name)
  // Somebody replaced it meanwhile.
  if (target === undefined) throw new FsError('no-entry')
  return new Follow(target)
}

/** The place of a walk: handles from below the base to the current directory, and the segments ahead. */
class Route {
  slash: boolean
  readonly #base: DirectoryHandle
  readonly #entered: DirectoryHandle[] = []
  /** Innermost expansion first; the next segment is the last element. */
  readonly #ahead: string[]
  #links = 0

  constructor(base: DirectoryHandle, path: Path) {
    this.#base = base
    this.#ahead = path.segments.toReversed()
    this.slash = path.slash
  }

  get directory(): DirectoryHandle {
    return this.#entered.at(-1) ?? this.#base
  }

  /** Enters directories until one segment is left, and takes that. */
  toLast(): string {
    for (;;) {
      const name = this.#ahead.pop()!
      if (this.#ahead.length === 0) return name
      this.#enter(name)
    }
  }

  /** Puts the target of a link before what is ahead. */
  expand(target: string): void {
    if (++this.#links > mostLinks) throw new FsError('loop')
    const atEnd = this.#ahead.length === 0
    const path = parsePath(target)
    if (atEnd) this.slash ||= path.slash
    for (const segment of path.segments.toReversed()) this.#ahead.push(segment)
  }

  close(): void {
    for (const directory of this.#entered) directory.close()
  }

  #enter(name: string): void {
    if (name === '.') return
    if (name === '..') {
      this.#back()
      return
    }
    const entered = this.directory.enter(name)
    if (entered) {
      this.#entered.push(entered)
      return
    }
    const target = this.directory.readLink(name)
    if (target === undefined) throw new FsError('not-directory')
    this.expand(target)
  }

  #back(): void {
    const left = this.#entered.pop()
    if (!left) throw new FsError('not-permitted')
    left.close()
  }
}
