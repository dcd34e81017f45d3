import { areSameBytes } from '../binary/same-bytes.ts'
import type { FoundPackage, PackageFinder } from '../compose/wac/package-finder.ts'
import { TenonError } from '../errors.ts'
import { parseWat } from '../wat/index.ts'
import { Source } from '../diagnostics/source.ts'
import { type ParsedFile, parseWitFile } from '../wit/analyze.ts'
import { type ReadPackages, readPackages } from '../wit/binary-packages.ts'
import { printPackageName } from '../wit/package.ts'
import { ResolvedBefore } from '../wit/resolved-before.ts'
import type { Files } from './files.ts'
import type { ContentChange } from './protocol.ts'
import { TextLines } from './text-lines.ts'
import type { Texts } from './texts.ts'
import { Unit } from './unit.ts'
import { folderOf, pathOf, uriOf } from './uris.ts'
import { WacText } from './wac-text.ts'

interface OpenDocument {
  readonly uri: string
  lines: TextLines
}

/** The texts of an editor over those of the disk, and the packages that they make up. */
export class Workspace {
  readonly #files: Files
  readonly #open = new Map<string, OpenDocument>()
  /** What was parsed, as long as the text is the same. */
  readonly #parsed = new Map<string, ParsedFile>()
  /** What was read of files in binary form, as long as they have the same bytes. */
  readonly #read = new Map<string, { readonly bytes: Uint8Array; readonly packages: ReadPackages }>()
  /** By folder: what its packages were resolved to. */
  readonly #resolved = new Map<string, ResolvedBefore>()
  readonly #texts = new Map<string, Texts>()
  readonly #packages: (folder: string) => PackageFinder
  readonly #finders = new Map<string, PackageFinder>()

  /** @param packages where the packages are that WAC texts of a folder name */
  constructor(files: Files, packages: (folder: string) => PackageFinder) {
    this.#files = files
    this.#packages = packages
  }

  open(uri: string, text: string): void {
    this.#open.set(pathOf(uri), { uri, lines: new TextLines(text) })
    this.#texts.clear()
  }

  change(uri: string, changes: readonly ContentChange[]): void {
    const document = this.#open.get(pathOf(uri))
    if (document === undefined) return
    document.lines = document.lines.changed(changes)
    this.#texts.clear()
  }

  close(uri: string): void {
    this.#open.delete(pathOf(uri))
    this.#texts.clear()
  }

  /** Something on the disk is not what it was. */
  changed(): void {
    this.#texts.clear()
    this.#finders.clear()
  }

  isOpen(path: string): boolean {
    return this.#open.has(path)
  }

  openPaths(): Iterable<string> {
    return this.#open.keys()
  }

  /** As the editor writes it. */
  uri(path: string): string {
    return this.#open.get(path)?.uri ?? uriOf(path)
  }

