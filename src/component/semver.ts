/**
 * Versions as extern names carry them: `valid semver` (semver.org), or the prefix of one that decides compatibility
 * (Explainer.md, "Canonical Interface Name").
 */
export interface Version {
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  /** The dot-separated identifiers; empty for a release. */
  readonly prerelease: readonly string[]
  readonly build: readonly string[]
}

/** Why a text is no version. */
export interface InvalidVersion {
  readonly problem: string
}

/**
 * @example
 * parseVersion('1.2.3-rc.1') // { major: 1n, minor: 2n, patch: 3n, prerelease: ['rc', '1'], build: [] }
 * parseVersion('1.') // { problem: 'unexpected end of input while parsing minor version number' }
 */
export function parseVersion(text: string): Version | InvalidVersion {
  if (text === '') return { problem: 'empty string, expected a semver version' }
  const numbers: bigint[] = []
  let rest = text
  for (const part of ['major', 'minor', 'patch'] as const) {
    const digits = /^[0-9]*/.exec(rest)![0]
    const after = rest.slice(digits.length)
    const problem = numberProblem(digits, after, part)
    if (problem !== undefined) return { problem }
    numbers.push(BigInt(digits))
    if (part === 'patch') {
      rest = after
    } else if (after.startsWith('.')) {
      rest = after.slice(1)
    } else {
      return { problem: unexpected(after, `after ${part} version number`) }
    }
  }
  return parseSuffixes(numbers as [bigint, bigint, bigint], rest)
}

const maximum = 2n ** 64n - 1n

function numberProblem(digits: string, after: string, part: string): string | undefined {
  if (digits === '') return unexpected(after, `while parsing ${part} version number`)
  if (digits.length > 1 && digits.startsWith('0')) return `invalid leading zero in ${part} version number`
  if (digits.length > 20 || BigInt(digits) > maximum)
    return `value of ${part} version number exceeds 2^64 - 1`
  return undefined
}

function unexpected(after: string, where: string): string {
  const [character] = after
  return character === undefined
    ? `unexpected end of input ${where}`
    : `unexpected character '${character}' ${where}`
}

function parseSuffixes(
  [major, minor, patch]: [bigint, bigint, bigint],
  text: string,
): Version | InvalidVersion {
  const [, dash, plus, rest] = /^(?:-([0-9A-Za-z.-]*))?(?:\+([0-9A-Za-z.-]*))?(.*)$/s.exec(text)!
  if (rest !== '') return { problem: unexpected(rest!, 'after version') }
  const prerelease = dash?.split('.') ?? []
  const build = plus?.split('.') ?? []
  if (prerelease.includes('')) return { problem: 'empty identifier segment in pre-release identifier' }
  if (build.includes('')) return { problem: 'empty identifier segment in build metadata' }
  if (prerelease.some((segment) => /^0[0-9]+$/.test(segment))) {
    return { problem: 'invalid leading zero in pre-release identifier' }
  }
  return { major, minor, patch, prerelease, build }
}

/** Three plain numbers, as most versions are: sooner found out than the parts are read. */
export function isRelease(text: string): boolean {
  return /^(?:0|[1-9][0-9]{0,14})\.(?:0|[1-9][0-9]{0,14})\.(?:0|[1-9][0-9]{0,14})$/.test(text)
}

/** The versions that replace each other: `0.2` for 0.2.6; of pre-releases each is alone. */
export function isCanonicalVersion(text: string): boolean {
  return /^([1-9][0-9]*|0\.[1-9][0-9]*|0\.0\.[1-9][0-9]*|0\.0\.0)$/.test(text)
}

/**
 * The track of a version: two versions of one interface fit together if their tracks are equal. Canonical versions
 * are their own track, and so is a pre-release, and what is no version at all.
 *
 * @example
 * semverTrack('0.2.6') // '0.2'
 * semverTrack('1.4.0') // '1'
 * semverTrack('0.0.7') // '0.0.7'
 * semverTrack('1.0.0-rc.1') // '1.0.0-rc.1'
 */
export function semverTrack(version: string): string {
  const parsed = parseVersion(version)
  if ('problem' in parsed) return version
  const { major, minor, patch, prerelease } = parsed
  if (prerelease.length > 0) return `${major}.${minor}.${patch}-${prerelease.join('.')}`
  if (major > 0n) return `${major}`
  if (minor > 0n) return `0.${minor}`
  return `0.0.${patch}`
}

/** Below zero where `a` comes before `b` (semver.org, rule 11; build metadata does not count). */
export function compareVersions(a: Version, b: Version): number {
  for (const part of ['major', 'minor', 'patch'] as const) {
    if (a[part] !== b[part]) return a[part] < b[part] ? -1 : 1
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length
  for (const [i, segment] of a.prerelease.entries()) {
    const other = b.prerelease[i]
    if (other === undefined) return 1
    const order = compareSegments(segment, other)
    if (order !== 0) return order
  }
  return a.prerelease.length - b.prerelease.length
}

function compareSegments(a: string, b: string): number {
  const numeric = [a, b].map((segment) => /^[0-9]+$/.test(segment))
  if (numeric[0] && numeric[1]) return a.length - b.length || (a < b ? -1 : Number(a > b))
  if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1
  return a < b ? -1 : Number(a > b)
}
