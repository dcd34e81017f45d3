import { parseExternName } from '../component/names.ts'
import { interfacePath } from '../wit/package-name.ts'
import {
  nameInPackage,
  type PackageName,
  printPackageName,
  type TypeDefinition,
  type WitFunction,
  type WitInterface,
} from '../wit/package.ts'
import { escapeKeyword } from '../wit/keywords.ts'
import { functionAnchor, type Home, href, original, partAnchor } from './addresses.ts'
import { html, type Html } from './html.ts'
import { type CodeLinks, renderDocs } from './markdown.ts'
import { definitionPieces, functionPieces, keyword, partPieces, type Piece } from './pieces.ts'
import { type Contents, renderHeading } from './heading.ts'
import { ScopeNames } from './scope-names.ts'
import { renderPieces, renderSignature } from './signature.ts'
import type { SiteContext } from './site-context.ts'
import { renderUsedBy } from './used-by.ts'

/** Fields, cases and flags of a text that is not folded where they are listed below it. */
const mostUnfolded = 8

/** What is in an interface, or what a world has itself. */
export interface ScopeItems {
  readonly types: readonly TypeDefinition[]
  readonly functions: readonly WitFunction[]
  /** Types that functions may name, and that stand elsewhere on the page. */
  readonly known?: readonly TypeDefinition[]
}

/** Renders the types and functions of one scope, and lists them for the page's contents. */
export class ScopeBody {
  readonly contents: Contents[] = []
  readonly #site: SiteContext
  readonly #package: PackageName
  readonly #home: Home
  /** Of the headings of types and functions. */
  readonly #level: number
  readonly #items: ScopeItems
  readonly #names: ScopeNames
  readonly #links: CodeLinks
  readonly #members = new Map<string, WitFunction[]>()
  readonly #free: WitFunction[] = []

  constructor(site: SiteContext, owner: PackageName, home: Home, level: number, items: ScopeItems) {
    this.#site = site
    this.#package = owner
    this.#home = home
    this.#level = level
    this.#items = items
    this.#names = new ScopeNames([...(items.known ?? []), ...items.types])
    this.#links = site.codeLinks(owner, { at: home, names: this.#names })
    for (const one of items.functions) {
      const parts = parseExternName(one.name)
      if (!('resource' in parts)) this.#free.push(one)
      else this.#members.set(parts.resource, [...(this.#members.get(parts.resource) ?? []), one])
    }
  }

  get links(): CodeLinks {
    return this.#links
  }

  /** `use` lines, for types of other interfaces. */
  uses(): Html | undefined {
    const used = this.#items.types.filter((one) => original(one) !== one)
    if (used.length === 0) return undefined
    const byLender = Map.groupBy(used, ({ aliasOf }) => aliasOf!.owner as WitInterface)
    const lines = Array.from(byLender, ([lender, types]) => this.#useLine(lender, types))
    const pieces = lines.map((line, index) => html`${index === 0 ? '' : '\n'}${line}`)
    return html`<pre class="wit uses"><code>${pieces}</code></pre>\n`
  }

  #useLine(lender: WitInterface, types: readonly TypeDefinition[]): Html {
    const { addresses } = this.#site
    const path = interfacePath(nameInPackage(lender.package, lender.name!), printPackageName(this.#package))
    const address = addresses.interface(lender)
    const from = address ? html`<a href="${href(this.#home.page, address)}">${path}</a>` : html`${path}`
    const names = types.flatMap((definition, index): Piece[] => {
      const { name, aliasOf } = definition
      const rest: Piece[] = name === aliasOf!.name ? [] : [' ', keyword('as'), ` ${escapeKeyword(name)}`]
      const used: Piece = { kind: 'name', text: escapeKeyword(aliasOf!.name), definition }
      return [...(index === 0 ? [] : [', ']), used, ...rest]
    })
    const pieces = renderPieces(names, this.#home.page, addresses)
    return html`<span class="k">use</span> ${from}.{${pieces}};`
  }

  types(): Html[] {
    const own = this.#items.types.filter((one) => original(one) === one)
    return own.map((definition) => this.#type(definition))
  }

  functions(): Html[] {
    return this.#free.map((one) => this.#function(one, this.#level, this.contents))
  }

  #type(definition: TypeDefinition): Html {
    const { name, stability, externalId } = definition
    const anchor = this.#home.prefix + name
    const kind = definition.aliasOf === undefined && isNamedKind(definition) ? definition.type.kind : 'type'
    const contents: Contents = { anchor, name, kind, within: [] }
    this.contents.push(contents)
    const members = this.#members.get(name) ?? []
    return html`<section class="item">
${renderHeading(this.#level, kind, name, anchor, stability, externalId)}${this.#definition(
  definition,
  anchor,
)}${renderUsedBy(this.#site.references.toType(definition), this.#home.page)}${members.map((one) =>
  this.#function(one, this.#level + 1, contents.within),
)}</section>
`
  }

  /** Its text and its docs. Where fields, cases or flags have docs they are listed, and a long text of them is folded. */
  #definition(definition: TypeDefinition, anchor: string): Html {
    const { docs, partDocs } = definition
    const text = definitionPieces(definition, this.#names)
    const own = docs === undefined ? undefined : renderDocs(docs, this.#level, this.#links)
    if (partDocs.size === 0) return html`${this.#signature(text, anchor)}${own}`
    const parts = partPieces(definition, this.#names)
    const signature = this.#signature(text)
    const folded = html`<details><summary>The whole text, ${parts.length} ${nameOfParts(definition)}</summary>${signature}</details>\n`
    return html`${parts.length > mostUnfolded ? folded : signature}${own}${this.#parts(parts, partDocs, anchor)}`
  }

  #function(one: WitFunction, level: number, contents: Contents[]): Html {
    const anchor = this.#home.prefix + functionAnchor(one.name)
    const parts = parseExternName(one.name)
    const kind = 'resource' in parts ? parts.kind : 'function'
    const name = 'label' in parts ? parts.label : one.name
    const title = parts.kind === 'constructor' ? 'constructor' : name
    contents.push({ anchor, name: title, kind, within: [] })
    const word = one.type.async && kind !== 'constructor' ? `async ${kind}` : kind
    return html`<section class="item">
${renderHeading(level, title === kind ? '' : word, title, anchor, one.stability, one.externalId)}${this.#signature(
  functionPieces(one, this.#names),
)}${one.docs === undefined ? undefined : renderDocs(one.docs, level, this.#links)}</section>
`
  }

  #signature(pieces: readonly Piece[], anchor?: string): Html {
    return renderSignature(pieces, this.#home.page, this.#site.addresses, anchor)
  }

  #parts(
    parts: ReturnType<typeof partPieces>,
    documented: ReadonlyMap<string, string>,
    anchor: string,
  ): Html {
    const { addresses } = this.#site
    const rows = parts.map(({ name, pieces }) => {
      const docs = documented.get(name)
      const text = renderPieces(pieces, this.#home.page, addresses)
      const rendered = docs === undefined ? undefined : renderDocs(docs, this.#level, this.#links)
      return html`<dt id="${partAnchor(anchor, name)}"><code>${text}</code></dt>\n<dd>${rendered}</dd>\n`
    })
    return html`<dl>\n${rows}</dl>\n`
  }
}

function nameOfParts({ type }: TypeDefinition): string {
  return type.kind === 'record' ? 'fields' : type.kind === 'flags' ? 'flags' : 'cases'
}

function isNamedKind({ type }: TypeDefinition): boolean {
  return ['record', 'variant', 'enum', 'flags', 'resource'].includes(type.kind)
}
