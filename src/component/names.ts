/** The names of imports and exports (Explainer.md, "Import and Export Definitions"): `externname` and its parts. */
import { type DependencyName, parseDependencyName } from './dependency-names.ts'
import { isCanonicalVersion, isRelease, parseVersion } from './semver.ts'

export { compareVersions, isCanonicalVersion, parseVersion, semverTrack, type Version } from './semver.ts'

export type ExternNameParts =
  /** `add` */
  | { readonly kind: 'label'; readonly label: string }
  /** `[constructor]resource` */
  | { readonly kind: 'constructor'; readonly resource: string }
  /** `[method]resource.label`, `[static]resource.label` */
  | { readonly kind: 'method' | 'static'; readonly resource: string; readonly label: string }
  | InterfaceName
  /** `unlocked-dep=<namespace:package>` and the like; imports only. */
  | DependencyName

/** `namespace:package/interface@version` */
export interface InterfaceName {
  readonly kind: 'interface'
  readonly namespace: string
  readonly package: string
  readonly interface: string
  /** As written: `valid semver`, or a canonical version such as `0.2`. */
  readonly version: string | undefined
}

/** Why a text is no extern name. */
export interface InvalidName {
  readonly kind: 'invalid'
  readonly problem: string
}

/**
 * `label`: words of small and acronyms of capital letters, with digits in them, joined by dashes; the first begins with a
 * letter, others may be digits alone.
 *
 * @example
 * isLabel('is-XML') // true
 * isLabel('isXml') // false
 */
export function isLabel(text: string): boolean {
  return labelHash(text) >= 0
}

/**
 * A number that is the same for labels that are the same but for their case, and seldom for others; -1 for what is no label. Names
 * are many, so they are read once for both, character by character: it takes a third of the time of a regular expression.
 */
export function labelHash(text: string, start = 0, end: number = text.length): number {
  let hash = 0
  let word = start
  let small = false
  let capital = false
  for (let i = start; i < end; i++) {
    const char = text.charCodeAt(i)
    if (char >= 0x61 && char <= 0x7a) {
      if (capital) return -1
      small = true
    } else if (char >= 0x30 && char <= 0x39) {
      if (i === start) return -1
    } else if (char >= 0x41 && char <= 0x5a) {
      if (small) return -1
      capital = true
    } else if (char === 0x2d && i > word) {
      word = i + 1
      small = false
      capital = false
    } else {
      return -1
    }
    // Of letters the small one; digits and dashes have this bit.
    hash = (Math.imul(hash, 31) + (char | 0x20)) | 0
  }
  return end > word ? hash >>> 1 : -1
}

/** `words`: a label without acronyms. */
function isWords(text: string, start: number, end: number): boolean {
  return labelHash(text, start, end) >= 0 && !/[A-Z]/.test(text.slice(start, end))
}

/**
 * Takes an extern name apart, or says why it is none.
 *
 * @example
 * parseExternName('[method]blob.read') // { kind: 'method', resource: 'blob', label: 'read' }
 */
export function parseExternName(name: string): ExternNameParts | InvalidName {
  if (name.startsWith('[')) {
    const end = name.indexOf(']')
    if (end > 0) return parseAnnotated(name.slice(1, end), name.slice(end + 1))
  }
  const dependency = name.includes('=<') ? parseDependencyName(name) : undefined
  if (dependency) return dependency
  if (name.includes(':')) return parseInterfaceName(name)
  return isLabel(name) ? { kind: 'label', label: name } : notKebab(name)
}

function parseAnnotated(annotation: string, rest: string): ExternNameParts | InvalidName {
  switch (annotation) {
    case 'constructor':
      return isLabel(rest) ? { kind: 'constructor', resource: rest } : notKebab(rest)
    case 'method':
    case 'static': {
      const dot = rest.indexOf('.')
      if (dot < 0) return invalid('failed to find `.` character')
      const resource = rest.slice(0, dot)
      const member = rest.slice(dot + 1)
      if (!isLabel(resource)) return notKebab(resource)
      if (!isLabel(member)) return notKebab(member)
      return { kind: annotation, resource, label: member }
    }
    default:
      return notKebab(`[${annotation}]${rest}`)
  }
}

/**
 * Takes an interface name apart, or says why it is none.
 *
 * @example
 * parseInterfaceName('wasi:io/streams@0.2.6')
 * // { kind: 'interface', namespace: 'wasi', package: 'io', interface: 'streams', version: '0.2.6' }
 */
export function parseInterfaceName(name: string): InterfaceName | InvalidName {
  const colon = Math.max(name.indexOf(':'), 0)
  if (!isWords(name, 0, colon)) return notKebab(name.slice(0, colon))
  const slash = endOf(name, colon + 1, '/:@')
  if (!isWords(name, colon + 1, slash)) return notKebab(name.slice(colon + 1, slash))
  if (name[slash] !== '/') return invalid('expected `/` after package name')
  const end = endOf(name, slash + 1, '@/:')
  const projection = name.slice(slash + 1, end)
  if (!isLabel(projection)) return notKebab(projection)
  const rest = name.slice(end)
  if (rest !== '' && !rest.startsWith('@')) return invalid(`trailing characters found: \`${rest}\``)
  const version = rest === '' ? undefined : rest.slice(1)
  const problem = version === undefined ? undefined : versionProblem(version)
  if (problem !== undefined) return invalid(problem)
  const namespace = name.slice(0, colon)
  return {
    kind: 'interface',
    namespace,
    package: name.slice(colon + 1, slash),
    interface: projection,
    version,
  }
}

/** Where the first of these characters stands; the text's end if there is none. */
function endOf(text: string, start: number, characters: string): number {
  let i = start
  while (i < text.length && !characters.includes(text[i]!)) i++
  return i
}

function versionProblem(version: string): string | undefined {
  if (isRelease(version) || isCanonicalVersion(version)) return undefined
  const parsed = parseVersion(version)
  return 'problem' in parsed ? parsed.problem : undefined
}

/**
 * The form under which names must differ (Explainer.md, "Name Uniqueness"): two names of one scope are strongly
 * unique if their keys are unequal. Versions, addresses and hashes have no acronyms: in them, case tells apart.
 *
 * @example
 * uniquenessKey('[method]foo.BAR') // 'foo.bar'
 * uniquenessKey('[static]foo.foo') // 'foo'
 * uniquenessKey('[constructor]foo') // '[constructor]foo'
 */
export function uniquenessKey(name: string): string {
  if (name.endsWith('>')) return name
  const at = name.indexOf('@')
  const lower = at < 0 ? name.toLowerCase() : name.slice(0, at).toLowerCase() + name.slice(at)
  if (!lower.startsWith('[method]') && !lower.startsWith('[static]')) return lower
  const member = lower.slice('[method]'.length)
  const dot = member.indexOf('.')
  const resource = member.slice(0, dot)
  return resource === member.slice(dot + 1) ? resource : member
}

function notKebab(text: string): InvalidName {
  return invalid(`\`${text}\` is not in kebab case`)
}

function invalid(problem: string): InvalidName {
  return { kind: 'invalid', problem }
}
