import type { WitInterface, WitPackage } from '../wit/package.ts'
import { fullName, href } from './addresses.ts'
import { renderTitle } from './heading.ts'
import { html, type Html } from './html.ts'
import { renderPage } from './layout.ts'
import { renderDocs } from './markdown.ts'
import { renderNavigation } from './navigation.ts'
import { ScopeBody } from './scope-body.ts'
import type { SiteContext } from './site-context.ts'
import { trailTo } from './trail.ts'

export function renderInterfacePage(site: SiteContext, home: WitPackage, one: WitInterface): string {
  const { page } = site.addresses.interface(one)!
  const items = { types: [...one.types.values()], functions: [...one.functions.values()] }
  const types = new ScopeBody(site, home.name, { page, prefix: '' }, 3, items)
  const functions = new ScopeBody(site, home.name, { page, prefix: '' }, 3, items)
  const main = html`${renderTitle('interface', one.name!, fullName(home.name, one.name), one.stability)}${one.docs === undefined ? undefined : renderDocs(one.docs, 1, types.links)}${types.uses()}${section(
    'Types',
    types.types(),
  )}${section('Functions', functions.functions())}${backReferences(site, one, page)}`
  const navigation = renderNavigation(site, home, page, [
    ['Types', types.contents],
    ['Functions', functions.contents],
  ])
  const title = `${one.name} · ${fullName(home.name)}`
  return renderPage({ page, title, trail: trailTo(site, home, one.name!), main, navigation })
}

function section(title: string, items: readonly Html[]): Html | undefined {
  return items.length === 0 ? undefined : html`<section>\n<h2>${title}</h2>\n${items}</section>\n`
}

/** Which interfaces use its types, which worlds import and export it. */
function backReferences(site: SiteContext, one: WitInterface, page: string): Html | undefined {
  const { users, importers, exporters } = site.references.toInterface(one)
  const list = (title: string, items: typeof users): Html | undefined => {
    if (items.size === 0) return undefined
    const links = Array.from(items, (item) => {
      const address = site.addresses.item(item.package, item.name!)!
      return html`<li><a href="${href(page, address)}">${fullName(item.package, item.name)}</a></li>\n`
    })
    return html`<h3>${title}</h3>\n<ul>\n${links}</ul>\n`
  }
  if (users.size + importers.size + exporters.size === 0) return undefined
  return html`<section>
<h2>Where it is used</h2>
${list('Interfaces that use its types', users)}${list('Worlds that import it', importers)}${list('Worlds that export it', exporters)}</section>
`
}
