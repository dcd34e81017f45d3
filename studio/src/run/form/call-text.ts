/** A call as WAVE text, `counter.get(#1, 2)`, and the forms of its parameters: each from the other. */
import type { FunctionType } from 'tenon'
import { parseCall, printValue, toArguments, WaveError } from 'tenon/wave'
import type { ExportedFunction } from '../../contract/run.ts'
import { handlesAsLabels } from '../../runner/handle-labels.ts'
import { frame } from './frame.ts'
import { formOf } from './form-of.ts'
import type { FormValue } from './form-value.ts'
import type { ResourceNumber } from './leaf.ts'
import { PlaceProblem } from './place-problem.ts'
import { type FormProblem, readForm } from './read-form.ts'
import { valueType } from './value-type.ts'

export type Callable = Pick<ExportedFunction, 'label' | 'resource' | 'parameters'>

/** What the function is called in a call's text. */
export function callName({ label, resource }: Pick<Callable, 'label' | 'resource'>): string {
  return resource === undefined ? label : `${resource}.${label}`
}

export type Printed =
  | { readonly parameters: readonly string[]; readonly text: string }
  | { readonly problems: readonly FormProblem[] }

/** Of forms that were not changed since: some hold a megabyte, and each key that is pressed in another asks again. */
const printed = new WeakMap<FormValue, string>()

/** Each parameter as WAVE, and all of them as the text of the call; or what is wrong in the forms. */
export function printCall(callable: Callable, forms: readonly FormValue[]): Printed {
  const problems: FormProblem[] = []
  const parameters = callable.parameters.map(({ name, type }, index) => {
    const form = forms[index]!
    const known = printed.get(form)
    if (known !== undefined) return known
    const reading = readForm(type, form, name)
    if ('problems' in reading) {
      problems.push(...reading.problems)
      return ''
    }
    const text = printValue(reading.value, valueType(type), nameOfResource)
    printed.set(form, text)
    return text
  })
  return problems.length > 0
    ? { problems }
    : { parameters, text: `${callName(callable)}(${parameters.join(', ')})` }
}

function nameOfResource(handle: unknown): string {
  return `#${(handle as ResourceNumber).resource}`
}

export type Parsed =
  | { readonly forms: readonly FormValue[]; readonly parameters: readonly string[] }
  | { readonly problem: string; readonly frame: string }

/** The forms that say a call's text; or what is wrong with it, and where. */
export function parseCallText(callable: Callable, text: string): Parsed {
  try {
    const values = argumentsOf(callable, text)
    return {
      forms: callable.parameters.map(({ type }, index) => formOf(type, values[index])),
      parameters: callable.parameters.map(({ type }, index) =>
        printValue(values[index], valueType(type), nameOfResource),
      ),
    }
  } catch (error) {
    if (error instanceof PlaceProblem)
      return { problem: error.message, frame: frame(text, error.start, error.end) }
    if (!(error instanceof WaveError)) throw error
    const { message, labels, notes } = error.diagnostic
    const span = labels[0]?.span ?? { start: 0, end: 0 }
    // The signature stands above the form.
    const others = notes.filter((note) => !note.startsWith(`${callName(callable)}: `))
    return { problem: [message, ...others].join('\n'), frame: frame(text, span.start, span.end) }
  }
}

function argumentsOf(callable: Callable, text: string): readonly unknown[] {
  const call = parseCall(handlesAsLabels(text), 'call')
  const expected = callName(callable)
  if (call.name !== expected)
    throw new PlaceProblem(`This form calls ${expected}.`, call.nameSpan.start, call.nameSpan.end)
  const type: FunctionType = {
    kind: 'function',
    async: false,
    parameters: callable.parameters.map((parameter) => ({
      name: parameter.name,
      type: valueType(parameter.type),
    })),
    result: undefined,
  }
  return toArguments(call, type, (label): ResourceNumber => {
    const { start, end } = label.span
    if (text[start] === '#') return { resource: Number(text.slice(start + 1, end)) }
    throw new PlaceProblem('A resource is written by its number: #1.', start, end)
  })
}
