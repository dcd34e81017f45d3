/** The names of imports and exports (Explainer.md, "Import and Export Definitions"): `externname` and its parts. */
import { type DependencyName, parseDependencyName } from './dependency-names.ts'
import { isCanonicalVersion, parseVersion } from './semver.ts'

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
 * `label`: words of small and acronyms of capital letters, joined by dashes; the first begins with a letter. A fragment
 * of digits alone is an alternative of its own, so that no text can be matched in two ways: that took exponential time.
 */
const label = /^(?:[a-z][0-9a-z]*|[A-Z][0-9A-Z]*)(?:-(?:[0-9]*[a-z][0-9a-z]*|[0-9]*[A-Z][0-9A-Z]*|[0-9]+))*$/

/** `words`: a label without acronyms. */
const words = /^[a-z][0-9a-z]*(?:-[0-9a-z]+)*$/

/**
 * @example
 * isLabel('is-XML') // true
 * isLabel('isXml') // false
 */
export function isLabel(text: string): boolean {
  return label.test(text)
}

/**
 * Takes an extern name apart, or says why it is none.
 *
 * @example
 * parseExternName('[method]blob.read') // { kind: 'method', resource: 'blob', label: 'read' }
 */
export function parseExternName(name: string): ExternNameParts | InvalidName {
  const annotation = /^\[([^\]]*)\]/.exec(name)
  if (annotation) return parseAnnotated(annotation[1]!, name.slice(annotation[0].length))
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
  const colon = name.indexOf(':')
  const namespace = name.slice(0, Math.max(colon, 0))
  if (!words.test(namespace)) return notKebab(namespace)
  const afterColon = name.slice(colon + 1)
  const [packageName] = /^[^/:@]*/.exec(afterColon)!
  if (!words.test(packageName)) return notKebab(packageName)
  const afterPackage = afterColon.slice(packageName.length)
  if (!afterPackage.startsWith('/')) return invalid('expected `/` after package name')
  const [projection] = /^[^@/:]*/.exec(afterPackage.slice(1))!
  if (!isLabel(projection)) return notKebab(projection)
  const rest = afterPackage.slice(1 + projection.length)
  if (rest !== '' && !rest.startsWith('@')) return invalid(`trailing characters found: \`${rest}\``)
  const version = rest === '' ? undefined : rest.slice(1)
  const problem = version === undefined ? undefined : versionProblem(version)
  if (problem !== undefined) return invalid(problem)
  return { kind: 'interface', namespace, package: packageName, interface: projection, version }
}

function versionProblem(version: string): string | undefined {
  if (isCanonicalVersion(version)) return undefined
  const parsed = parseVersion(version)
  return 'problem' in parsed ? parsed.problem : undefined
}

/**
 * The form under which names must differ (Explainer.md, "Name Uniqueness"): two names of one scope are strongly
 * unique if their keys are unequal.
 *
 * @example
 * uniquenessKey('[method]foo.BAR') // 'foo.bar'
 * uniquenessKey('[static]foo.foo') // 'foo'
 * uniquenessKey('[constructor]foo') // '[constructor]foo'
 */
export function uniquenessKey(name: string): string {
  const lower = name.toLowerCase()
  const member = /^\[(?:method|static)\](.*)$/s.exec(lower)?.[1]
  if (member === undefined) return lower
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
