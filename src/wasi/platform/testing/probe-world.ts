/** The tree that golden lines run on, on a disk and in memory: a directory granted, one granted read-only, and one outside. */
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MemoryDirectory, MemorySymlink, type MemoryTree } from '../../host/memory-directory.ts'
import { createImports, type WasiImports } from '../../imports.ts'
import { browser } from '../browser/index.ts'
import { node } from '../node/index.ts'
import { PathDirectory } from '../node/path-directory.ts'

const link = (target: string) => new MemorySymlink(target)

const tree: MemoryTree = {
  rw: {
    file: 'hello',
    dir: {
      inner: 'inner!',
      deep: { leaf: 'leaf', upup: link('../..') },
      back: link('../file'),
      backout: link('../../outside/secret'),
      backdir: link('..'),
    },
    empty: {},
    link: link('file'),
    dirlink: link('dir'),
    slashlink: link('dir/'),
    fileslash: link('file/'),
    dangling: link('missing'),
    danglingup: link('../outside/new'),
    loop: link('loop'),
    a: link('b'),
    b: link('a'),
    deeploop: link('loop/x'),
    up: link('..'),
    updir: link('../outside'),
    escape: link('../outside/secret'),
    abs: link('/etc/passwd'),
    absdir: link('/etc'),
    absroot: link('/'),
    indirect: link('dirlink/inner'),
    dotdot: link('dir/../file'),
    outin: link('../rw/file'),
  },
  ro: { file: 'hello', dir: { inner: 'inner!' }, empty: {}, link: link('file') },
  outside: { secret: 'secret' },
}

/** What there is at each path: `/`, a link's target, or a file's size. */
export type Snapshot = Map<string, string>

/** One world, to be used once. */
export interface World extends Disposable {
  readonly imports: WasiImports
  snapshot(): Snapshot
}

/** The implementations of one suite. */
export const worlds: Record<string, () => World> = {
  'on disk, by descriptor': () => diskWorld((path) => path),
  'on disk, by path': () => diskWorld((path) => PathDirectory.open(path)),
  'in memory': memoryWorld,
}

function preopens<T>(at: (name: string) => T) {
  return [
    { guest: 'rw', host: at('rw') },
    { guest: 'ro', host: at('ro'), readOnly: true },
  ]
}

function diskWorld(hold: (path: string) => string | PathDirectory): World {
  const root = mkdtempSync(join(tmpdir(), 'tenon-'))
  write(root, tree)
  const platform = {
    ...node!,
    openDirectory: (path: string) => {
      const held = hold(path)
      return typeof held === 'string' ? node!.openDirectory!(held) : held
    },
  }
  const imports = createImports({ preopens: preopens((name) => join(root, name)) }, platform)
  return {
    imports,
    snapshot: () => snapshotDisk(root),
    [Symbol.dispose]() {
      imports[Symbol.dispose]()
      rmSync(root, { recursive: true })
    },
  }
}

function write(root: string, files: MemoryTree): void {
  for (const [name, value] of Object.entries(files)) {
    const path = join(root, name)
    if (value instanceof MemorySymlink) symlinkSync(value.target, path)
    else if (typeof value === 'string' || value instanceof Uint8Array) writeFileSync(path, value)
    else {
      mkdirSync(path)
      write(path, value as MemoryTree)
    }
  }
}

function snapshotDisk(root: string, prefix = '', into: Snapshot = new Map()): Snapshot {
  for (const name of readdirSync(join(root, prefix))) {
    const path = prefix ? `${prefix}/${name}` : name
    const stats = lstatSync(join(root, path))
    if (stats.isSymbolicLink()) into.set(path, `-> ${readlinkSync(join(root, path))}`)
    else if (stats.isFile()) into.set(path, String(stats.size))
    else {
      into.set(path, '/')
      snapshotDisk(root, path, into)
    }
  }
  return into
}

function memoryWorld(): World {
  const root = MemoryDirectory.from(tree)
  const imports = createImports({ preopens: preopens((name) => root.enter(name)!) }, browser)
  return {
    imports,
    snapshot: () => snapshotTree(root.toTree()),
    [Symbol.dispose]: () => imports[Symbol.dispose](),
  }
}

function snapshotTree(files: MemoryTree, prefix = '', into: Snapshot = new Map()): Snapshot {
  for (const [name, value] of Object.entries(files)) {
    const path = prefix ? `${prefix}/${name}` : name
    if (value instanceof MemorySymlink) into.set(path, `-> ${value.target}`)
    else if (typeof value === 'string' || value instanceof Uint8Array) into.set(path, String(value.length))
    else {
      into.set(path, '/')
      snapshotTree(value as MemoryTree, path, into)
    }
  }
  return into
}

/** What changed: `+` came, `-` went, `~` is another; what is below something that came or went is not told. */
export function difference(before: Snapshot, after: Snapshot): string {
  const gone = (path: string) => before.has(path) && !after.has(path)
  const came = (path: string) => after.has(path) && !before.has(path)
  const parent = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))
  const changes = [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path) => {
    if (gone(path)) return gone(parent(path)) ? [] : [`-${path}`]
    if (came(path)) return came(parent(path)) ? [] : [`+${path}`]
    return before.get(path) === after.get(path) ? [] : [`~${path}`]
  })
  return encodeLong(changes.join(' '))
}

function encodeLong(text: string): string {
  return text
    .replaceAll('\n', '%0A')
    .replaceAll(/x{255}/g, '%L255')
    .replaceAll('%L255x', '%L256')
}
