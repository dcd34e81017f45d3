import { type Address, href } from './addresses.ts'
import { html, type Html } from './html.ts'

export interface Page {
  /** Its path in the site. */
  readonly page: string
  /** As the tab says it. */
  readonly title: string
  /** From the site's first page to the one before this; the last entry is this page. */
  readonly trail: readonly { readonly name: string; readonly address?: Address }[]
  readonly main: Html
  /** What is on the page and beside it. */
  readonly navigation?: Html
}

/** Nothing from elsewhere, no code but the site's own, nothing that a package's text could switch on. */
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"

/** A whole page around its content: landmarks, the way back, the search, what else there is. */
export function renderPage({ page, title, trail, main, navigation }: Page): string {
  const to = (file: string): string => href(page, { page: file })
  const root = '../'.repeat(page.split('/').length - 1)
  const crumbs = trail.map(({ name, address }, index) => {
    const isLast = index === trail.length - 1
    if (isLast || address === undefined) return html`<li aria-current="page">${name}</li>`
    return html`<li><a href="${href(page, address)}">${name}</a></li>`
  })
  const toContents = html`<a class="to-contents" href="#contents">Contents</a>\n`
  const contents = html`<nav id="contents" aria-label="Contents" tabindex="-1">\n${navigation}</nav>\n`
  return `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="${to('assets/site.css')}">
<script defer src="${to('assets/search.js')}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<nav aria-label="Way back"><ol>${crumbs}</ol></nav>
${navigation && toContents}<search id="search" data-root="${root}" data-index="${to('assets/search-index.js')}" hidden></search>
</header>
<div class="columns">
<main id="main" tabindex="-1">
${main}</main>
${navigation && contents}</div>
</body>
</html>
`}`
}
