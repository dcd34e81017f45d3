/** A tree of blocks, each sorted, with every used type on a line of its own and without comments. */
export function normalize(text: string): string[] {
  const lines = text
    .split('\n')
    .flatMap((line) => line.trim().replace(/\{\}$/, '{\n}').split('\n'))
    .filter((line) => line !== '' && !line.startsWith('//'))
  return block(lines[Symbol.iterator]()).sort()
}

function block(lines: IterableIterator<string>): string[] {
  const items: string[] = []
  for (let next = lines.next(); !next.done && next.value !== '}'; next = lines.next()) {
    const line = next.value
    const use = /^(use .*)\.\{(.*)\};$/.exec(line)
    if (use) items.push(...use[2]!.split(', ').map((name) => `${use[1]}.${name}`))
    else if (line.endsWith('{')) items.push(`${line} ${body(line, lines).join(' ')} }`)
    else items.push(line)
  }
  return items
}

/** The order of fields and cases means something, that of interfaces and their items does not. */
function body(head: string, lines: IterableIterator<string>): string[] {
  const items = block(lines)
  return /^(record|variant|enum|flags) /.test(head) ? items : items.sort()
}
