import { href } from './addresses.ts'
import { html, type Html } from './html.ts'
import type { Referrer } from './references.ts'

/** More than these are folded. */
const shown = 12

/** The functions and types that name a type; those of other interfaces with what they stand in. */
export function renderUsedBy(referrers: readonly Referrer[], page: string): Html | undefined {
  if (referrers.length === 0) return undefined
  const links = referrers.map(({ name, within, address }, index) => {
    const place = address.page === page ? undefined : html` <small>in ${within}</small>`
    return html`${index === 0 ? '' : ', '}<a href="${href(page, address)}"><code>${name}</code></a>${place}`
  })
  if (referrers.length <= shown) return html`<p class="used">Used by ${links}</p>\n`
  return html`<details class="used"><summary>Used by ${referrers.length}</summary><p>${links}</p></details>\n`
}
