import { limits } from '../component/limits.ts'
import { compareVersions, parseVersion, semverTrack, type Version } from '../component/names.ts'
import { parseName } from './names.ts'

/** One object of a host, asked for what a component imports from it. */
export class ImportSource {
  readonly object: object
  #tracks: Map<string, Versioned> | undefined

  constructor(object: object) {
    this.object = object
  }

  /** The names it offers, for messages. */
  get names(): readonly string[] {
    const names = new Set<string>()
    for (
      let one: object | null = this.object;
      one && one !== Object.prototype;
      one = Object.getPrototypeOf(one)
    ) {
      for (const name of Object.getOwnPropertyNames(one)) if (name !== 'constructor') names.add(name)
    }
    return [...names]
  }

  /** What stands under the first of the names that the object has. */
  find(names: readonly string[]): Found | undefined {
    for (const name of names) {
      const value = read(this.object, name)
      if (value !== undefined) return { name, value }
    }
    return undefined
  }

  /**
   * An interface: under its exact name, else the highest version on its semver track (`0.2.x`), else without version.
   */
  findInterface(name: string): Found | undefined {
    const exact = this.find([name])
    if (exact) return exact
    const wanted = versioned(name)
    if (!wanted) return undefined
    this.#tracks ??= tracksOf(this.object)
    const compatible = this.#tracks.get(wanted.track)
    return this.find(compatible ? [compatible.name, wanted.unversioned] : [wanted.unversioned])
  }
}

export interface Found {
  readonly name: string
  readonly value: unknown
}

/** The name of an interface with a version. */
interface Versioned {
  readonly name: string
  readonly unversioned: string
  /** The unversioned name with the semver track: equal for interfaces that replace each other. */
  readonly track: string
  readonly version: Version | undefined
}

const known = new Map<string, Versioned | undefined>()

/** Undefined for every other name. Remembers: hosts give the same names again and again. */
function versioned(name: string): Versioned | undefined {
  if (known.has(name)) return known.get(name)
  if (known.size >= limits.rememberedNames) known.clear()
  const parts = parseName(name)
  let found: Versioned | undefined
  if (parts?.kind === 'interface' && parts.version !== undefined) {
    const unversioned = `${parts.namespace}:${parts.package}/${parts.interface}`
    const parsed = parseVersion(parts.version)
    const version = 'problem' in parsed ? undefined : parsed
    found = { name, unversioned, track: `${unversioned}@${semverTrack(parts.version)}`, version }
  }
  known.set(name, found)
  return found
}

/** By track: the name with the highest version on it. */
function tracksOf(object: object): Map<string, Versioned> {
  const tracks = new Map<string, Versioned>()
  for (const name of Object.keys(object)) {
    const found = versioned(name)
    if (!found) continue
    const other = tracks.get(found.track)
    if (!other || isHigher(found.version, other.version)) tracks.set(found.track, found)
  }
  return tracks
}

/** A track's own name (`0.2`) says nothing about the patch: any version that does comes first. */
function isHigher(version: Version | undefined, other: Version | undefined): boolean {
  if (!version) return false
  return !other || compareVersions(version, other) > 0
}

/** A property, but none of those that every object or every function inherits. */
export function read(object: object, name: string): unknown {
  if (!(name in object)) return undefined
  const value = property(object, name)
  const inherited = value === property(Object.prototype, name) || value === property(Function.prototype, name)
  return inherited ? undefined : value
}

/** Users' objects may have any shape; what is read is checked by whoever asked for it. */
function property(object: object, name: string): unknown {
  return (object as Record<string, unknown>)[name]
}
