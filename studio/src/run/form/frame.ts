/** The line with what is wrong underlined, cut where it is long. */
export function frame(text: string, start: number, end: number): string {
  const lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = text.indexOf('\n', start) === -1 ? text.length : text.indexOf('\n', start)
  const from = Math.max(lineStart, start - 30)
  const to = Math.min(lineEnd, Math.max(start + 40, 0))
  const lead = from > lineStart ? '…' : ''
  const line = `${lead}${text.slice(from, to)}${to < lineEnd ? '…' : ''}`
  const marks = '^'.repeat(Math.max(1, Math.min(end, to) - start))
  return `${line.replaceAll('\t', ' ')}\n${' '.repeat(start - from + lead.length)}${marks}`
}
