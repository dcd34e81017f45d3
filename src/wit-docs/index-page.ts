import { fullName, href } from './addresses.ts'
import type { WitPackage } from '../wit/package.ts'
import { html, type Html } from './html.ts'
import { renderPage } from './layout.ts'
import { renderEntry } from './package-page.ts'
import type { SiteContext } from './site-context.ts'
import { indexPage } from './trail.ts'

/** All packages, with what is in them. */
export function renderIndexPage(site: SiteContext): string {
  const entries = site.packages.map((one) => {
    const to = href(indexPage, site.addresses.package(one.name)!)
    const items = html`${renderNames(site, one, 'Worlds', one.worlds)}${renderNames(site, one, 'Interfaces', one.interfaces)}`
    return renderEntry(fullName(one.name), to, one.docs, undefined, items)
  })
  const main = html`<h1>WIT packages</h1>\n<ul class="entries">\n${entries}</ul>\n`
  return renderPage({ page: indexPage, title: 'WIT packages', trail: [{ name: 'All packages' }], main })
}

function renderNames(
  { addresses }: SiteContext,
  { name: home }: WitPackage,
  title: string,
  items: ReadonlyMap<string, unknown>,
): Html | undefined {
  if (items.size === 0) return undefined
  const links = Array.from(items.keys(), (name, index) => {
    const to = href(indexPage, addresses.item(home, name)!)
    return html`${index === 0 ? '' : ', '}<a href="${to}">${name}</a>`
  })
  return html`<p>${title}: ${links}</p>`
}
