import type { ExplainedImport } from '../../compose/explain-imports.ts'
import { describeWanting } from '../../compose/open-imports.ts'
import type { Style } from '../terminal.ts'

/** What a composition leaves open, as `--explain` shows it. */
export function explanationText(imports: readonly ExplainedImport[], style: Style): string {
  if (imports.length === 0) return 'Nothing is left open.\n'
  return `${style('bold', 'Left open:')}\n${imports.map((each) => explained(each, style)).join('')}`
}

function explained({ name, type, wantedBy, candidates }: ExplainedImport, style: Style): string {
  const lines = [
    `  ${style('bold', name)}: ${type}`,
    style('dim', `    wanted by ${describeWanting({ name, wantedBy })}`),
  ]
  if (candidates.length === 0) lines.push('    no package exports anything like it')
  for (const { package: from, export: exported, why } of candidates) {
    lines.push(`    ${from} exports ${exported}:`, ...why.map((line) => `      ${line}`))
  }
  return lines.map((line) => `${line}\n`).join('')
}
