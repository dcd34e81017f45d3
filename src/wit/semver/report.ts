import { compareVersions, parseVersion, type Version } from '../../component/semver.ts'
import type { CodeLabel } from '../../diagnostics/code-frame.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { type PackageName, printPackageName } from '../package.ts'
import type { Place } from '../problems.ts'
import type { SemverChange } from './changes.ts'

/** The part of a version that has to go up: that of breaking changes, or that of additions. */
export type Bump = 'none' | 'minor' | 'major'

export interface SemverReport {
  /** `ns:pkg@1.0.0` */
  readonly old: string
  readonly new: string
  /** Whether what was made for the old version works with the new one: there are no breaks. */
  readonly compatible: boolean
  readonly breaks: readonly SemverChange[]
  /** What is different and breaks nothing. */
  readonly additions: readonly SemverChange[]
  readonly bump: Bump
  /** The least version that the new one may have; undefined where the old one has none. */
  readonly leastVersion: string | undefined
  /** Whether its version is that or higher; undefined where one of the two has none. */
  readonly isVersionEnough: boolean | undefined
}

export function semverReport(
  old: PackageName,
  updated: PackageName,
  breaks: readonly SemverChange[],
  additions: readonly SemverChange[],
): SemverReport {
  const bump = breaks.length > 0 ? 'major' : additions.length > 0 ? 'minor' : 'none'
  const leastVersion = old.version === undefined ? undefined : bumped(old.version, bump)
  return {
    old: printPackageName(old),
    new: printPackageName(updated),
    compatible: breaks.length === 0,
    breaks,
    additions,
    bump,
    leastVersion,
    isVersionEnough: isEnough(updated.version, leastVersion),
  }
}

/**
 * The next version after a change (semver.org; before 1.0.0 each part counts as the one before it). A pre-release may be followed
 * by its release.
 *
 * @example
 * bumped('1.2.3', 'major') // 2.0.0
 * bumped('1.2.3', 'minor') // 1.3.0
 * bumped('0.2.3', 'major') // 0.3.0
 * bumped('0.2.3', 'minor') // 0.2.4
 * bumped('0.2.0-rc.1', 'major') // 0.2.0
 */
export function bumped(version: string, bump: Bump): string {
  const { major, minor, patch, prerelease } = parseVersion(version) as Version
  if (bump === 'none') return version
  if (prerelease.length > 0) return `${major}.${minor}.${patch}`
  if (major > 0n) return bump === 'major' ? `${major + 1n}.0.0` : `${major}.${minor + 1n}.0`
  if (minor > 0n) return bump === 'major' ? `0.${minor + 1n}.0` : `0.${minor}.${patch + 1n}`
  return `0.0.${patch + 1n}`
}

function isEnough(version: string | undefined, least: string | undefined): boolean | undefined {
  if (version === undefined || least === undefined) return undefined
  return compareVersions(parseVersion(version) as Version, parseVersion(least) as Version) >= 0
}

/** A change as code frames of both texts, as far as there are some. */
export function changeDiagnostic({ kind, message, reason, old, new: updated }: SemverChange): Diagnostic {
  const label = (place: Place | undefined, text: string): CodeLabel[] => (place ? [{ ...place, text }] : [])
  const [before, after] = labelTexts[kind]
  const labels = [...label(old, before), ...label(updated, after)]
  return { message, labels, notes: [reason] }
}

const labelTexts: Readonly<Record<SemverChange['kind'], readonly [string, string]>> = {
  added: ['it is not in here', 'added here'],
  removed: ['it was here', 'it is not in here any more'],
  changed: ['before', 'now'],
}
