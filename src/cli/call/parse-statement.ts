import { Source } from '../../diagnostics/source.ts'
import { type Call, parseCallAt } from '../../wave/parse-call.ts'
import { isKeyword, type Name } from '../../wave/syntax.ts'
import { waveProblem } from '../../wave/wave-problem.ts'

/** One argument of `tenon call`. */
export type Statement =
  /** `names` are for the handles in the result, in their order; none where the result is printed. */
  | { readonly kind: 'call'; readonly names: readonly Name[]; readonly call: Call }
  | { readonly kind: 'drop'; readonly name: Name; readonly source: Source }

const label = '%?(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?:[a-z0-9]+|[A-Z0-9]+))*'
const binding = /\s*let\s+([^(=]*)=/y
const dropping = new RegExp(`\\s*drop\\s+(${label})\\s*$`, 'y')

/**
 *     statement ::= call
 *                 | 'let' label ( ',' label )* '=' call
 *                 | 'drop' label
 *
 * @example
 * parseStatement('let c = [constructor]counter(3)') // { kind: 'call', names: [{ name: 'c', … }], call: … }
 */
export function parseStatement(text: string): Statement {
  const source = new Source('<call>', text)
  dropping.lastIndex = 0
  const dropped = dropping.exec(text)?.[1]
  if (dropped !== undefined) {
    const start = text.lastIndexOf(dropped)
    return { kind: 'drop', name: nameAt(source, dropped, start), source }
  }
  binding.lastIndex = 0
  const bound = binding.exec(text)
  if (!bound) return { kind: 'call', names: [], call: parseCallAt(source, 0) }
  const names = parseNames(source, bound[1]!, bound[0].length - 1 - bound[1]!.length)
  return { kind: 'call', names, call: parseCallAt(source, bound[0].length) }
}

function parseNames(source: Source, list: string, offset: number): readonly Name[] {
  let at = offset
  const names = list.split(',').map((item) => {
    const written = item.trim()
    const start = at + item.indexOf(written)
    at += item.length + 1
    return nameAt(source, written, start)
  })
  const again = names.find(({ name }, index) => names.findIndex((one) => one.name === name) < index)
  if (again) throw waveProblem(source, again.span, `\`${again.name}\` is given twice`, 'again')
  return names
}

const whole = new RegExp(`^${label}$`)

function nameAt(source: Source, written: string, start: number): Name {
  const span = { start, end: start + written.length }
  if (!whole.test(written)) {
    const cure = 'names are words joined by hyphens: `let my-file = open("a.txt")`'
    throw waveProblem(source, span, `expected a name, found \`${written}\``, 'expected a name', [cure])
  }
  const name = written.replace(/^%/, '')
  if (written === name && isKeyword(name)) {
    throw waveProblem(source, span, `\`${name}\` is a keyword`, 'no name', [`write \`%${name}\``])
  }
  return { name, span }
}
