/** A report as a page for people. */
import { asInterface, packageOf } from '../../wit/package-name.ts'
import { highlightWit } from '../highlight-wit.ts'
import type { Style } from '../terminal.ts'
import { contentsLines } from './contents.ts'
import { modulesOf } from '../../inspect/file-tree.ts'
import { describeItems } from '../../inspect/item-names.ts'
import { describeExport } from './why.ts'
import { producerNames } from '../../inspect/producer-names.ts'
import type { ReportedItem, Report } from '../../inspect/inspection.ts'
import { formatShare, formatSize } from './sizes.ts'

export function inspectPage(file: string, report: Report, style: Style, columns: number): string {
  const heading = (text: string): string[] => ['', style('bold', text)]
  return [
    ...summary(file, report, style),
    ...heading('Exports'),
    ...itemLines(report.exports, style, columns, 'implemented in'),
    ...heading('Imports'),
    ...itemLines(report.imports, style, columns, 'used by'),
    ...heading('Contents'),
    ...contentsLines(report, style),
    '',
  ].join('\n')
}

function summary(file: string, report: Report, style: Style): string[] {
  const lines = [`${style('bold', file)}  a component of ${formatSize(report.size)}`]
  const tools = producerNames(report.producers)
  if (tools !== '') lines.push(style('dim', `made with ${tools}`))
  const heavy = heaviest(report)
  if (heavy !== '') lines.push(`most of it is ${heavy}`)
  return lines
}

/** How people call what a section holds. */
const contents: Readonly<Record<string, string>> = {
  data: 'initial memory',
  code: 'code',
  name: 'names for debugging',
}

/** The few sections that make up most of the file. */
function heaviest({ contents: tree, size }: Report): string {
  const sections = modulesOf(tree).flatMap((module) =>
    Object.entries(module.sections).map(([section, bytes]) => ({ module: module.name, section, bytes })),
  )
  const large = sections.filter(({ bytes }) => bytes > size / 10).sort((a, b) => b.bytes - a.bytes)
  return large
    .slice(0, 3)
    .map(({ module, section, bytes }) => {
      const what = contents[section] ?? section
      return `${what} of ${module} (${formatSize(bytes)}, ${formatShare(bytes, size)})`
    })
    .join(' and ')
}

/**
 * The world's own functions and everybody's interfaces in full; of WASI only what is used, as everybody can look up
 * the rest.
 */
function itemLines(items: readonly ReportedItem[], style: Style, columns: number, verb: string): string[] {
  if (items.length === 0) return [style('dim', '  none')]
  const usual = usualUser(items)
  // Who it is need not be said on every line.
  const suffix = (item: ReportedItem): string => {
    const names = usersOf(item)
    const who = names === '' || names === usual ? [] : [`⟵ ${names}`]
    const words = [...who, ...describeReach(item)]
    return words.length === 0 ? '' : style('dim', `  ${words.join(', ')}`)
  }
  const lines = items.filter((item) => !isWasi(item)).flatMap((item) => ownItem(item, suffix(item), style))
  for (const [name, all] of Map.groupBy(items.filter(isWasi), (item) =>
    packageOf(asInterface(item.interface!)!),
  )) {
    lines.push(`  ${name}`)
    const width = Math.max(...all.map((item) => asInterface(item.interface!)!.interface.length))
    const rows = all.map((item) => wrap(describeItems(item), Math.max(columns - 4 - width - 2, 30)))
    const short = rows.filter((row) => row.length === 1).map(([only]) => only!.length)
    const column = Math.min(Math.max(0, ...short), 40)
    all.forEach((item, index) => {
      lines.push(...wasiItem(item, rows[index]!, width, column, suffix(item), style))
    })
  }
  const others = items.some((item) => usersOf(item) !== usual && usersOf(item) !== '')
  if (usual !== '')
    lines.push(style('dim', `  ${verb} ${usual}${others ? ', where nothing else is said' : ''}`))
  return lines
}

/** What is called by the export itself needs no words. */
function describeReach({ reached }: ReportedItem): string[] {
  if (!reached) return []
  if (reached.export === undefined) return ['only through function pointers']
  return reached.calls <= 1 ? [] : [`${reached.calls} calls below ${describeExport(reached.export)}`]
}

function usersOf(item: ReportedItem): string {
  return item.modules.map((module) => module.name).join(', ')
}

/** The users that most of the items have. */
function usualUser(items: readonly ReportedItem[]): string {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(usersOf(item), (counts.get(usersOf(item)) ?? 0) + 1)
  counts.delete('')
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? ''
}

function isWasi(item: ReportedItem): boolean {
  return item.interface?.startsWith('wasi:') ?? false
}

/** Interfaces longer than this are shown by their functions alone. */
const longest = 30

function ownItem(item: ReportedItem, suffix: string, style: Style): string[] {
  if (item.kind === 'function') return [`  ${item.name}: ${highlightWit(item.wit, style)}${suffix}`]
  const kind = item.kind === 'instance' ? '' : style('dim', ` (${item.kind.replace('-', ' ')})`)
  return [`  ${item.name}${kind}${suffix}`, ...interfaceBody(item.wit, style)]
}

function interfaceBody(wit: string, style: Style): string[] {
  const lines = wit === '' ? [] : wit.split('\n').filter((line) => line !== '')
  const shown = lines.length > longest ? lines.filter((line) => /^\S+: .*func\(/.test(line)) : lines
  const body = shown.map((line) => `    ${highlightWit(line, style)}`)
  if (shown.length < lines.length) body.push(style('dim', '    and its types: see `tenon wit`'))
  return body
}

/** `width` is that of the names, `column` where what follows a short line begins. */
function wasiItem(
  item: ReportedItem,
  [first = 'only types of it are used', ...rest]: readonly string[],
  width: number,
  column: number,
  suffix: string,
  style: Style,
): string[] {
  const name = asInterface(item.interface!)!.interface.padEnd(width)
  const colour = item.modules.length === 0 ? 'yellow' : 'cyan'
  const padding = suffix === '' || rest.length > 0 ? '' : ' '.repeat(Math.max(0, column - first.length))
  const indent = ' '.repeat(4 + width + 2)
  const lines = [
    `    ${name}  ${style(colour, first)}${padding}`,
    ...rest.map((line) => indent + style(colour, line)),
  ]
  lines[lines.length - 1] += suffix
  return lines
}

/** Words with commas between them, in lines of at most `width` columns. */
export function wrap(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  words.forEach((word, index) => {
    const text = index < words.length - 1 ? `${word},` : word
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + text.length <= width)
      lines[lines.length - 1] = `${last} ${text}`
    else lines.push(text)
  })
  return lines
}
