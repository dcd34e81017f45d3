import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Package {
  readonly name: string
  readonly version: string
  readonly license?: unknown
}

/**
 * Of the packages that are bundled: they ask to be passed on with the code.
 *
 * @param modules paths of all modules that went into a bundle
 */
export function licensesOf(modules: Iterable<string>): string {
  const folders = Array.from(modules).flatMap(
    (id) => /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? [],
  )
  const texts = [...new Set(folders)].sort().map((folder) => {
    const {
      name,
      version,
      license: spdx,
    } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package
    const [license] = globSync(join(folder, '{LICENSE,LICENCE,license,licence}*'))
    if (license !== undefined) return `${name} ${version}\n\n${readFileSync(license, 'utf8').trim()}\n`
    // Some say which licence it is, and leave its text out.
    if (typeof spdx === 'string') return `${name} ${version}\n\nLicence: ${spdx}\n`
    throw new Error(`${folder} has no licence, and is bundled`)
  })
  return texts.join(`\n${'-'.repeat(80)}\n\n`)
}
