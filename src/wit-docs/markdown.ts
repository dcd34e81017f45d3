import MarkdownIt from 'markdown-it'
import { escapeText, type Html, showable, trusted } from './html.ts'

/** Where a code span leads that names something: `descriptor.read`, `error-code::access`. */
export type CodeLinks = (code: string) => string | undefined

interface Environment extends NonNullable<Parameters<typeof markdown.render>[1]> {
  readonly links: CodeLinks
  /** The heading that the text stands under, 1 to 6. */
  readonly level: number
  /** Levels of the text's own headings that are open. */
  readonly open: number[]
}

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false })

// Bare addresses are links only if they say so: `wasi.dev` may be anything.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })

// Of relative links nobody knows what they are relative to; all other schemes can do things.
markdown.validateLink = (url) => /^(https?:\/\/|mailto:)/i.test(url.trim())

const { rules } = markdown.renderer

rules.image = (tokens, index) => escapeText(tokens[index]!.content)

rules.code_inline = (tokens, index, _options, env) => {
  const { content } = tokens[index]!
  const code = `<code>${escapeText(content)}</code>`
  const href = isInLink(tokens, index) ? undefined : (env as Environment).links(content)
  return href === undefined ? code : `<a href="${escapeText(href)}">${code}</a>`
}

function isInLink(tokens: readonly { readonly type: string }[], index: number): boolean {
  const last = tokens.slice(0, index).findLast(({ type }) => type === 'link_open' || type === 'link_close')
  return last?.type === 'link_open'
}

rules.link_open = (tokens, index) => {
  const href = tokens[index]!.attrGet('href') ?? ''
  return `<a href="${escapeText(String(href))}" rel="noreferrer nofollow">`
}

// Wide ones scroll by themselves, also with the keyboard.
rules.table_open = () => '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>\n'
rules.table_close = () => '</table></div>\n'
rules.fence = rules.code_block = (tokens, index) =>
  `<pre class="scroll" tabindex="0"><code>${escapeText(tokens[index]!.content)}</code></pre>\n`

/** Below the heading around it, without a gap, whatever number of signs the text has. */
rules.heading_open = (tokens, index, _options, env) => {
  const { open } = env as Environment
  const level = Number(tokens[index]!.tag.slice(1))
  while (open.length > 0 && open.at(-1)! >= level) open.pop()
  open.push(level)
  return `<${headingTag(env as Environment)}>`
}
rules.heading_close = (_tokens, _index, _options, env) => `</${headingTag(env as Environment)}>\n`

function headingTag({ level, open }: Environment): string {
  return `h${Math.min(6, level + open.length)}`
}

/** A doc comment, which is CommonMark with tables, as markup: no tags of its own, no images, no links but to the web. */
export function renderDocs(docs: string, level: number, links: CodeLinks): Html {
  const env: Environment = { links, level, open: [] }
  return trusted(`<div class="docs">\n${markdown.render(showable(docs), env)}</div>\n`)
}

/** Its first paragraph in one line, for lists. */
export function renderSummary(docs: string | undefined): Html | undefined {
  const first = firstParagraph(docs)
  if (first === undefined) return undefined
  const env: Environment = { links: () => undefined, level: 1, open: [] }
  const children = first.children!.filter(({ type }) => !type.startsWith('link_'))
  return trusted(markdown.renderer.renderInline(children, markdown.options, env).replaceAll('\n', ' '))
}

/** The same without any markup. */
export function summaryText(docs: string | undefined): string {
  const first = firstParagraph(docs)
  if (first === undefined) return ''
  const texts = first.children!.map(({ type, content }) => (type.endsWith('break') ? ' ' : content))
  return texts.join('').trim()
}

function firstParagraph(docs: string | undefined) {
  if (docs === undefined) return undefined
  const tokens = markdown.parse(showable(docs), { links: () => undefined, level: 1, open: [] })
  const start = tokens.findIndex(({ type, level }) => type === 'paragraph_open' && level === 0)
  return start === -1 ? undefined : tokens[start + 1]
}
