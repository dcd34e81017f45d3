import type { WitPackage } from '../wit/package.ts'
import { renderIndexPage } from './index-page.ts'
import { renderInterfacePage } from './interface-page.ts'
import { renderPackagePage } from './package-page.ts'
import { renderSearchIndex } from './search-index.ts'
import { search } from './search-page.ts'
import { SiteContext } from './site-context.ts'
import { stylesheet } from './stylesheet.ts'
import { indexPage } from './trail.ts'
import { renderWorldPage } from './world-page.ts'

/**
 * A static site about some packages: one page for each package, each interface and each world, and one of all packages. Pages
 * link to each other relatively and need nothing else, no server either; addresses depend on names alone. What the packages
 * say is shown as text, whoever wrote it.
 *
 * @returns the files by their paths in the site's folder, with `/` between their parts; the same for the same packages
 * @example
 * const name = { namespace: 'my', package: 'clocks', version: '1.0.0' }
 * const files = renderSite([{ name, docs: 'Time.', interfaces: new Map(), worlds: new Map() }])
 * Array.from(files.keys()).sort() // ['assets/search-index.js', 'assets/search.js', 'assets/site.css', 'index.html', 'my/clocks@1.0.0/index.html']
 */
export function renderSite(packages: readonly WitPackage[]): ReadonlyMap<string, string> {
  const site = new SiteContext(packages)
  const files = new Map<string, string>()
  files.set(indexPage, renderIndexPage(site))
  for (const one of packages) {
    files.set(site.addresses.package(one.name)!.page, renderPackagePage(site, one))
    for (const each of one.interfaces.values())
      files.set(site.addresses.interface(each)!.page, renderInterfacePage(site, one, each))
    for (const world of one.worlds.values())
      files.set(site.addresses.world(world)!.page, renderWorldPage(site, one, world))
  }
  files.set('assets/site.css', stylesheet)
  files.set('assets/search.js', `;(${search})(document)\n`)
  files.set('assets/search-index.js', renderSearchIndex(site))
  return files
}
