import type { Style } from '../terminal.ts'
import type { ComponentNode, FileNode, ModuleNode } from '../../inspect/file-tree.ts'
import { producerNames } from '../../inspect/producer-names.ts'
import type { Report } from '../../inspect/inspection.ts'
import { bar, formatShare, formatSize } from './sizes.ts'

const barWidth = 10

/** The tree of what is inside, each with its size and its share of the file. */
export function contentsLines(report: Report, style: Style): string[] {
  return new Tree(report, style).lines()
}

class Tree {
  readonly #report: Report
  readonly #style: Style
  readonly #lines: string[] = []

  constructor(report: Report, style: Style) {
    this.#report = report
    this.#style = style
  }

  lines(): string[] {
    this.#node(this.#report.contents, '', '')
    return this.#lines
  }

  /** `branch` stands before the node's own line, `stem` before those of its children. */
  #node(node: FileNode, branch: string, stem: string): void {
    if (node.kind === 'core-module') {
      this.#line(
        node.size,
        `${branch}${this.#style('cyan', node.name)}${this.#detail(this.#moduleDetail(node))}`,
      )
      return
    }
    const name = node.name ?? 'component'
    this.#line(node.size, `${branch}${this.#style('bold', name)}${this.#detail(componentDetail(node))}`)
    for (const child of node.children) this.#node(child, `${stem}├─ `, `${stem}│  `)
    this.#line(
      node.ownSize,
      `${stem}└─ ${this.#style('dim', `types, names and wiring${customDetail(node)}`)}`,
    )
  }

  #line(size: number, text: string): void {
    const whole = this.#report.size
    const share = formatShare(size, whole).padStart(5)
    const columns = `${formatSize(size).padStart(8)} ${share} ${this.#style('green', bar(size, whole, barWidth).padEnd(barWidth))}`
    this.#lines.push(`  ${columns} ${text}`.trimEnd())
  }

  #detail(text: string): string {
    return text === '' ? '' : this.#style('dim', `  ${text}`)
  }

  #moduleDetail(module: ModuleNode): string {
    const parts: string[] = []
    if (module.functions > 0) parts.push(`${module.functions} function${module.functions === 1 ? '' : 's'}`)
    parts.push(...largeSections(module))
    const use = this.#report.uses[module.index]
    if (use === undefined) parts.push('never instantiated')
    else if (use.imports.length > 0)
      parts.push(`uses ${use.imports.length} import${use.imports.length === 1 ? '' : 's'}`)
    const tools = producerNames(module.producers)
    // Every module that a component tool made says so; the tool has been named at the top.
    if (tools !== '' && !/^wit-component [^,]*$/.test(tools)) parts.push(`by ${tools}`)
    return parts.join(' · ')
  }
}

/** The sections that make the module what it is: at least a tenth of it, and a hundredth of a megabyte. */
function largeSections(module: ModuleNode): string[] {
  return Object.entries(module.sections)
    .filter(([, size]) => size > module.size / 10 && size > 10_000)
    .sort(([, a], [, b]) => b - a)
    .map(([name, size]) => `${name} ${formatSize(size)}`)
}

function componentDetail(node: ComponentNode): string {
  return producerNames(node.producers)
}

function customDetail(node: ComponentNode): string {
  const large = node.customSections.filter(({ size }) => size > node.size / 10 || size > 10_000)
  return large.length === 0
    ? ''
    : `: ${large.map(({ name, size }) => `${name} ${formatSize(size)}`).join(', ')}`
}
