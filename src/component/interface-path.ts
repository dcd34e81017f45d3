import { parseExternName } from './names.ts'

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
