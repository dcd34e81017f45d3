import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { Source } from '../../diagnostics/source.ts'
import { WacError } from '../../errors.ts'
import { toText, type WitFile } from '../../wit/package-sources.ts'
import { Problems } from '../../wit/problems.ts'
import { References } from '../../wit/references.ts'
import type { Document } from './document.ts'
import type { PackageFinder } from './package-finder.ts'
import { parseDocument } from './parse.ts'
import { DocumentResolver } from './resolve-document.ts'
import type { DocumentSyntax } from './syntax.ts'

/** A WAC text that may be broken, evaluated as far as it can be. */
export interface EvaluatedDocument {
  readonly source: Source
  /** Undefined where the text does not begin with a name. */
  readonly syntax: DocumentSyntax | undefined
  /** Undefined where there is no syntax. */
  readonly document: Document | undefined
  /** Of the text's grammar: they keep it from being edited. */
  readonly unreadable: readonly Diagnostic[]
  /** All, these too. */
  readonly problems: readonly Diagnostic[]
  readonly references: References
}

/** All features take part. */
export function evaluateDocument(file: WitFile, finder: PackageFinder): EvaluatedDocument {
  const problems = new Problems((diagnostics) => new WacError(diagnostics))
  const references = new References()
  let source = new Source(file.name, '')
  let syntax: DocumentSyntax | undefined
  let document: Document | undefined
  const unreadable = [
    ...problems.during(() => {
      source = new Source(file.name, toText(file.name, file.text, problems))
      syntax = parseDocument(source, problems)
    }),
  ]
  if (syntax === undefined) return { source, syntax, document, unreadable, problems: unreadable, references }
  const resolver = new DocumentResolver(syntax, problems, finder, 'all', references)
  document = resolver.document
  const found = problems.during(() => resolver.resolve())
  return { source, syntax, document, unreadable, problems: found, references }
}
