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
    const parts = parseName(name)
    if (parts?.kind !== 'interface' || parts.version === undefined) return undefined
    const unversioned = `${parts.namespace}:${parts.package}/${parts.interface}`
    this.#tracks ??= tracksOf(this.object)
    const compatible = this.#tracks.get(`${unversioned}@${semverTrack(parts.version)}`)
    return this.find(compatible ? [compatible.name, unversioned] : [unversioned])
  }
}

export interface Found {
  readonly name: string
  readonly value: unknown
}

interface Versioned {
  readonly name: string
  readonly version: Version | undefined
}

/** By interface name and track: the name with the highest version on it. */
function tracksOf(object: object): Map<string, Versioned> {
  const tracks = new Map<string, Versioned>()
  for (const name of Object.keys(object)) {
    const parts = parseName(name)
    if (parts?.kind !== 'interface' || parts.version === undefined) continue
    const parsed = parseVersion(parts.version)
    const version = 'problem' in parsed ? undefined : parsed
    const track = `${parts.namespace}:${parts.package}/${parts.interface}@${semverTrack(parts.version)}`
    const other = tracks.get(track)
    if (!other || isHigher(version, other.version)) tracks.set(track, { name, version })
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
