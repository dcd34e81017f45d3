import type { Attribute } from '../wit/syntax.ts'
import type { Definition } from './definitions.ts'
import type { PlacedDefinition, Texts } from './texts.ts'

/** Lines of a definition's text that are shown. */
const mostLines = 40

/** What a definition is, as Markdown: its text, where it stands, its gates, its docs. */
export function describeDefinition(texts: Texts, found: PlacedDefinition): string {
  const { definition, around } = found
  const where = around.map(({ kind, name }) => `${kind} \`${name}\``).join(', ')
  const gates = definition.attributes.map(describeGate)
  return [
    `\`\`\`wit\n${textOf(texts, found)}\n\`\`\``,
    [where, ...gates].filter((part) => part !== '').join(' · '),
    definition.docs ?? '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function describeGate(gate: Attribute): string {
  switch (gate.kind) {
    case 'since':
      return `since ${gate.version}`
    case 'deprecated':
      return `**deprecated** since ${gate.version}`
    case 'unstable':
      return `**unstable**: ${gate.feature}`
    case 'external-id':
      return `external id ${JSON.stringify(gate.id)}`
  }
}

/** Of what has much in it, the head alone. */
function textOf(texts: Texts, { definition, place }: PlacedDefinition): string {
  const { text } = place.source
  if (definition.kind === 'package') return `package ${definition.name};`
  const item = texts.tokens(place.source).item(place.span.start)
  const whole = unindented(text.slice(item.text.start, item.text.end), indentOf(text, item.text.start))
  const isLong = hasItems(definition) || whole.split('\n').length > mostLines
  return isLong ? text.slice(item.head.start, item.head.end) : whole
}

function hasItems({ kind, children }: Definition): boolean {
  if (kind === 'interface' || kind === 'world') return true
  return (kind === 'import' || kind === 'export') && children.length > 0
}

function indentOf(text: string, start: number): string {
  return /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))![0]
}

function unindented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
    .join('\n')
}
