import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Script } from 'node:vm'
import { FileCache, isPrivate } from '../file-cache/file-cache.ts'

/** Files with a hash of their content in their name: the same name means the same code. */
const hashed = /-[\w-]{8}\.cjs$/

/** Around a file. The build writes nothing but ASCII: so a megabyte of text becomes a string in one copy. */
const head = Buffer.from('(function (exports, require, __filename, __dirname) {')
const tail = Buffer.from('\n})')

type Body = (exports: object, require: (id: string) => unknown, file: string, directory: string) => void

/**
 * Loads the tool's own files, as `require` does, with the compiled code that an earlier run left behind. Node's compile
 * cache has only what is compiled while a file is loaded; here it is also the functions that were called later, which
 * are most of them (RATIONALE.md, "Start-up").
 *
 * @example
 * const code = new CodeCache('run', getCompileCacheDir())
 * const { main } = code.require('/…/dist/cli/main.cjs')
 * code.save()
 */
export class CodeCache {
  readonly #purpose: string
  readonly #files: FileCache | undefined
  readonly #loaded = new Map<string, object>()
  readonly #compiled: { readonly script: Script; readonly name: string }[] = []

  /**
   * @param purpose tells runs apart that call other functions
   * @param directory of this version of Node; undefined to keep nothing. One that others can write to is not used.
   */
  constructor(purpose: string, directory: string | undefined) {
    this.#purpose = purpose
    // V8 trusts compiled code: whoever could put some there could run anything.
    this.#files = directory !== undefined && isPrivate(directory) ? new FileCache(directory) : undefined
  }

  /** What the file exports. `file` is an absolute path. */
  require(file: string): unknown {
    const known = this.#loaded.get(file)
    if (known) return known
    const exports = {}
    // Before it runs: files may require each other.
    this.#loaded.set(file, exports)
    // What is not the tool's own is Node's: everything else is bundled.
    const require = (id: string): unknown =>
      id.startsWith('.') ? this.require(join(dirname(file), id)) : process.getBuiltinModule(id)
    const body = this.#compile(file).runInThisContext() as Body
    body(exports, require, file, dirname(file))
    return exports
  }

  /**
   * Keeps the code of what had to be compiled, for the next run with the same purpose. V8 notices a file that is too short, but
   * trusts what is in it.
   */
  save(): void {
    for (const { script, name } of this.#compiled) this.#files?.write(name, script.createCachedData())
  }

  #compile(file: string): Script {
    const source = readWrapped(file)
    const name = this.#cacheName(basename(file))
    const cachedData = name === undefined ? undefined : this.#files?.read(name)
    const script = new Script(source, { filename: file, ...(cachedData && { cachedData }) })
    // V8 refuses what another version of it wrote, or what was cut off.
    const missing = cachedData === undefined || script.cachedDataRejected !== false
    if (name !== undefined && missing) this.#compiled.push({ script, name })
    return script
  }

  #cacheName(name: string): string | undefined {
    return hashed.test(name) ? `tenon-${this.#purpose}-${name}` : undefined
  }
}

/** Straight to its place between `head` and `tail`: a megabyte less to copy. */
function readWrapped(file: string): string {
  const descriptor = openSync(file, 'r')
  try {
    const end = head.length + fstatSync(descriptor).size
    const bytes = Buffer.allocUnsafe(end + tail.length)
    bytes.set(head)
    readSync(descriptor, bytes, head.length, end - head.length, 0)
    bytes.set(tail, end)
    return bytes.toString('latin1')
  } finally {
    closeSync(descriptor)
  }
}
