import type { Stability, WitInterface, WitPackage, WitWorld } from '../wit/package.ts'
import { fullName, href } from './addresses.ts'
import { renderBadges } from './badges.ts'
import { renderTitle } from './heading.ts'
import { html, type Html } from './html.ts'
import { renderPage } from './layout.ts'
import { renderDocs, renderSummary } from './markdown.ts'
import { renderNavigation } from './navigation.ts'
import type { SiteContext } from './site-context.ts'
import { trailTo } from './trail.ts'

export function renderPackagePage(site: SiteContext, one: WitPackage): string {
  const { page } = site.addresses.package(one.name)!
  const name = fullName(one.name)
  const main = html`${renderTitle('package', name, undefined, undefined)}${one.docs === undefined ? undefined : renderDocs(one.docs, 1, site.codeLinks(one.name))}${section(
    site,
    page,
    'Worlds',
    one.worlds.values(),
  )}${section(site, page, 'Interfaces', one.interfaces.values())}`
  const navigation = renderNavigation(site, one, page, [])
  return renderPage({ page, title: name, trail: trailTo(site, one), main, navigation })
}

function section(
  site: SiteContext,
  page: string,
  title: string,
  items: Iterable<WitInterface | WitWorld>,
): Html | undefined {
  const rows = Array.from(items, ({ package: home, name, docs, stability }) => {
    const address = site.addresses.item(home, name!)!
    return renderEntry(name!, href(page, address), docs, stability)
  })
  if (rows.length === 0) return undefined
  return html`<section>\n<h2>${title}</h2>\n<ul class="entries">\n${rows}</ul>\n</section>\n`
}

/** A line of a list: the name, what it is for. */
export function renderEntry(
  name: string,
  to: string,
  docs: string | undefined,
  stability?: Stability,
  more?: Html,
): Html {
  const summary = renderSummary(docs)
  const text = summary === undefined ? undefined : html`<p>${summary}</p>`
  return html`<li><a href="${to}">${name}</a>${renderBadges(stability)}${text}${more}</li>\n`
}
