import type { WitPackage } from '../wit/package.ts'
import { fragmentOf, href } from './addresses.ts'
import type { Contents } from './heading.ts'
import { html, type Html } from './html.ts'
import type { SiteContext } from './site-context.ts'

/** Of interfaces or worlds: lists of all in each of very many pages would be most of the site. */
const mostListed = 100

/** What is on a page, and what else the package has. */
export function renderNavigation(
  site: SiteContext,
  home: WitPackage,
  page: string,
  groups: readonly (readonly [title: string, contents: readonly Contents[]])[],
): Html {
  const own = groups
    .filter(([, contents]) => contents.length > 0)
    .map(([title, contents]) => html`<h2>${title}</h2>\n${renderContents(contents)}`)
  return html`${own}${listOf('Interfaces', home, [...home.interfaces.keys()], site, page)}${listOf(
    'Worlds',
    home,
    [...home.worlds.keys()],
    site,
    page,
  )}`
}

function renderContents(contents: readonly Contents[]): Html {
  const items = contents.map(
    ({ anchor, name, within }) =>
      html`<li><a href="${fragmentOf(anchor)}">${name}</a>${within.length > 0 ? renderContents(within) : undefined}</li>\n`,
  )
  return html`<ul>\n${items}</ul>\n`
}

function listOf(
  title: string,
  { name: home }: WitPackage,
  names: readonly string[],
  { addresses }: SiteContext,
  page: string,
): Html | undefined {
  if (names.length === 0) return undefined
  const all = addresses.package(home)!
  if (names.length > mostListed && all.page !== page)
    return html`<h2>${title}</h2>\n<p><a href="${href(page, all)}">All ${names.length} of the package</a></p>\n`
  const items = names.map((name) => {
    const address = addresses.item(home, name)!
    const current = address.page === page ? html` aria-current="page"` : undefined
    return html`<li><a href="${href(page, address)}"${current}>${name}</a></li>\n`
  })
  return html`<h2>${title}</h2>\n<ul>\n${items}</ul>\n`
}
