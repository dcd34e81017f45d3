import type { ByteRange } from '../component/component.ts'
import { isLabel, parseVersion } from '../component/names.ts'
import { DecodeError } from '../errors.ts'
import { packageDocsSection } from './package-docs.ts'
import type { Stability } from './package.ts'

export interface ItemDocs {
  readonly docs: string | undefined
  readonly stability: Stability | undefined
}

export interface TypeDocs extends ItemDocs {
  /** Of fields, cases and flags. */
  readonly parts: ReadonlyMap<string, string>
}

export interface InterfaceDocs extends ItemDocs {
  readonly functions: ReadonlyMap<string, ItemDocs>
  readonly types: ReadonlyMap<string, TypeDocs>
}

/** The keys of interfaces that have a name, in the last four, are those of the world's items. */
export interface WorldDocs extends ItemDocs {
  /** Of imports; in the first version of the format also of exports under names that no import has. */
  readonly interfaces: ReadonlyMap<string, InterfaceDocs>
  readonly functions: ReadonlyMap<string, ItemDocs>
  readonly types: ReadonlyMap<string, TypeDocs>
  readonly exportedInterfaces: ReadonlyMap<string, InterfaceDocs>
  readonly exportedFunctions: ReadonlyMap<string, ItemDocs>
  readonly importStability: ReadonlyMap<string, Stability>
  readonly exportStability: ReadonlyMap<string, Stability>
  readonly importDocs: ReadonlyMap<string, string>
  readonly exportDocs: ReadonlyMap<string, string>
}

/** Docs and gates of a package, as its binary form keeps them. */
export interface PackageDocs {
  readonly docs: string | undefined
  readonly worlds: ReadonlyMap<string, WorldDocs>
  readonly interfaces: ReadonlyMap<string, InterfaceDocs>
  readonly offset: number
}

/**
 * Reads what `encodePackageDocs` writes, and what the first version of the format had instead: texts for functions.
 *
 * @throws {DecodeError} with the place in the JSON
 */
export function decodePackageDocs(bytes: Uint8Array, { start, end }: ByteRange): PackageDocs {
  const refuse = (problem: string, path: readonly string[] = []): never => {
    throw new DecodeError(problem, start, [packageDocsSection, ...path])
  }
  const version = bytes[start]
  if (start === end) refuse('the section is empty: wanted a version')
  if (version !== 0 && version !== 1) refuse(`version ${version} is not known: wanted 0 or 1`)
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start + 1, end)))
  } catch (error) {
    refuse(`not JSON: ${(error as Error).message}`)
  }
  return readPackage(new Reader(json, [], refuse), start)
}

type Refuse = (problem: string, path: readonly string[]) => never

/** A value of the JSON, with the way to it. */
class Reader {
  readonly #value: unknown
  readonly #path: readonly string[]
  readonly #refuse: Refuse

  constructor(value: unknown, path: readonly string[], refuse: Refuse) {
    this.#value = value
    this.#path = path
    this.#refuse = refuse
  }

  refuse(problem: string): never {
    return this.#refuse(problem, this.#path)
  }

  text(): string {
    return typeof this.#value === 'string' ? this.#value : this.refuse('wanted a text')
  }

  isTextOrNull(): boolean {
    return typeof this.#value === 'string' || this.#value === null
  }

  optionalText(): string | undefined {
    return this.#value === null ? undefined : this.text()
  }

