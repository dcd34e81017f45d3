import { decode, readComponentNames } from 'tenon/binary'
import {
  type ComponentType,
  Composition,
  type FoundPackage,
  type PackageFinder,
  packageNameFor,
} from 'tenon/compose'
import { examine, hashOf } from 'tenon/inspect'
import { decodeWit } from 'tenon/wit'
import type { Added, PackageSummary, Progress, Refusal } from '../contract/workshop.ts'
import { isRun } from './host-interfaces.ts'
import { summaries } from './item-text.ts'
import { cut, limits } from './limits.ts'
import { packageMeant } from './package-meant.ts'
import { orRefuse, refusalOf, refuse } from './refusal.ts'

/** A component that texts can name. */
export interface StoredPackage {
  readonly name: string
  /** The only copy of them. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly component: ReturnType<typeof decode>
  readonly type: ComponentType
  readonly summary: PackageSummary
  /** Always the same object: what was read of it once is not read again. */
  readonly found: FoundPackage
}

/** The components of a page, by the names that texts call them by. */
export class PackageStore {
  readonly #packages = new Map<string, StoredPackage>()

  get all(): Iterable<StoredPackage> {
    return this.#packages.values()
  }

  get(name: string): StoredPackage | undefined {
    return this.#packages.get(name)
  }

  async add(buffer: ArrayBuffer, hint: string, progress: (done: Progress) => void): Promise<Added> {
    try {
      return await this.#add(buffer, hint, progress)
    } catch (error) {
      return refusalOf(error)
    }
  }

  async #add(buffer: ArrayBuffer, hint: string, progress: (done: Progress) => void): Promise<Added> {
    progress({ step: 'reading', part: 0 })
    const tooMuch = this.#tooMuch(buffer.byteLength)
    if (tooMuch) return tooMuch
    const given = new Uint8Array(buffer)
    const isText = isWat(given, hint)
    const bytes = isText ? await assembled(given, hint) : given
    if ('refused' in bytes) return bytes
    const hash = hashOf(bytes)
    const known = this.#withHash(hash)
    if (known) return { package: known.summary }
    const wrong = check(bytes, isText, progress)
    if (wrong) return wrong
    const read = orRefuse(() => this.#read(bytes, hash, hint), bytes)
    if ('refused' in read) return read
    this.#packages.set(read.name, read)
    progress({ step: 'checking', part: 1 })
    return { package: read.summary }
  }

