import type { WitPackage, WitWorld, WorldItem } from '../wit/package.ts'
import { fullName, homeOfWorldItem, href, ownItems } from './addresses.ts'
import { renderBadges } from './badges.ts'
import { type Contents, renderHeading, renderTitle } from './heading.ts'
import { html, type Html } from './html.ts'
import { renderPage } from './layout.ts'
import { renderDocs, renderSummary } from './markdown.ts'
import { renderNavigation } from './navigation.ts'
import { ScopeBody } from './scope-body.ts'
import type { SiteContext } from './site-context.ts'
import { trailTo } from './trail.ts'

type Direction = 'import' | 'export'

export function renderWorldPage(site: SiteContext, home: WitPackage, world: WitWorld): string {
  const { page } = site.addresses.world(world)!
  const imports = renderDirection(site, world, page, 'import')
  const exports = renderDirection(site, world, page, 'export')
  const main = html`${renderTitle('world', world.name, fullName(home.name, world.name), world.stability)}${
    world.docs === undefined ? undefined : renderDocs(world.docs, 1, site.codeLinks(home.name))
  }${imports.section}${exports.section}`
  const navigation = renderNavigation(site, home, page, [
    ['Imports', imports.contents],
    ['Exports', exports.contents],
  ])
  const title = `${world.name} · ${fullName(home.name)}`
  return renderPage({ page, title, trail: trailTo(site, home, world.name), main, navigation })
}

function renderDirection(
  site: SiteContext,
  world: WitWorld,
  page: string,
  direction: Direction,
): { readonly section: Html; readonly contents: readonly Contents[] } {
  const items = direction === 'import' ? world.imports : world.exports
  const title = direction === 'import' ? 'Imports' : 'Exports'
  if (items.size === 0) {
    const section = html`<section>\n<h2>${title}</h2>\n<p>None.</p>\n</section>\n`
    return { section, contents: [] }
  }
  const own = ownItems(items)
  const known = direction === 'export' ? ownItems(world.imports).types : []
  const scope = new ScopeBody(site, world.package, { page, prefix: `${direction}.` }, 3, { ...own, known })
  const named = [...items].flatMap(([key, item]) =>
    item.kind === 'interface' && item.interface.name !== undefined ? [{ key, item }] : [],
  )
  const lines = named.map(({ key, item }) => renderNamed(site, page, direction, key, item))
  const list =
    lines.length === 0 ? undefined : html`<h3>Interfaces</h3>\n<ul class="interfaces">\n${lines}</ul>\n`
  const contents: Contents[] = named.map(({ key, item }) => ({
    anchor: `${direction}.${key}`,
    name: item.label ?? item.interface.name!,
    kind: 'interface',
    within: [],
  }))
  const uses = scope.uses()
  const body = [...scope.types(), ...scope.functions()]
  contents.push(...scope.contents)
  const inline = own.interfaces.map(([key]) =>
    renderInline(site, world, page, direction, key, items, contents),
  )
  const section = html`<section>\n<h2>${title}</h2>\n${list}${uses}${body}${inline}</section>\n`
  return { section, contents }
}

type InterfaceItem = Extract<WorldItem, { kind: 'interface' }>

function renderNamed(
  site: SiteContext,
  page: string,
  direction: Direction,
  key: string,
  { label, interface: one, docs, stability, externalId }: InterfaceItem,
): Html {
  const address = site.addresses.interface(one)
  const name = fullName(one.package, one.name)
  const link = address === undefined ? html`${name}` : html`<a href="${href(page, address)}">${name}</a>`
  const head = label === undefined ? undefined : html`<span class="d">${label}</span>: `
  const summary = renderSummary(docs) ?? renderSummary(one.docs)
  const text = summary === undefined ? undefined : html`<p>${summary}</p>`
  return html`<li id="${`${direction}.${key}`}"><code>${head}${link}</code>${renderBadges(stability, externalId)}${text}</li>\n`
}

/** `import name: interface { … }` */
function renderInline(
  site: SiteContext,
  world: WitWorld,
  page: string,
  direction: Direction,
  key: string,
  items: ReadonlyMap<string, WorldItem>,
  contents: Contents[],
): Html {
  const { interface: one, stability, externalId } = items.get(key) as InterfaceItem
  const anchor = `${direction}.${key}`
  const body = new ScopeBody(site, world.package, homeOfWorldItem(page, direction, key), 4, {
    types: [...one.types.values()],
    functions: [...one.functions.values()],
  })
  const inner = [body.uses(), ...body.types(), ...body.functions()]
  contents.push({ anchor, name: key, kind: 'interface', within: body.contents })
  const docs = one.docs === undefined ? undefined : renderDocs(one.docs, 3, body.links)
  return html`<section class="item">
${renderHeading(3, 'interface', key, anchor, stability, externalId)}${docs}${inner}</section>
`
}