  map<T>(read: (value: Reader) => T): Map<string, T> {
    return new Map(Array.from(this.#entries(), ([name, value]) => [name, read(value)]))
  }

  /** An object of properties that are known, each of which may be absent. */
  object<T extends Readonly<Record<string, (value: Reader) => unknown>>>(
    fields: T,
  ): { [K in keyof T]?: ReturnType<T[K]> } {
    const made: Record<string, unknown> = {}
    for (const [name, value] of this.#entries()) {
      if (!Object.hasOwn(fields, name)) value.refuse('not a property of this object')
      made[name] = fields[name]!(value)
    }
    return made as { [K in keyof T]?: ReturnType<T[K]> }
  }

  *#entries(): Generator<[string, Reader]> {
    const value = this.#value
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.refuse('wanted an object')
    for (const name of Object.keys(value as object)) {
      const part = (value as Readonly<Record<string, unknown>>)[name]
      yield [name, new Reader(part, [...this.#path, name], this.#refuse)]
    }
  }
}

const text = (value: Reader): string | undefined => value.optionalText()
const item = { docs: text, stability: readStability }
const mapOf =
  <T>(read: (value: Reader) => T) =>
  (value: Reader): Map<string, T> =>
    value.map(read)

function readPackage(json: Reader, offset: number): PackageDocs {
  const fields = { docs: text, worlds: mapOf(readWorld), interfaces: mapOf(readInterface) }
  const { docs, worlds = new Map(), interfaces = new Map() } = json.object(fields)
  return { docs, worlds, interfaces, offset }
}

function readWorld(json: Reader): WorldDocs {
  const read = json.object({
    ...item,
    interfaces: mapOf(readInterface),
    types: mapOf(readType),
    funcs: mapOf(readFunction),
    interface_exports: mapOf(readInterface),
    func_exports: mapOf(readFunction),
    interface_import_stability: mapOf(readGate),
    interface_export_stability: mapOf(readGate),
    interface_import_docs: mapOf((value) => value.text()),
    interface_export_docs: mapOf((value) => value.text()),
  })
  return {
    ...readItem(read),
    interfaces: read.interfaces ?? new Map(),
    functions: read.funcs ?? new Map(),
    types: read.types ?? new Map(),
    exportedInterfaces: read.interface_exports ?? new Map(),
    exportedFunctions: read.func_exports ?? new Map(),
    importStability: read.interface_import_stability ?? new Map(),
    exportStability: read.interface_export_stability ?? new Map(),
    importDocs: read.interface_import_docs ?? new Map(),
    exportDocs: read.interface_export_docs ?? new Map(),
  }
}

function readInterface(json: Reader): InterfaceDocs {
  const read = json.object({ ...item, funcs: mapOf(readFunction), types: mapOf(readType) })
  return { ...readItem(read), functions: read.funcs ?? new Map(), types: read.types ?? new Map() }
}

function readFunction(json: Reader): ItemDocs {
  if (json.isTextOrNull()) return { docs: json.optionalText(), stability: undefined }
  return readItem(json.object(item))
}

function readType(json: Reader): TypeDocs {
  const read = json.object({ ...item, items: mapOf((value) => value.text()) })
  return { ...readItem(read), parts: read.items ?? new Map() }
}

function readItem(read: { docs?: string | undefined; stability?: Stability | undefined }): ItemDocs {
  return { docs: read.docs, stability: read.stability }
}

function readStability(json: Reader): Stability {
  return readGate(json)
}

/** Names and versions are checked: they become part of texts. */
function readGate(json: Reader): Stability {
  const version = (value: Reader): string => {
    const found = value.text()
    return 'problem' in parseVersion(found) ? value.refuse('wanted a version, such as 1.0.0') : found
  }
  const feature = (value: Reader): string => {
    const found = value.text()
    return isLabel(found) ? found : value.refuse('wanted a name in kebab case')
  }
  const { stable, unstable } = json.object({
    stable: (value) => value.object({ since: version, deprecated: version }),
    unstable: (value) => value.object({ feature, deprecated: version }),
  })
  if (stable?.since !== undefined && unstable === undefined)
    return { kind: 'since', version: stable.since, deprecated: stable.deprecated }
  if (unstable?.feature !== undefined && stable === undefined)
    return { kind: 'unstable', feature: unstable.feature, deprecated: unstable.deprecated }
  return json.refuse('wanted either `stable` with `since`, or `unstable` with `feature`')
}
