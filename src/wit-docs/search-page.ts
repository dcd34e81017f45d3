/** What it is, its name, what it stands in, its address from the first page, the beginning of its docs. */
export type SearchEntry = readonly [kind: string, name: string, within: string, href: string, docs: string]

/**
 * The search, as it runs in a page. It is written out as it stands (`Function.prototype.toString`), so that nothing outside of
 * it may be used. The index is loaded when it is first wanted.
 */
export function search(page: Document): void {
  const box = page.getElementById('search')!
  const root = box.dataset.root!
  const most = 30
  let entries: readonly SearchEntry[] | undefined
  let found: readonly SearchEntry[] = []
  let active = -1

  const input = page.createElement('input')
  input.type = 'search'
  input.placeholder = 'Search  ( / )'
  input.autocomplete = 'off'
  input.spellcheck = false
  const list = page.createElement('div')
  list.id = 'results'
  list.hidden = true
  const status = page.createElement('p')
  status.className = 'status'
  const attributes = [
    [
      input,
      { role: 'combobox', 'aria-label': 'Search', 'aria-controls': 'results', 'aria-expanded': 'false' },
    ],
    [input, { 'aria-autocomplete': 'list', 'aria-keyshortcuts': '/' }],
    [list, { role: 'listbox', 'aria-label': 'Results' }],
    [status, { role: 'status' }],
  ] as const
  for (const [element, each] of attributes)
    for (const [name, value] of Object.entries(each)) element.setAttribute(name, value)
  box.append(input, list, status)
  box.hidden = false

  function load(): void {
    if (entries !== undefined || page.getElementById('search-index')) return
    const script = page.createElement('script')
    script.id = 'search-index'
    script.src = box.dataset.index!
    script.onload = () => {
      entries = (globalThis as { tenonSearchIndex?: readonly SearchEntry[] }).tenonSearchIndex ?? []
      update()
    }
    page.head.append(script)
  }

  /** Names that are it, then those that begin with it, have it, or whose docs do; parts of types come last. */
  function rank([kind, name, within, , docs]: SearchEntry, words: readonly string[]): number {
    const last = name.slice(name.lastIndexOf('.') + 1)
    const full = `${within}/${name}`
    let sum = /^(field|case|flag)$/.test(kind) ? 8 : 0
    for (const word of words) {
      if (name === word || last === word) sum += 0
      else if (name.startsWith(word) || last.startsWith(word)) sum += 10
      else if (name.includes(word)) sum += 20
      else if (full.includes(word)) sum += 40
      else if (docs.toLowerCase().includes(word)) sum += 60
      else return -1
    }
    return sum * 1000 + name.length
  }

  function update(): void {
    const words = input.value.toLowerCase().replaceAll('::', '.').split(/\s+/).filter(Boolean)
    if (words.length === 0 || entries === undefined) {
      show([], words.length > 0)
      return
    }
    const ranked = entries
      .map((entry) => ({ entry, rank: rank(entry, words) }))
      .filter(({ rank }) => rank >= 0)
      .sort((a, b) => a.rank - b.rank)
    show(
      ranked.slice(0, most).map(({ entry }) => entry),
      false,
    )
    status.textContent =
      ranked.length > most ? `${most} of ${ranked.length} results` : `${ranked.length} results`
  }

  function show(results: readonly SearchEntry[], loading: boolean): void {
    found = results
    active = -1
    status.textContent = loading ? 'Loading' : ''
    list.replaceChildren(...results.map(option))
    list.hidden = results.length === 0
    input.setAttribute('aria-expanded', String(results.length > 0))
    activate(results.length > 0 ? 0 : -1)
  }

  function option([kind, name, within, href, docs]: SearchEntry, index: number): HTMLElement {
    const link = page.createElement('a')
    link.href = root + href
    link.id = `result-${index}`
    link.tabIndex = -1
    link.setAttribute('role', 'option')
    for (const [tag, text] of [
      ['small', kind],
      ['b', name],
      ['span', within],
      ['p', docs],
    ] as const) {
      const part = page.createElement(tag)
      part.textContent = text
      link.append(part, ' ')
    }
    link.onmousemove = () => activate(index)
    return link
  }

  function activate(index: number): void {
    list.children[active]?.removeAttribute('aria-selected')
    active = index
    const item = list.children[active]
    if (item === undefined) {
      input.removeAttribute('aria-activedescendant')
      return
    }
    item.setAttribute('aria-selected', 'true')
    item.scrollIntoView({ block: 'nearest' })
    input.setAttribute('aria-activedescendant', item.id)
  }

  function close(): void {
    input.value = ''
    show([], false)
  }

  input.onfocus = load
  input.oninput = () => {
    load()
    update()
  }
  input.onkeydown = (event) => {
    const count = found.length
    if (event.key === 'ArrowDown' && count > 0) activate((active + 1) % count)
    else if (event.key === 'ArrowUp' && count > 0) activate((active + count - 1) % count)
    else if (event.key === 'Enter' && active >= 0) (list.children[active] as HTMLElement).click()
    else if (event.key === 'Escape') {
      close()
      input.blur()
    } else return
    event.preventDefault()
  }
  list.onclick = close
  page.onclick = (event) => {
    if (!box.contains(event.target as Node)) show([], false)
  }
  page.onkeydown = (event) => {
    const isText = (event.target as Element).matches?.('input, textarea, select')
    if (event.key !== '/' || isText || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    input.focus()
  }
}
