/**
 * Import names that say where to find a component: by package, by address, by hash. Earlier versions of the Component Model had
 * them and composition tools still write them, so they are read; nothing of ours makes them up.
 *
 *     depname  ::= 'unlocked-dep=<' pkgpath verrange? '>' | 'locked-dep=<' pkgpath ('@' semver)? '>' (',' hashname)?
 *     verrange ::= '@*' | '@{' ('>=' semver)? ' '? ('<' semver)? '}'
 *     urlname  ::= 'url=<' [^<>]* '>' (',' hashname)?
 *     hashname ::= 'integrity=<' hash (' ' hash)* '>'
 */
import { parseVersion } from './semver.ts'

export interface DependencyName {
  readonly kind: 'unlocked-dep' | 'locked-dep' | 'url' | 'integrity'
  /** What stands between the first pair of angle brackets. */
  readonly target: string
}

const form = /^(unlocked-dep|locked-dep|url|integrity)=<(.*)>$/s
const words = '[a-z][0-9a-z]*(?:-[0-9a-z]+)*'
const packagePath = /* @__PURE__ */ new RegExp(`^${words}:${words}(?:@(.*))?$`, 's')
const hash = /^sha(?:256|384|512)-[0-9A-Za-z+/]+={0,2}(?:\?[\x21-\x7e]*)?$/

/** Undefined for what is no such name. */
export function parseDependencyName(name: string): DependencyName | undefined {
  const [plain, integrity] = splitIntegrity(name)
  const [, kind, target] = form.exec(plain) ?? []
  if (kind === undefined || target === undefined) return undefined
  if (integrity !== undefined && (!isIntegrity(integrity) || kind === 'unlocked-dep')) return undefined
  switch (kind) {
    case 'unlocked-dep':
      return isPackage(target, isRange) ? { kind, target } : undefined
    case 'locked-dep':
      return isPackage(target, isVersion) ? { kind, target } : undefined
    case 'url':
      return /[<>]/.test(target) ? undefined : { kind, target }
    case 'integrity':
      return integrity === undefined && isIntegrity(target) ? { kind, target } : undefined
    default:
      return undefined
  }
}

function splitIntegrity(name: string): readonly [plain: string, integrity: string | undefined] {
  const [, plain, integrity] = /^(.*>),integrity=<([^<>]*)>$/s.exec(name) ?? []
  return plain === undefined ? [name, undefined] : [plain, integrity]
}

function isPackage(text: string, isVersioned: (version: string) => boolean): boolean {
  const match = packagePath.exec(text)
  return match !== null && (match[1] === undefined || isVersioned(match[1]))
}

function isRange(text: string): boolean {
  if (text === '*') return true
  const [, lower, upper] = /^\{(?:>=([^<> ]+))?(?: ?<([^<> ]+))?\}$/.exec(text) ?? []
  return (
    (lower !== undefined || upper !== undefined) &&
    [lower, upper].every((each) => each === undefined || isVersion(each))
  )
}

function isVersion(text: string): boolean {
  return !('problem' in parseVersion(text))
}

function isIntegrity(text: string): boolean {
  return text
    .trim()
    .split(/ +/)
    .every((each) => hash.test(each))
}
