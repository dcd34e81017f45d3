/**
 * A file system in memory, for browsers, tests and sandboxes. It has Linux's rules (and so the same tests as the real
 * one); only the user's own methods, at the top, are not part of the capability.
 */
import type { DirectoryHandle, DirectoryListing, NewTime, Opened, OpenHow, Stat } from './file-system.ts'
import { FsError } from './fs-error.ts'
import { MemoryFile, OpenMemoryFile } from './memory-file.ts'
import { MemoryNode } from './memory-node.ts'
import { defaultMemoryLimits, type MemoryLimits, MemoryVolume } from './memory-volume.ts'
import { parsePath, utf8Length } from './path.ts'
import { walk } from './walk.ts'

/** Linux's NAME_MAX, in bytes. */
const longestName = 255

/** What to begin with: names to text, bytes, or a further tree; `symlink(target)` for links. */
export interface MemoryTree {
  readonly [name: string]: string | Uint8Array | MemorySymlink | MemoryTree
}

/** A symbolic link in a {@link MemoryTree}. */
export class MemorySymlink {
  readonly target: string
  constructor(target: string) {
    this.target = target
  }
}

class MemoryLink extends MemoryNode {
  readonly type = 'symbolic-link'
  readonly target: string
  constructor(volume: MemoryVolume, target: string) {
    super(volume)
    this.target = target
  }
}

type Node = MemoryFile | MemoryLink | MemoryDirectory

/**
 * A directory in memory, to be given as a preopen.
 *
 * @example
 * const files = MemoryDirectory.from({ 'in.txt': 'hello', out: {} })
 * wasi({ preopens: [{ guest: '/', host: files }] })
 */
export class MemoryDirectory extends MemoryNode implements DirectoryHandle {
  readonly type = 'directory'
  readonly #entries = new Map<string, Node>()
  #parent: MemoryDirectory | undefined

  /** A file system of its own with these contents. */
  static from(tree: MemoryTree = {}, limits: Partial<MemoryLimits> = {}): MemoryDirectory {
    const root = new MemoryDirectory(new MemoryVolume({ ...defaultMemoryLimits, ...limits }))
    root.linked()
    root.#fill(tree)
    return root
  }

  // ── For the user ──

  /** The bytes of the file at a path; undefined if there is none. */
  readFile(path: string): Uint8Array<ArrayBuffer> | undefined {
    const node = this.#find(path)
    return node instanceof MemoryFile ? node.contents : undefined
  }

