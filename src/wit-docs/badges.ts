import type { Stability } from '../wit/package.ts'
import { html, type Html } from './html.ts'

/** `since 0.2.0`, `unstable: feature`, `deprecated since 0.2.9`. */
export function renderBadges(stability: Stability | undefined, externalId?: string): Html | undefined {
  const id =
    externalId === undefined ? undefined : html`<span class="badge">external id: ${externalId}</span>`
  if (stability === undefined) return id && html`<p class="badges">${id}</p>\n`
  const { deprecated } = stability
  const gate =
    stability.kind === 'since'
      ? html`<span class="badge">since ${stability.version}</span>`
      : html`<span class="badge unstable">unstable: ${stability.feature}</span>`
  const warning =
    deprecated === undefined
      ? undefined
      : html` <span class="badge deprecated">deprecated since ${deprecated}</span>`
  return html`<p class="badges">${gate}${warning}${id && html` ${id}`}</p>\n`
}
