import { Source } from '../../diagnostics/source.ts'
import { WacError } from '../../errors.ts'
import type { Features } from '../../wit/gates.ts'
import { toText, type WitFile } from '../../wit/package-sources.ts'
import { Problems } from '../../wit/problems.ts'
import type { PackageFinder } from './package-finder.ts'
import { parseDocument } from './parse.ts'
import { DocumentResolver, type ResolvedWac } from './resolve-document.ts'

export type { ResolvedWac } from './resolve-document.ts'

export interface WacOptions {
  /** The unstable features that take part; none where nothing is said. */
  readonly features?: Features
}

/**
 * A WAC text as a composition (LANGUAGE.md of bytecodealliance/wac).
 *
 * @param finder where its packages come from
 * @throws {WacError} with all problems of the text
 * @example
 * const text = 'package my:app; let a = new docs:adder { ... }; export a.go as start;'
 * const component = await assemble('(component (import "log" (func)) (export "go" (func 0)))')
 * const found = { kind: 'component', component }
 * Array.from(resolveWac({ name: 'app.wac', text }, { find: () => found }).composition.exports.keys()) // ['start']
 */
export function resolveWac(
  file: WitFile,
  finder: PackageFinder,
  { features = new Set() }: WacOptions = {},
): ResolvedWac {
  const problems = new Problems((diagnostics) => new WacError(diagnostics))
  const source = new Source(file.name, toText(file.name, file.text, problems))
  problems.throwIfAny()
  const syntax = parseDocument(source, problems)
  problems.throwIfAny()
  const resolved = new DocumentResolver(syntax!, problems, finder, features).resolve()
  problems.throwIfAny()
  return resolved
}
