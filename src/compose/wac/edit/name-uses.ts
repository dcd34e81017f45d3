import type { Span } from '../../../diagnostics/span.ts'
import type { ArgumentSyntax, ExpressionSyntax, NewSyntax, StatementSyntax } from '../syntax.ts'

/** A name of the document where it is used as a value. */
export interface NameUse extends Span {
  readonly name: string
  /** An argument that is nothing but the name, or `...name`. */
  readonly argument: { readonly syntax: ArgumentSyntax; readonly of: NewSyntax } | undefined
}

/** A `new` expression of a statement. */
export interface Instantiation {
  readonly syntax: NewSyntax
  /** With the parentheses that are around nothing but it. */
  readonly outer: Span
  /** It stands in another one, or something of it is accessed, or it is not in a `let`. */
  readonly isAnonymous: boolean
}

export interface Expressions {
  readonly names: readonly NameUse[]
  /** Outer ones first. */
  readonly instantiations: readonly Instantiation[]
}

/** All that is in the expressions of a statement, in the order of the text. */
export function expressionsOf(statement: StatementSyntax): Expressions {
  const found = { names: [] as NameUse[], instantiations: [] as Instantiation[] }
  if (statement.kind === 'let') visit(statement.expression, found, false)
  else if (statement.kind === 'export') visit(statement.expression, found, true)
  else if (statement.kind === 'import' && statement.type.kind === 'name')
    found.names.push({ ...statement.type.name, argument: undefined })
  return found
}

export function expressionsIn(expression: ExpressionSyntax): Expressions {
  const found = { names: [] as NameUse[], instantiations: [] as Instantiation[] }
  visit(expression, found, true)
  return found
}

function visit(
  expression: ExpressionSyntax,
  found: { names: NameUse[]; instantiations: Instantiation[] },
  isAnonymous: boolean,
): void {
  const { core, outer, isAccessed } = coreOf(expression)
  if (core.kind === 'name') {
    found.names.push({ name: core.name, start: core.start, end: core.end, argument: undefined })
    return
  }
  found.instantiations.push({ syntax: core, outer, isAnonymous: isAnonymous || isAccessed })
  for (const argument of core.arguments) {
    if (argument.kind === 'named') visit(argument.value, found, true)
    else if (argument.kind !== 'implicit')
      found.names.push({ ...argument.id, argument: { syntax: argument, of: core } })
  }
}

/** What an expression begins with, whatever of it is accessed. */
export function coreOf(expression: ExpressionSyntax): {
  readonly core: Extract<ExpressionSyntax, { kind: 'name' | 'new' }>
  /** With the parentheses around nothing but it. */
  readonly outer: ExpressionSyntax
  readonly isAccessed: boolean
} {
  let outer = expression
  let core = expression
  let isAccessed = false
  while (core.kind === 'access' || core.kind === 'nested') {
    if (core.kind === 'access') {
      isAccessed = true
      outer = core.of
      core = core.of
    } else core = core.inner
  }
  return { core, outer, isAccessed }
}
