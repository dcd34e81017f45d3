/** What is saved under which name. */

/**
 * A name that every file system takes: the last part of a package's name, without its version.
 *
 * @param ending with its dot
 */
export function fileName(packageName: string, ending: string): string {
  const last = nameParts(packageName).at(-1)!
  const stem = last.replace(/[^\w-]/g, '').slice(0, 100)
  return `${stem === '' || isReserved(stem) ? `composition${stem && `-${stem}`}` : stem}${ending}`
}

/**
 * Where `tenon compose` looks for packages: `deps/NAMESPACE/NAME.wasm`, where a text may ask for it with its version and without, and
 * `deps/NAMESPACE/NAME/VERSION.wasm` for the others of that name.
 *
 * @param packageNames `namespace:name`, with `@version` where they have one; each once
 * @returns by name
 */
export function packagePaths(packageNames: readonly string[]): Map<string, string> {
  const paths = new Map<string, string>()
  const taken = new Set<string>()
  for (const name of packageNames) {
    let path = `deps/${nameParts(name).map(ofOneFolder).join('/')}`
    if (taken.has(path)) path += `/${ofOneFolder(name.split('@')[1] ?? '')}`
    taken.add(path)
    paths.set(name, `${path}.wasm`)
  }
  return paths
}

function ofOneFolder(part: string): string {
  return part.replace(/[^\w.+-]/g, '_').replace(/^\.+$/, '_')
}

/** Without its version. */
function nameParts(packageName: string): string[] {
  return packageName.split('@')[0]!.split(':')
}

/** Names that Windows keeps for devices. */
function isReserved(stem: string): boolean {
  return /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(stem)
}