  /** Creates or replaces the file at a path, with the directories on the way. */
  writeFile(path: string, contents: string | Uint8Array): void {
    const segments = path.split('/').filter((segment) => segment !== '')
    let directory: MemoryDirectory = this
    for (const segment of segments.slice(0, -1)) {
      if (!directory.#entries.has(segment)) directory.createDirectory(segment)
      directory = directory.enter(segment) ?? fail('not-directory')
    }
    const how = { read: false, write: true, create: true, exclusive: false, truncate: true, directory: false }
    const opened = directory.open(segments.at(-1) ?? fail('no-entry'), { ...how, sync: noSync })
    if (opened === 'symbolic-link' || !('file' in opened)) throw new FsError('is-directory')
    opened.file.write(encode(contents), 0n)
    opened.file.close()
  }

  /** Everything below, as a tree that {@link from} takes. */
  toTree(): MemoryTree {
    const tree: Record<string, MemoryTree[string]> = {}
    for (const [name, node] of this.#entries) {
      if (node instanceof MemoryFile) tree[name] = node.contents
      else tree[name] = node instanceof MemoryDirectory ? node.toTree() : new MemorySymlink(node.target)
    }
    return tree
  }

  // ── The capability ──

  get fileSystem(): unknown {
    return this.volume
  }

  enter(name: string): MemoryDirectory | undefined {
    const node = this.#get(name)
    if (!(node instanceof MemoryDirectory)) return undefined
    node.hold()
    return node
  }

  readLink(name: string): string | undefined {
    const node = this.#get(name)
    return node instanceof MemoryLink ? node.target : undefined
  }

  open(name: string, how: OpenHow): Opened | 'symbolic-link' {
    const found = this.#lookUp(name)
    if (found && how.exclusive) throw new FsError('exist')
    if (found instanceof MemoryLink) return 'symbolic-link'
    if (found instanceof MemoryDirectory) return openDirectory(found, how)
    if (how.directory) throw new FsError(found ? 'not-directory' : 'no-entry')
    if (!found && !how.create) throw new FsError('no-entry')
    const file = found ?? this.#add(name, new MemoryFile(this.volume))
    if (how.truncate) file.resize(0n)
    return { file: new OpenMemoryFile(file, how.read, how.write) }
  }

  stat(name: string): Stat {
    const node = this.#get(name)
    if (node instanceof MemoryFile) return node.describe(BigInt(node.size))
    if (node instanceof MemoryLink) return node.describe(BigInt(utf8Length(node.target)))
    let directories = 0
    for (const entry of node.#entries.values()) if (entry instanceof MemoryDirectory) directories++
    // As on Linux: its name, its own `.`, and the `..` of each directory in it; none after it was removed.
    return node.describe(BigInt(node.#entries.size), node.links === 0 ? 0 : 2 + directories)
  }

  setTimes(name: string, accessed: NewTime, modified: NewTime): void {
    this.#get(name).changeTimes(accessed, modified)
  }

  createDirectory(name: string): void {
    if (this.#lookUp(name)) throw new FsError('exist')
    this.#add(name, new MemoryDirectory(this.volume))
  }

  removeDirectory(name: string): void {
    if (name === '.') throw new FsError('invalid')
    const node = this.#get(name)
    if (!(node instanceof MemoryDirectory)) throw new FsError('not-directory')
    if (node.#entries.size > 0) throw new FsError('not-empty')
    this.#remove(name, node)
  }

  unlink(name: string): void {
    const node = name === '.' ? this : this.#get(name)
    if (node instanceof MemoryDirectory) throw new FsError('is-directory')
    this.#remove(name, node)
  }

  symlink(target: string, name: string): void {
    if (this.#lookUp(name)) throw new FsError('exist')
    this.#add(name, new MemoryLink(this.volume, target))
  }

  link(name: string, to: DirectoryHandle, toName: string): void {
    const into = to as MemoryDirectory
    const node = this.#get(name)
    if (into.#lookUp(toName)) throw new FsError('exist')
    if (node instanceof MemoryDirectory) throw new FsError('not-permitted')
    into.#add(toName, node)
  }

  rename(name: string, directory: boolean, to: DirectoryHandle, toName: string): void {
    const into = to as MemoryDirectory
    if (name === '.' || toName === '.') throw new FsError('busy')
    const node = this.#get(name)
    const replaced = into.#lookUp(toName)
    if (directory && !(node instanceof MemoryDirectory)) throw new FsError('not-directory')
    if (node instanceof MemoryDirectory && into.#isWithin(node)) throw new FsError('invalid')
    if (replaced instanceof MemoryDirectory && this.#isWithin(replaced)) throw new FsError('not-empty')
    if (replaced === node) return
    if (node instanceof MemoryDirectory && replaced) node.#mayReplace(replaced)
    else if (replaced instanceof MemoryDirectory) throw new FsError('is-directory')
    if (into.links === 0) throw new FsError('no-entry')
    if (replaced) into.#remove(toName, replaced)
    // The node keeps a link throughout, so that it is not freed in between.
    into.#add(toName, node)
    this.#remove(name, node)
  }

  list(): DirectoryListing {
    const entries = [...this.#entries]
    let at = 0
    return {
      next() {
        const entry = entries[at++]
        return entry && { name: entry[0], type: entry[1].type }
      },
      close: () => {},
    }
  }

  sync(): void {}

  close(): void {
    this.letGo()
  }

  #fill(tree: MemoryTree): void {
    for (const [name, value] of Object.entries(tree)) {
      if (value instanceof MemorySymlink) this.symlink(value.target, name)
      else if (typeof value === 'string' || value instanceof Uint8Array) this.writeFile(name, value)
      else {
        this.createDirectory(name)
        ;(this.#entries.get(name) as MemoryDirectory).#fill(value as MemoryTree)
      }
    }
  }

  #find(path: string): Node | undefined {
    try {
      return walk<Node | undefined>(this, parsePath(path), (directory, name) =>
        (directory as MemoryDirectory).#lookUp(name),
      )
    } catch (error) {
      if (error instanceof FsError) return undefined
      throw error
    }
  }

  #lookUp(name: string): Node | undefined {
    if (name === '.') return this
    if (name.length * 3 > longestName && utf8Length(name) > longestName) throw new FsError('name-too-long')
    return this.#entries.get(name)
  }

  #get(name: string): Node {
    return this.#lookUp(name) ?? fail('no-entry')
  }

  #add<N extends Node>(name: string, node: N): N {
    if (this.links === 0) {
      // A removed directory takes nothing new.
      if (node.links === 0) this.volume.forgetInode()
      throw new FsError('no-entry')
    }
    this.#entries.set(name, node)
    node.linked()
    if (node instanceof MemoryDirectory) node.#parent = this
    this.touch()
    return node
  }

  #remove(name: string, node: Node): void {
    this.#entries.delete(name)
    this.touch()
    node.unlinked()
  }

  /** rename(2): a directory replaces only an empty directory. */
  #mayReplace(replaced: Node): void {
    if (!(replaced instanceof MemoryDirectory)) throw new FsError('not-directory')
    if (replaced.#entries.size > 0) throw new FsError('not-empty')
  }

  /** True for the directory itself and what is below it. */
  #isWithin(ancestor: MemoryDirectory): boolean {
    for (let at: MemoryDirectory | undefined = this; at; at = at.#parent) if (at === ancestor) return true
    return false
  }
}

const noSync = { fileIntegrity: false, dataIntegrity: false, requestedWrite: false }

function openDirectory(directory: MemoryDirectory, how: OpenHow): Opened {
  if (how.write) throw new FsError('is-directory')
  directory.hold()
  return { directory }
}

function fail(code: 'no-entry' | 'not-directory' | 'is-directory'): never {
  throw new FsError(code)
}

function encode(contents: string | Uint8Array): Uint8Array {
  return typeof contents === 'string' ? new TextEncoder().encode(contents) : contents
}
