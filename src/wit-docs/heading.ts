import type { Stability } from '../wit/package.ts'
import { renderBadges } from './badges.ts'
import { fragmentOf } from './addresses.ts'
import { html, type Html, trusted } from './html.ts'

/** An entry of a page's contents. */
export interface Contents {
  readonly anchor: string
  readonly name: string
  readonly kind: string
  /** A resource's functions. */
  readonly within: Contents[]
}

/** `record descriptor-stat # (since 0.2.0)`: what it is, its name, a link to itself, and its gates. */
export function renderHeading(
  level: number,
  kind: string,
  name: string,
  anchor: string,
  stability: Stability | undefined,
  externalId?: string,
): Html {
  const tag = trusted(`h${Math.min(level, 6)}`)
  const word = kind === '' ? undefined : html`<span class="kind">${kind}</span> `
  const self = html`<a class="anchor" href="${fragmentOf(anchor)}" aria-label="Link to ${name}">#</a>`
  const heading = html`<${tag} id="${anchor}">${word}${name} ${self}</${tag}>`
  return html`<div class="head">${heading}${renderBadges(stability, externalId)}</div>\n`
}

/** Of a page about one thing, with its name in full below. */
export function renderTitle(
  kind: string,
  name: string,
  full: string | undefined,
  stability: Stability | undefined,
): Html {
  const heading = html`<h1><span class="kind">${kind}</span> ${name}</h1>`
  const below = full === undefined ? undefined : html`<p class="full"><code>${full}</code></p>\n`
  return html`<div class="head">${heading}${renderBadges(stability)}</div>\n${below}`
}
