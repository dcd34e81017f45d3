import { posix } from 'node:path'

const voidTags = new Set(['meta', 'link', 'br', 'hr', 'input'])

/** What a paragraph or a heading may have in it. */
const phrasing = new Set('a b br code em i s small span strong sup'.split(' '))

const tag = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>|<!doctype html>|</g

interface PageFacts {
  readonly ids: ReadonlySet<string>
  readonly links: readonly string[]
  /** Scripts, styles, whatever else is loaded. */
  readonly loaded: readonly string[]
}

/**
 * What is wrong with a site: tags that are not closed or stand where they may not, ids that are there twice, links to pages and
 * places that are not there, anything that is loaded from elsewhere.
 */
export function problemsOf(files: ReadonlyMap<string, string>): string[] {
  const problems: string[] = []
  const pages = new Map<string, PageFacts>()
  for (const [path, text] of files) if (path.endsWith('.html')) pages.set(path, read(path, text, problems))
  for (const [path, { links, loaded }] of pages) {
    for (const link of links) {
      if (/^(https?:|mailto:)/.test(link)) continue
      const [file, anchor] = link.split('#')
      const target = file === '' ? path : posix.join(posix.dirname(path), decodeURIComponent(file!))
      const found = pages.get(target)
      if (found === undefined) problems.push(`${path}: no page ${link}`)
      else if (anchor !== undefined && !found.ids.has(decodeURIComponent(anchor)))
        problems.push(`${path}: no anchor ${link}`)
    }
    for (const link of loaded)
      if (!files.has(posix.join(posix.dirname(path), link))) problems.push(`${path}: loads ${link}`)
  }
  return problems
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

function read(path: string, text: string, problems: string[]): PageFacts {
  const ids = new Set<string>()
  const links: string[] = []
  const loaded: string[] = []
  const open: string[] = []
  for (const match of text.matchAll(tag)) {
    const [whole, closing, name, attributes] = match
    const place = `${path}:${text.slice(0, match.index).split('\n').length}`
    if (whole === '<') problems.push(`${place}: ${text.slice(match.index, match.index + 40)} is no tag`)
    if (name === undefined) continue
    if (closing === '/') {
      const last = open.pop()
      if (last !== name) problems.push(`${place}: </${name}> closes <${last}>`)
      continue
    }
    const around = open.at(-1)
    const isParagraph = around === 'p' || /^h[1-6]$/.test(around ?? '')
    if (isParagraph && !phrasing.has(name)) problems.push(`${place}: <${name}> in <${around}>`)
    if (name === 'a' && open.includes('a')) problems.push(`${place}: a link in a link`)
    if (!voidTags.has(name)) open.push(name)
    for (const [, key, value] of attributes!.matchAll(/([a-z-]+)="([^"]*)"/g)) {
      const plain = unescaped(value!)
      if (key === 'id') {
        if (ids.has(plain)) problems.push(`${place}: the id ${plain} is there twice`)
        ids.add(plain)
      } else if (key === 'href' && name === 'a') links.push(plain)
      else if (key === 'src' || key === 'href' || key === 'data-index') loaded.push(plain)
      else if (key!.startsWith('on') || key === 'style') problems.push(`${place}: ${key}`)
    }
  }
  if (open.length > 0) problems.push(`${path}: not closed: ${open}`)
  return { ids, links, loaded }
}
