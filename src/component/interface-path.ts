import { limits } from './limits.ts'
import { compareVersions, parseExternName, parseVersion, semverTrack, type Version } from './names.ts'

/**
 * The name of an interface without its version; of all else the name itself.
 *
 * @example
 * unversioned('wasi:io/streams@0.2.6') // wasi:io/streams
 */
export function unversioned(name: string): string {
  const parts = parseExternName(name)
  return parts.kind === 'interface' ? `${parts.namespace}:${parts.package}/${parts.interface}` : name
}

/**
 * What an interface is called within its package; of all else the name itself.
 *
 * @example
 * lastLabel('wasi:io/streams@0.2.6') // streams
 */
export function lastLabel(name: string): string {
  return /\/([^/@]*)(?:@.*)?$/.exec(name)?.[1] ?? name
}

/**
 * The same for interfaces whose versions replace each other; of all else the name itself.
 *
 * @example
 * interfaceTrack('wasi:io/streams@0.2.6') // 'wasi:io/streams@0.2'
 * interfaceTrack('foo') // 'foo'
 */
export function interfaceTrack(name: string): string {
  if (!name.includes('@')) return name
  let track = tracks.get(name)
  if (track === undefined) {
    if (tracks.size >= limits.rememberedNames) tracks.clear()
    track = trackOf(name)
    tracks.set(name, track)
  }
  return track
}

/** Compositions ask for the same few again with each instance. */
const tracks = new Map<string, string>()

function trackOf(name: string): string {
  const parts = parseExternName(name)
  if (parts.kind !== 'interface' || parts.version === undefined) return name
  return `${parts.namespace}:${parts.package}/${parts.interface}@${semverTrack(parts.version)}`
}

/** Below zero where `a` has the lower version; names without a full version come first. */
export function compareByVersion(a: string, b: string): number {
  if (a === b) return 0
  const [x, y] = [versionOf(a), versionOf(b)]
  return x && y ? compareVersions(x, y) : Number(x !== undefined) - Number(y !== undefined)
}

/**
 * A name itself, or else the highest version that replaces it.
 *
 * @example
 * nameOnTrack('wasi:io/poll@0.2.3', new Map([['wasi:io/poll@0.2.0', 1], ['wasi:io/poll@0.2.6', 2]])) // 'wasi:io/poll@0.2.6'
 */
export function nameOnTrack(name: string, externs: ReadonlyMap<string, unknown>): string | undefined {
  if (externs.has(name)) return name
  if (!name.includes('@')) return undefined
  const track = interfaceTrack(name)
  let best: string | undefined
  for (const each of externs.keys()) {
    if (interfaceTrack(each) !== track) continue
    if (best === undefined || compareByVersion(each, best) > 0) best = each
  }
  return best
}

function versionOf(name: string): Version | undefined {
  const parts = parseExternName(name)
  const version = parts.kind === 'interface' && parts.version !== undefined && parseVersion(parts.version)
  return version && !('problem' in version) ? version : undefined
}
