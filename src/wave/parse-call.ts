import type { FunctionType } from '../component/extern-type.ts'
import { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { WaveError } from '../errors.ts'
import { printFunction } from '../wit/print-function.ts'
import { parseArguments } from './parse-syntax.ts'
import type { Syntax } from './syntax.ts'
import { type HandleOf, noneOf, toValue } from './to-value.ts'
import { waveProblem } from './wave-problem.ts'

/** A call whose function is not known yet: `toArguments` types it. */
export interface Call {
  readonly source: Source
  /** The function as written: `add`, `iface.fn`, `ns:pkg/iface@1.0.0.fn`, `ns:pkg/iface#fn`. */
  readonly name: string
  readonly nameSpan: Span
  /** Undefined where there are no parentheses at all. */
  readonly arguments: readonly Syntax[] | undefined
  /** From the opening to the closing parenthesis. */
  readonly argumentsSpan: Span
}

const callName = /\s*([^\s("'{},]+)\s*/y

/**
 * A function's name and its arguments in parentheses.
 *
 * @example
 * const call = parseCall('add(1, 2)')
 * call.name // add
 * toArguments(call, type) // [1, 2]
 */
export function parseCall(text: string, name = '<call>'): Call {
  return parseCallAt(new Source(name, text), 0)
}

/** The same from `offset` to the end of a longer text. */
export function parseCallAt(source: Source, offset: number): Call {
  const { text } = source
  callName.lastIndex = offset
  const found = callName.exec(text)
  const written = found?.[1]
  if (!found || !written) {
    const message = 'expected the name of a function'
    const span = { start: offset, end: Math.min(offset + 1, text.length) }
    throw waveProblem(source, span, message, 'expected a name', ['calls look like `add(1, 2)`'])
  }
  const start = offset + found[0].indexOf(written)
  const nameSpan = { start, end: start + written.length }
  const end = offset + found[0].length
  if (end === text.length) {
    const nothing = { start: nameSpan.end, end: nameSpan.end }
    return { source, name: written, nameSpan, arguments: undefined, argumentsSpan: nothing }
  }
  const { items, span } = parseArguments(source, end)
  return { source, name: written, nameSpan, arguments: items, argumentsSpan: span }
}

/**
 * The call's arguments as values. Trailing options may be left away. Every error shows the signature. Handles have no
 * text form: `handleOf` says what a label means where one belongs.
 */
export function toArguments(call: Call, type: FunctionType, handleOf?: HandleOf): unknown[] {
  const signature = `${call.name}: ${printFunction(type)}`
  const given = call.arguments ?? []
  const { parameters } = type
  const surplus = given[parameters.length]
  if (surplus) {
    const message = `expected ${count(parameters.length)}, found ${given.length}`
    throw waveProblem(call.source, surplus.span, message, 'one too many', [signature])
  }
  return parameters.map((parameter, index) => {
    const syntax = given[index]
    if (syntax) return withNote(signature, () => toValue(syntax, parameter.type, call.source, handleOf))
    // WAVE: none values at the end may be omitted, a nested option's like any other.
    if (parameter.type.kind === 'option') return noneOf(parameter.type)
    const message = `missing argument \`${parameter.name}\`: expected ${count(parameters.length)}, found ${given.length}`
    const { end } = call.argumentsSpan
    const at = { start: call.arguments ? end - 1 : end, end }
    throw waveProblem(
      call.source,
      at,
      message,
      call.arguments ? 'missing' : 'write the arguments in parentheses',
      [signature],
    )
  })
}

function count(parameters: number): string {
  return parameters === 1 ? '1 argument' : `${parameters} arguments`
}

function withNote<T>(note: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof WaveError)) throw error
    const { diagnostic } = error
    throw new WaveError({ ...diagnostic, notes: [...diagnostic.notes, note] })
  }
}
