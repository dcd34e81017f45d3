import type { Span } from '../diagnostics/span.ts'
import { Source } from '../diagnostics/source.ts'
import { limits } from '../component/limits.ts'
import { type PackageName, printPackageName } from './package.ts'
import { parseFile } from './parse.ts'
import { refuseSize } from './text-size.ts'
import { type Place, Problems } from './problems.ts'
import type { FileSyntax, NestedPackageSyntax, TopLevelItem } from './syntax.ts'

/** The items of one package that one file has; names from top-level `use`s are known there only. */
export interface Section {
  readonly source: Source
  readonly items: readonly TopLevelItem[]
}

/** One package, gathered from its files. */
export interface PackageSource {
  readonly name: PackageName
  /** Where the package is given its name. */
  readonly place: Place
  readonly docs: string | undefined
  readonly sections: readonly Section[]
}

/** A file of WIT: its name, for messages, and its text or the bytes of it. */
export interface WitFile {
  readonly name: string
  readonly text: string | Uint8Array
}

/**
 * The packages of some files: the one that the files make up together, last, and those that are nested in them. Files are
 * taken in the order of their names. Undefined where a file cannot be read.
 */
export function gatherPackages(files: readonly WitFile[], problems: Problems): PackageSource[] | undefined {
  const before = problems.count
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
  const parsed = sorted.map(({ name, text }) =>
    parseFile(new Source(name, toText(name, text, problems)), problems),
  )
  return problems.count > before ? undefined : packagesIn(parsed, problems)
}

/** The same of files that are parsed, as far as they are. */
export function packagesIn(files: readonly FileSyntax[], problems: Problems): PackageSource[] {
  const nested = files.flatMap(({ source, packages }) =>
    packages.map((one) => nestedPackage(source, one, problems)),
  )
  const main = mainPackage(files, problems)
  return main === undefined ? nested : [...nested, main]
}

function nestedPackage(source: Source, syntax: NestedPackageSyntax, problems: Problems): PackageSource {
  for (const { declaration } of syntax.packages) {
    problems.report({ source, span: declaration.name }, 'nested packages must be placed at the top-level', {
      notes: [`move it out of \`package ${printPackageName(syntax.declaration.name)}\``],
    })
  }
  const { name, docs } = syntax.declaration
  return { name, docs, place: { source, span: name }, sections: [{ source, items: syntax.items }] }
}

function mainPackage(files: readonly FileSyntax[], problems: Problems): PackageSource | undefined {
  const declared = files.flatMap(({ source, declaration }) =>
    declaration ? [{ source, ...declaration }] : [],
  )
  const [first, ...others] = declared
  if (first === undefined) {
    const source = files[0]?.source ?? new Source('<wit>', '')
    problems.report(
      { source, span: { start: 0, end: 0 } },
      'no `package` header was found in any WIT file for this package',
      { notes: ['begin one of its files with `package namespace:name;`'] },
    )
    return undefined
  }
  const name = printPackageName(first.name)
  for (const other of others) {
    const found = printPackageName(other.name)
    if (found === name) continue
    problems.report(
      { source: other.source, span: other.name },
      `package identifier \`${found}\` does not match previous package name of \`${name}\``,
      { related: [{ source: first.source, span: first.name, text: 'named here' }] },
    )
  }
  return {
    name: first.name,
    place: { source: first.source, span: first.name },
    docs: docsOfPackage(declared, problems),
    sections: files.map(({ source, items }) => ({ source, items })),
  }
}

function docsOfPackage(
  declared: readonly { source: Source; docs: string | undefined; docsSpan: Span }[],
  problems: Problems,
): string | undefined {
  const [first, ...others] = declared.filter(({ docs }) => docs !== undefined)
  for (const other of others) {
    problems.report(
      { source: other.source, span: other.docsSpan },
      "found doc comments on multiple 'package' items",
      { related: [{ source: first!.source, span: first!.docsSpan, text: 'the others' }] },
    )
  }
  return first?.docs
}

/**
 * The bytes of a file as text.
 *
 * @throws {WitError} where they are not UTF-8
 */
export function textOfFile(name: string, bytes: Uint8Array): string {
  const problems = new Problems()
  const text = toText(name, bytes, problems)
  problems.throwIfAny()
  return text
}

/** Reports bytes that are not UTF-8, or too many. */
export function toText(name: string, text: string | Uint8Array, problems: Problems): string {
  if (typeof text === 'string') return text
  if (text.length > limits.witText) {
    refuseSize(new Source(name, ''), problems)
    return ''
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text)
  } catch {
    // Each wrong sequence becomes a U+FFFD; the first that the bytes do not spell out is the place.
    const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(text)
    const start = firstDifference(lenient, text)
    const place = { source: new Source(name, lenient), span: { start, end: start + 1 } }
    problems.report(place, 'this is not UTF-8', {
      notes: ['WIT is text in UTF-8: save the file in that encoding'],
    })
    return ''
  }
}

function firstDifference(lenient: string, bytes: Uint8Array): number {
  const encoded = new TextEncoder().encode(lenient)
  let at = 0
  while (at < bytes.length && encoded[at] === bytes[at]) at++
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, at))
  // The bytes before may end within the sequence that is wrong.
  return Math.max(0, before.endsWith('\ufffd') ? before.length - 1 : before.length)
}

/** What a package that is not there may be called instead, or where it is looked for, for notes; names are in full. */
export function knownPackages(wanted: string, known: Iterable<string>, problems: Problems): string[] {
  const names = [...known]
  const alike = likelyPackage(wanted, names, problems)
  if (alike !== undefined) return [`did you mean \`${alike}\`?`]
  const shown = names.length > 10 ? [...names.slice(0, 10), '…'] : names
  return [
    ...(names.length > 1 ? [`known packages: ${shown.join(', ')}`] : []),
    'packages that it needs belong into `deps` beside it: name the folder that has both, or each of them',
  ]
}

/** In another version, or with another name or namespace: what `wasi:io` and `wasi:cli` share makes them not alike. */
function likelyPackage(wanted: string, known: readonly string[], problems: Problems): string | undefined {
  const { namespace, name } = partsOf(wanted)
  const parts = known.map((full) => ({ full, ...partsOf(full) }))
  const siblings = parts.filter((each) => each.namespace === namespace)
  const namesakes = parts.filter((each) => each.name === name)
  const version = siblings.find((each) => each.name === name)
  if (version !== undefined) return version.full
  const own = problems.nearest(
    name,
    siblings.map((each) => each.name),
  )
  const other = problems.nearest(
    namespace,
    namesakes.map((each) => each.namespace),
  )
  const found =
    siblings.find((each) => each.name === own) ?? namesakes.find((each) => each.namespace === other)
  return found?.full
}

/** Of `namespace:name@version`. */
function partsOf(full: string): { readonly namespace: string; readonly name: string } {
  const [namespace = '', name = ''] = full.replace(/@.*$/, '').split(':')
  return { namespace, name }
}
