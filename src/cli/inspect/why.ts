/** The answer to `tenon inspect --why NAME`: how an import comes to be called. */
import { parseExternName } from '../../component/names.ts'
import { nearest } from '../../diagnostics/nearest.ts'
import { UsageError } from '../../errors.ts'
import type { Style } from '../terminal.ts'
import type { CallPath } from '../../inspect/call-graph.ts'
import type { Inspection } from '../../inspect/inspection.ts'
import type { ImportItem } from '../../inspect/wiring.ts'

export function whyPage(inspection: Inspection, name: string, style: Style): string {
  const { report } = inspection
  const matches = matcher(name)
  if (!report.imports.some((item) => matches(item.name))) throw unknownImport(report.imports, name)
  const paths = inspection.callGraph().paths((item) => matches(item.import))
  const used = report.imports.filter((item) => matches(item.name)).flatMap((item) => item.modules)
  if (used.length === 0) return `${name}: only types of it are used, no module calls it\n`
  const pages = paths.map((path) => pathLines(path, style).join('\n'))
  if (pages.length === 0) return `${name}: modules import it, and no code in them leads there\n`
  const nameless = paths.flatMap((path) => path.steps).filter((step) => step.name.startsWith('function '))
  if (nameless.length > 0)
    pages.push(
      style(
        'dim',
        'Functions have numbers where the module has no name section: build without stripping it.',
      ),
    )
  return `${pages.join('\n\n')}\n`
}

/** Versions may be left away. */
function matcher(name: string): (candidate: string) => boolean {
  return (candidate) => candidate === name || unversioned(candidate) === name
}

function unversioned(name: string): string {
  return name.replace(/@[^@]*$/, '')
}

function unknownImport(imports: readonly { readonly name: string }[], name: string): UsageError {
  const names = imports.flatMap((item) => [item.name, unversioned(item.name)])
  const [candidate] = nearest(name, names)
  return new UsageError(
    `--why ${name}: the component imports nothing of that name`,
    candidate ? [`did you mean ${candidate}?`] : [],
  )
}

function pathLines(path: CallPath, style: Style): string[] {
  const head = style('bold', describeImport(path.import))
  const width = Math.max(...path.steps.map((step) => step.module.length))
  const steps = path.steps.map(
    ({ module, name }) => `  ${style('dim', module.padEnd(width))}  ${demangle(name)}`,
  )
  const from =
    path.export === undefined
      ? 'through a function pointer, or at the start:'
      : `from the export ${describeExport(path.export)}:`
  return [`${head} ${style('dim', from)}`, ...steps]
}

function describeImport({ import: name, item }: ImportItem): string {
  if (item === undefined) return name
  const drop = /^\[resource-drop\](.*)$/.exec(item)?.[1]
  if (drop !== undefined) return `${name}: drop of a ${drop}`
  const parts = parseExternName(item)
  if (parts.kind === 'method' || parts.kind === 'static') return `${name}: ${parts.resource}.${parts.label}`
  return `${name}: ${parts.kind === 'constructor' ? `constructor of ${parts.resource}` : item}`
}

export function describeExport({ import: name, item }: ImportItem): string {
  return item === undefined ? name : `${name}#${item}`
}

/** Rust's older mangling: `_ZN4core3fmt5write17h0123456789abcdefE` is `core::fmt::write`. */
function demangle(name: string): string {
  const mangled = /^_ZN(.*)E$/.exec(name)?.[1]
  if (mangled === undefined) return name
  const parts: string[] = []
  for (let rest = mangled; rest !== ''; ) {
    const length = /^[0-9]+/.exec(rest)?.[0]
    if (length === undefined) return name
    parts.push(rest.slice(length.length, length.length + Number(length)))
    rest = rest.slice(length.length + Number(length))
  }
  return parts.filter((part) => !/^h[0-9a-f]{16}$/.test(part)).join('::')
}
