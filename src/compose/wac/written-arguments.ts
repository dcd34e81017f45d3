import type { Place } from '../../wit/problems.ts'
import type { NodeId } from '../composition-node.ts'
import type { Document } from './document.ts'
import { nameEndingIn } from './extern-name.ts'
import type { InstantiationOrigin } from './origins.ts'
import type { ArgumentSyntax, ExpressionSyntax } from './syntax.ts'

/** An argument of an instance, as it stands between the braces. */
export interface WrittenArgument {
  /** `implicit`: `...` alone. */
  readonly how: 'named' | 'inferred' | 'spread' | 'implicit'
  /** The whole name of the import that is meant, where the package is known; else as written. Undefined of `...` and `...instance`. */
  readonly name: string | undefined
  /** Of the expression: all but the name and the colon. */
  readonly text: string
  /** In the braces, without the comma. */
  readonly place: Place
  /** What is given: undefined where it is more than a name, or a name and one access. */
  readonly from: WrittenSource | undefined
  /** The same as a node; undefined where it is broken, or may be several. */
  readonly node: NodeId | undefined
}

/** `name`, or an export of it. */
export interface WrittenSource {
  readonly name: string
  /** The whole name where the instance is known, else as written; undefined for the instance itself. */
  readonly export: string | undefined
}

/** Of an instance that need not have been made. */
export function writtenArguments(document: Document, origin: InstantiationOrigin): WrittenArgument[] {
  const { name: path, version } = origin.syntax.package
  const key = version === undefined ? path : `${path}@${version}`
  const imports = document.composition.packages.get(key)?.type.imports ?? new Map<string, unknown>()
  const evaluated = new Map(
    Array.from(origin.arguments, ([name, { syntax, node }]) => [syntax, { name, node }]),
  )
  return origin.syntax.arguments.map((syntax) => {
    const known = evaluated.get(syntax)
    const isOne = known !== undefined && syntax.kind !== 'spread'
    return {
      how: syntax.kind,
      name: isOne ? known.name : writtenName(syntax, imports),
      text: textOf(document, syntax),
      place: document.place(syntax),
      from: sourceOf(document, syntax),
      node: isOne ? known.node : undefined,
    }
  })
}

function writtenName(syntax: ArgumentSyntax, imports: ReadonlyMap<string, unknown>): string | undefined {
  if (syntax.kind !== 'named' && syntax.kind !== 'inferred') return undefined
  const name = syntax.kind === 'named' ? syntax.name.text : syntax.id.name
  const isExact = syntax.kind === 'named' && syntax.name.quoted
  return isExact ? name : (nameEndingIn(name, imports) ?? name)
}

function textOf({ source }: Document, syntax: ArgumentSyntax): string {
  const { start, end } = syntax.kind === 'named' ? syntax.value : syntax
  return source.text.slice(start, end)
}

function sourceOf(document: Document, syntax: ArgumentSyntax): WrittenSource | undefined {
  if (syntax.kind === 'named') return writtenSource(document, syntax.value)
  return syntax.kind === 'implicit' ? undefined : { name: syntax.id.name, export: undefined }
}

/** Undefined for what is more than a name, or a name and one access. */
function writtenSource(document: Document, expression: ExpressionSyntax): WrittenSource | undefined {
  const outer = withoutParentheses(expression)
  if (outer.kind === 'name') return { name: outer.name, export: undefined }
  const inner = outer.kind === 'access' ? withoutParentheses(outer.of) : undefined
  if (outer.kind !== 'access' || inner?.kind !== 'name') return undefined
  const { text, quoted } = outer.name
  const full = quoted ? undefined : nameEndingIn(text, document.exportsOf(inner.name))
  return { name: inner.name, export: full ?? text }
}

export function withoutParentheses(expression: ExpressionSyntax): ExpressionSyntax {
  let inner = expression
  while (inner.kind === 'nested') inner = inner.inner
  return inner
}
