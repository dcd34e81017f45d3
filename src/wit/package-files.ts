import { formatWit } from './format.ts'
import { printPackageName, type WitPackage } from './package.ts'
import { printPackage } from './print-package.ts'
import type { ResolvedWit } from './resolve.ts'

/** A file of a folder that is a package; `path` is within the folder, with `/` in it. */
export interface PackageFile {
  readonly path: string
  readonly text: string
}

/**
 * Packages as the files of a folder (WIT.md, "Filesystem structure"), formatted: `NAME.wit` with the main package, and one file for each
 * other one in `deps`. What the folder resolves to is the same again, with the same features.
 *
 * @example
 * const files = [{ name: 'a.wit', text: 'package my:app@1.0.0; interface i {}' }]
 * packageFiles(resolveWit({ files })) // [{ path: 'app.wit', text: 'package my:app@1.0.0;\n\ninterface i {}\n' }]
 */
export function packageFiles({ main, packages }: ResolvedWit): PackageFile[] {
  const files = [{ path: `${main.name.package}.wit`, text: formatWit(printPackage(main)) }]
  const taken = new Set<string>()
  for (const one of packages) {
    if (printPackageName(one.name) === printPackageName(main.name)) continue
    files.push({ path: `deps/${fileName(one, taken)}.wit`, text: formatWit(printPackage(one)) })
  }
  return files
}

/** Names joined by dashes may be those of another package, on some systems also those that differ in case only. */
function fileName({ name }: WitPackage, taken: Set<string>): string {
  const parts = [name.namespace, name.package, ...(name.version === undefined ? [] : [name.version])]
  const joined = parts.join('-')
  let free = joined
  for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${joined}-${count}`
  taken.add(free.toLowerCase())
  return free
}
