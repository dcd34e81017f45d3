import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { Source } from '../../diagnostics/source.ts'
import { WacError } from '../../errors.ts'
import { toText, type WitFile } from '../../wit/package-sources.ts'
import type { Place } from '../../wit/problems.ts'
import { Problems } from '../../wit/problems.ts'
import { References } from '../../wit/references.ts'
import type { Document } from './document.ts'
import { itemText } from './item-text.ts'
import type { PackageFinder } from './package-finder.ts'
import { parseDocument } from './parse.ts'
import { DocumentResolver } from './resolve-document.ts'
import type { DocumentSyntax } from './syntax.ts'

/** What a name of a WAC text stands for. */
export interface WacName {
  readonly place: Place
  /** In one line: `func(a: u32)`, `instance { run }`; undefined where something is wrong with it. */
  readonly text: string | undefined
  /** Of an instance: what can be accessed. */
  readonly exports: readonly string[]
}

/** What there is to know of a WAC text that may be half written. */
export interface WacAnalysis {
  /** As far as it can be read; undefined where it does not begin with a name. */
  readonly syntax: DocumentSyntax | undefined
  readonly problems: readonly Diagnostic[]
  readonly references: References
  /** In the order of the text. */
  readonly names: ReadonlyMap<string, WacName>
}

/**
 * Looks up all names in a WAC text that may be broken: what can be read is told whatever is wrong with the rest, so that editors can
 * use it while people type. All features take part.
 *
 * @example
 * const text = 'package my:app; import log: func(); let a = log.; export log;'
 * analyzeWac({ name: 'app.wac', text }, { find: () => undefined }).names.get('log').text // func()
 */
export function analyzeWac(file: WitFile, finder: PackageFinder): WacAnalysis {
  const problems = new Problems((diagnostics) => new WacError(diagnostics))
  const references = new References()
  let syntax: DocumentSyntax | undefined
  let document: Document | undefined
  const found = problems.during(() => {
    const source = new Source(file.name, toText(file.name, file.text, problems))
    syntax = parseDocument(source, problems)
    if (syntax === undefined) return
    const resolver = new DocumentResolver(syntax, problems, finder, 'all', references)
    document = resolver.document
    resolver.resolve()
  })
  return { syntax, problems: found, references, names: namesOf(document) }
}

function namesOf(document: Document | undefined): ReadonlyMap<string, WacName> {
  const names = new Map<string, WacName>()
  for (const [name, { item, place }] of document?.names ?? []) {
    const type = item?.kind === 'node' ? document!.composition.typeOf(item.node) : undefined
    const exports = type?.kind === 'instance' ? [...type.exports.keys()] : []
    names.set(name, { place, text: item && itemText(item, type), exports })
  }
  return names
}