  /** What a file is looked at with. */
  texts(path: string): Texts {
    const isWac = path.endsWith('.wac')
    const folder = isWac ? undefined : this.folder(path)
    const key = folder ?? path
    let texts = this.#texts.get(key)
    if (texts === undefined) {
      if (isWac) texts = this.#wac(path)
      else if (folder === undefined) texts = new Unit([[this.#file(path)]])
      else texts = this.#unit(folder)
      this.#texts.set(key, texts)
    }
    return texts
  }

  #unit(folder: string): Unit {
    let before = this.#resolved.get(folder)
    if (before === undefined) {
      before = new ResolvedBefore()
      this.#resolved.set(folder, before)
    }
    return new Unit(this.#groups(folder), this.#binary(`${folder}/deps`), before)
  }

  #wac(path: string): WacText {
    const folder = folderOf(path)
    let finder = this.#finders.get(folder)
    if (finder === undefined) {
      finder = remembering(this.#packages(folder))
      this.#finders.set(folder, finder)
    }
    const text = this.#open.get(path)?.lines.text ?? decoded(this.#files.read(path))
    return new WacText(new Source(path, typeof text === 'string' ? text : ''), finder)
  }

  /** The folder of the package that a file belongs to or is a dependency of; undefined for what is in no folder. */
  folder(path: string): string | undefined {
    const own = folderOf(path)
    if (own === '') return undefined
    const around = /^(.*)\/deps(\/[^/]+)?$/.exec(own)?.[1]
    return around !== undefined && this.#witFiles(around).length > 0 ? around : own
  }

  /** False for what lies in a folder of dependencies: it is somebody else's. */
  isOwn(path: string): boolean {
    return this.folder(path) === undefined || this.folder(path) === folderOf(path)
  }

  /**
   * The files of one package each: those of the folder that say the same name, or none; each file and each folder of `deps`.
   * Several packages in one folder are taken to need each other.
   */
  #groups(folder: string): ParsedFile[][] {
    const own = this.#witFiles(folder).map((path) => this.#file(path))
    const groups = [...Map.groupBy(own, declaredName).entries()]
    const nameless = groups.find(([name]) => name === undefined)?.[1] ?? []
    const named = groups.flatMap(([name, files]) => (name === undefined ? [] : [files]))
    const [only] = named
    if (only !== undefined && named.length === 1) only.push(...nameless)
    else if (nameless.length > 0) named.push(nameless)
    return [...named, ...this.#dependencies(`${folder}/deps`)]
  }

  #dependencies(folder: string): ParsedFile[][] {
    const names = new Set(this.#files.list(folder).map(({ name }) => name))
    for (const path of this.#open.keys())
      if (path.startsWith(`${folder}/`)) names.add(path.slice(folder.length + 1).split('/')[0]!)
    const groups = [...names].sort().map((name) => {
      const path = `${folder}/${name}`
      return name.endsWith('.wit') ? [path] : this.#witFiles(path)
    })
    return groups.filter((paths) => paths.length > 0).map((paths) => paths.map((path) => this.#file(path)))
  }

  #binary(folder: string): ReadPackages[] {
    const names = this.#files.list(folder).map(({ name }) => name)
    return names
      .filter((name) => /\.wa(sm|t)$/.test(name))
      .sort()
      .flatMap((name) => {
        const path = `${folder}/${name}`
        const bytes = this.#files.read(path)
        if (bytes === undefined) return []
        const known = this.#read.get(path)
        if (known !== undefined && areSameBytes(known.bytes, bytes)) return [known.packages]
        const packages = readPackages({
          name: path,
          text: name.endsWith('.wat') ? assembled(bytes, path) : bytes,
        })
        this.#read.set(path, { bytes, packages })
        return [packages]
      })
  }

  #witFiles(folder: string): string[] {
    const names = this.#files
      .list(folder)
      .filter(({ name, isFolder }) => !isFolder && name.endsWith('.wit'))
      .map(({ name }) => `${folder}/${name}`)
    const open = [...this.#open.keys()].filter((path) => folderOf(path) === folder && path.endsWith('.wit'))
    return [...new Set([...names, ...open])].sort()
  }

  #file(path: string): ParsedFile {
    const text = this.#open.get(path)?.lines.text ?? decoded(this.#files.read(path))
    const known = this.#parsed.get(path)
    if (known !== undefined && known.syntax.source.text === text) return known
    const parsed = parseWitFile({ name: path, text })
    this.#parsed.set(path, parsed)
    return parsed
  }
}

function declaredName({ syntax }: ParsedFile): string | undefined {
  return syntax.declaration && printPackageName(syntax.declaration.name)
}

/** What is no UTF-8 is reported by who parses it. */
function decoded(bytes: Uint8Array | undefined): string | Uint8Array {
  if (bytes === undefined) return ''
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return bytes
  }
}

/** A text that cannot be assembled stays as it is, and is reported as what is no package. */
function assembled(text: Uint8Array, path: string): Uint8Array {
  try {
    return parseWat(new TextDecoder().decode(text), { path })
  } catch (error) {
    if (error instanceof TenonError) return text
    throw error
  }
}

/** Packages are read once, until something on the disk changes: a text is looked at with every letter that is typed. */
function remembering(finder: PackageFinder): PackageFinder {
  const known = new Map<string, () => FoundPackage | undefined>()
  return {
    ...finder,
    find(name, version) {
      const key = `${name}@${version ?? ''}`
      let answer = known.get(key)
      if (answer === undefined) {
        answer = answered(() => finder.find(name, version))
        known.set(key, answer)
      }
      return answer()
    },
  }
}

/** The same answer again, or the same error. */
function answered<T>(action: () => T): () => T {
  try {
    const result = action()
    return () => result
  } catch (error) {
    return () => {
      throw error
    }
  }
}