  #tooMuch(size: number): Refusal | undefined {
    const total = [...this.#packages.values()].reduce((sum, { bytes }) => sum + bytes.length, 0)
    const cure = 'remove packages that nothing uses'
    if (size > limits.file)
      return refuse(
        `it has ${size} bytes, and a file has at most ${limits.file} here`,
        'build it without debug information',
      )
    if (total + size > limits.bytes)
      return refuse(
        `all packages together have at most ${limits.bytes} bytes, and there are ${total} already`,
        cure,
      )
    if (this.#packages.size >= limits.packages)
      return refuse(`there are ${limits.packages} packages, which is the most`, cure)
    return undefined
  }

  #withHash(hash: string): StoredPackage | undefined {
    return [...this.#packages.values()].find(({ summary }) => summary.hash === hash)
  }

  #read(bytes: Uint8Array<ArrayBuffer>, hash: string, hint: string): StoredPackage | Refusal {
    const component = decode(bytes)
    if (decodeWit(component).world === undefined)
      return refuse(
        'it is a package of WIT in binary form: there is no component in it',
        'only components can be put together; `tenon wit FILE` shows what it says',
      )
    const { type } = new Composition().add('a:b', component).packages.get('a:b')!
    const tooMany = refuseManyPorts(type)
    if (tooMany) return tooMany
    const { component: ownName } = readComponentNames(component)
    const name = packageNameFor({ file: hint, type, ownName }, new Set(this.#packages.keys()))
    return stored({ name, bytes, component, type, hash })
  }

  /** Texts that name it by its old name are left as they are. */
  rename(name: string, to: string): Refusal | undefined {
    const one = this.#packages.get(name)
    if (!one) return refuse(`there is no package \`${cut(name)}\``)
    if (name === to) return undefined
    if (this.#packages.has(to)) return refuse(`there is a package \`${to}\` already`, 'choose another name')
    const checked = orRefuse(() => new Composition().add(to, one.type))
    if ('refused' in checked) return checked
    const renamed = { ...one, name: to, summary: { ...one.summary, name: to } }
    const all = Array.from(this.#packages.values(), (each) => (each === one ? renamed : each))
    this.#packages.clear()
    for (const each of all) this.#packages.set(each.name, each)
    return undefined
  }

  remove(name: string): void {
    this.#packages.delete(name)
  }

  /** What a text means by a name with its version behind it. */
  written(name: string): StoredPackage | undefined {
    const meant = packageMeant(name, this.#packages)
    return meant === undefined ? undefined : this.#packages.get(meant)
  }

  readonly finder: PackageFinder = {
    find: (name, version) => this.written(version === undefined ? name : `${name}@${version}`)?.found,
    names: () => this.#packages.keys(),
    describePlaces: () =>
      'drop its file here, and it is found under the name that it has in the list of packages',
  }
}

/** What no block could show. */
function refuseManyPorts({ imports, exports }: ComponentType): Refusal | undefined {
  const names = [...imports.keys(), ...exports.keys()]
  const length = names.reduce((sum, name) => sum + name.length, 0)
  if (names.length <= limits.ports && length <= limits.names) return undefined
  const found =
    names.length > limits.ports
      ? `${names.length} imports and exports, and ${limits.ports} can be drawn`
      : `imports and exports with names of ${length} characters in all, and ${limits.names} can be drawn`
  return refuse(
    `it has ${found}`,
    'put them into interfaces, or compose it on the command line: `tenon compose`',
  )
}

function stored({
  name,
  bytes,
  component,
  type,
  hash,
}: Pick<StoredPackage, 'name' | 'bytes' | 'component' | 'type'> & { readonly hash: string }): StoredPackage {
  const summary: PackageSummary = {
    name,
    hash,
    size: bytes.length,
    imports: summaries(type.imports),
    exports: summaries(type.exports),
    isCommand: [...type.exports.keys()].some(isRun),
  }
  return { name, bytes, component, type, summary, found: { kind: 'component', component } }
}

const precompiled = [0x00, 0x74, 0x65, 0x6e, 0x6f, 0x6e]

/** Text of WebAssembly begins with a parenthesis or a comment; of a file that says that it is one, it is read to be told what is wrong. */
function isWat(bytes: Uint8Array, hint: string): boolean {
  if (bytes[0] === 0) return false
  return /\.wat$/i.test(hint) || /^\s*(\(|;;)/.test(new TextDecoder().decode(bytes.subarray(0, 1024)))
}

async function assembled(text: Uint8Array, hint: string): Promise<Uint8Array<ArrayBuffer> | Refusal> {
  if (text.length > limits.wat)
    return refuse(
      `as a text it has ${text.length} bytes, and one has at most ${limits.wat} here`,
      'assemble it on the command line: `tenon parse`',
    )
  const { parseWat } = await import('tenon/wat')
  return orRefuse(() => parseWat(new TextDecoder().decode(text), { path: cut(hint, 100) }))
}

/** Code included. */
function check(bytes: Uint8Array, isText: boolean, progress: (done: Progress) => void): Refusal | undefined {
  if (precompiled.every((byte, i) => bytes[i] === byte))
    return refuse(
      'it is a precompiled component: it runs with one version of Tenon only, and cannot be put together with others',
      'use the component that it was made of',
    )
  progress({ step: 'checking', part: 0 })
  const { kind, problems } = examine(bytes, {
    progress: (checked) => progress({ step: 'checking', part: Math.min(checked / bytes.length, 1) }),
  })
  if (kind === 'core module')
    return refuse(
      'it is a core module, not a component',
      isText
        ? 'write a component around it, `(component (core module …) …)`, which instantiates it and lifts its functions'
        : 'make a component of it: `wasm-tools component new module.wasm -o component.wasm`',
    )
  const [first, ...others] = problems
  if (kind === undefined)
    return {
      ...refusalOf(first, bytes),
      refused: `it is not a WebAssembly component: ${cut(first?.problem ?? 'nothing is in it')}`,
      cure: 'choose a .wasm or .wat file that holds a component',
    }
  if (first === undefined) return undefined
  const refusal = refusalOf(first, bytes)
  return others.length === 0
    ? refusal
    : { ...refusal, refused: `${refusal.refused}, and ${others.length} more problems` }
}
