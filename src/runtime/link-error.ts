import { LinkError, type LinkProblem } from '../errors.ts'

/** All problems at once, each with what was wanted, what came, and what may have been meant. */
export function linkError(problems: readonly LinkProblem[]): LinkError {
  const what = problems.length === 1 ? 'an import is' : `${problems.length} imports are`
  const lines = [`${what} missing or mistyped:`, ...problems.map(describe)]
  if (problems.some(({ name, actual }) => actual === undefined && name.startsWith('wasi:')))
    lines.push('what begins with `wasi:` comes from `wasi()` of `tenon/wasi`')
  return new LinkError(lines.join('\n'), problems)
}

function describe({ name, expected, actual, candidates }: LinkProblem): string {
  const found = actual === undefined ? 'nothing was given' : `found ${actual}`
  const meant = candidates.length === 0 ? '' : `; did you mean ${candidates.map(quote).join(' or ')}?`
  return `  ${quote(name)}: wanted ${expected}, ${found}${meant}`
}

function quote(name: string): string {
  return `\`${name}\``
}
