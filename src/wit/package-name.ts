import { type InterfaceName, parseInterfaceName } from '../component/names.ts'
import { escapeKeyword } from './keywords.ts'

/** Undefined for the plain names of worlds. */
export function asInterface(name: string): InterfaceName | undefined {
  if (!name.includes(':')) return undefined
  const parts = parseInterfaceName(name)
  return parts.kind === 'interface' ? parts : undefined
}

/** `ns:pkg@version`: the package of an interface, as WIT text. */
export function packageOf(name: InterfaceName): string {
  const version = name.version === undefined ? '' : `@${name.version}`
  return `${escapeKeyword(name.namespace)}:${escapeKeyword(name.package)}${version}`
}

/** How an interface is named within the package `home`. */
export function interfacePath(name: string, home: string): string {
  const parts = asInterface(name)
  if (!parts) return name
  const own = escapeKeyword(parts.interface)
  if (packageOf(parts) === home) return own
  const version = parts.version === undefined ? '' : `@${parts.version}`
  return `${escapeKeyword(parts.namespace)}:${escapeKeyword(parts.package)}/${own}${version}`
}
