import type { WitPackage } from '../wit/package.ts'
import { fullName } from './addresses.ts'
import type { Page } from './layout.ts'
import type { SiteContext } from './site-context.ts'

/** The page of all packages. */
export const indexPage = 'index.html'

/** The way from the first page to an item of a package, or to the package itself. */
export function trailTo(site: SiteContext, { name }: WitPackage, item?: string): Page['trail'] {
  const all = { name: 'All packages', address: { page: indexPage } }
  const home = { name: fullName(name), address: site.addresses.package(name)! }
  return item === undefined ? [all, home] : [all, home, { name: item }]
}
