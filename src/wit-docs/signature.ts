import { type Addresses, href, partAnchor } from './addresses.ts'
import { html, type Html } from './html.ts'
import type { Piece } from './pieces.ts'

/**
 * WIT text in colours, with each name a link to what it names.
 *
 * @param anchor of the type whose fields, cases or flags get their ids here
 */
export function renderPieces(
  pieces: readonly Piece[],
  page: string,
  addresses: Addresses,
  anchor?: string,
): Html {
  return html`${pieces.map((piece) => renderPiece(piece, page, addresses, anchor))}`
}

/** The same as a block. */
export function renderSignature(
  pieces: readonly Piece[],
  page: string,
  addresses: Addresses,
  anchor?: string,
): Html {
  return html`<pre class="wit"><code>${renderPieces(pieces, page, addresses, anchor)}</code></pre>\n`
}

const classes = { keyword: 'k', 'built-in': 't', defined: 'd' } as const

function renderPiece(piece: Piece, page: string, addresses: Addresses, anchor: string | undefined): Html {
  if (typeof piece === 'string') return html`${piece}`
  if (piece.kind === 'name') {
    const address = addresses.type(piece.definition)
    return address === undefined
      ? html`${piece.text}`
      : html`<a href="${href(page, address)}">${piece.text}</a>`
  }
  const part = piece.kind === 'defined' ? piece.part : undefined
  const id = part === undefined || anchor === undefined ? undefined : html` id="${partAnchor(anchor, part)}"`
  return html`<span class="${classes[piece.kind]}"${id}>${piece.text}</span>`
}
