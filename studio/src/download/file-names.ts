/** What is saved under which name. */

const document = /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*package\s+([%a-z][\w%:.@+-]*)/i

/** Of the document that a WAC text is: `docs:calculator@1.0.0`. Undefined where it does not say. */
export function documentName(text: string): string | undefined {
  return document.exec(text)?.[1]?.replaceAll('%', '')
}

/**
 * A name that every file system takes: the last part of a package's name, without its version.
 *
 * @param ending with its dot
 */
export function fileName(packageName: string | undefined, ending: string): string {
  const last = packageName === undefined ? '' : nameParts(packageName).at(-1)!
  const stem = last.replace(/[^\w-]/g, '').slice(0, 100)
  return `${stem === '' || isReserved(stem) ? `composition${stem && `-${stem}`}` : stem}${ending}`
}

/**
 * Where `tenon compose` looks for a package: `deps/NAMESPACE/NAME.wasm`.
 *
 * @param packageName `namespace:name`, with `@version` where it has one
 */
export function packagePath(packageName: string): string {
  return `deps/${nameParts(packageName)
    .map((part) => part.replace(/[^\w-]/g, '_'))
    .join('/')}.wasm`
}

/** Without its version. */
function nameParts(packageName: string): string[] {
  return packageName.split('@')[0]!.split(':')
}

/** Names that Windows keeps for devices. */
function isReserved(stem: string): boolean {
  return /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(stem)
}
