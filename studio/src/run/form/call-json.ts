/** A call's arguments as a JSON array, as `tenon call --json` takes them, and the forms of its parameters: each from the other. */
import { TenonError } from 'tenon'
import { fromJson, type Json, propertyNames, toJson } from 'tenon/wave'
import type { FormType } from '../../contract/run.ts'
import { type Callable, type Parsed, printCall } from './call-text.ts'
import { shownText } from './form-limits.ts'
import { formOf } from './form-of.ts'
import { casesOf, type FormValue, isTagged } from './form-value.ts'
import { frame } from './frame.ts'
import { type JsonPath, placeInJson } from './json-places.ts'
import { PlaceProblem } from './place-problem.ts'
import { readForm } from './read-form.ts'
import { valueType } from './value-type.ts'
import { withoutHandles } from './without-handles.ts'

/** Characters of an array that stands in one line. */
const oneLine = 60

/** @param forms without mistakes */
export function printJsonArguments({ parameters }: Callable, forms: readonly FormValue[]): string {
  const values = parameters.map(({ type }, index): Json => {
    const as = withoutHandles(type)
    const reading = readForm(as, forms[index]!)
    if ('problems' in reading) throw new TypeError(reading.problems[0]!.problem)
    return toJson(reading.value, valueType(as))
  })
  const line = JSON.stringify(values)
  const lines = JSON.stringify(values, undefined, 2)
  return line.length <= oneLine || lines.length > shownText ? line : lines
}

/** The forms that the arguments say; or what is wrong with them, and where. */
export function parseJsonArguments(callable: Callable, text: string): Parsed {
  try {
    const forms = formsIn(callable, text)
    const printed = printCall(callable, forms)
    if ('parameters' in printed) return { forms, parameters: printed.parameters }
    const { path, problem } = printed.problems[0]!
    throw problemAt(text, pathInJson(callable, path), problem)
  } catch (error) {
    if (!(error instanceof PlaceProblem)) throw error
    return { problem: error.message, frame: frame(text, error.start, error.end) }
  }
}

function formsIn({ parameters }: Callable, text: string): readonly FormValue[] {
  const given = parsed(text)
  if (!Array.isArray(given)) throw problemAt(text, '', 'The arguments are a JSON array, such as [1, "two"].')
  const all = given as readonly Json[]
  const count = `${parameters.length} ${parameters.length === 1 ? 'argument' : 'arguments'}`
  if (all.length > parameters.length)
    throw problemAt(
      text,
      `[${parameters.length}]`,
      `There are ${all.length} here, and the function takes ${count}.`,
    )
  return parameters.map(({ name, type }, index) => {
    const value = all[index]
    // As the command line has it.
    if (value === undefined && type.kind !== 'option')
      throw problemAt(text, '', `The argument ${name} is missing: the function takes ${count}.`)
    const as = withoutHandles(type)
    return formOf(as, readValue(value ?? null, as, name, index, text))
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // It says where, in the same words in all browsers.
    placeInJson(text, '')
    throw new PlaceProblem((error as Error).message, 0, text.length)
  }
}

function readValue(json: Json, type: FormType, name: string, index: number, text: string): unknown {
  try {
    return fromJson(json, valueType(type), name)
  } catch (error) {
    if (error instanceof RangeError) throw new PlaceProblem('This is nested too deep.', 0, 1)
    if (!(error instanceof TenonError)) throw error
    const end = error.message.indexOf(': ')
    const path = error.message.slice(name.length, end)
    throw problemAt(text, `[${index}]${path}`, error.message)
  }
}

function problemAt(text: string, path: JsonPath, problem: string): PlaceProblem {
  const { start, end } = placeInJson(text, path)
  return new PlaceProblem(problem, start, end)
}

/** Where in the JSON a part of a form is, by the names that lead to it. */
function pathInJson({ parameters }: Callable, [parameter, ...names]: readonly string[]): JsonPath {
  const index = parameters.findIndex(({ name }) => name === parameter)
  let path = `[${index}]`
  let type: FormType | undefined = parameters[index]?.type
  for (const name of names) {
    switch (type?.kind) {
      case 'record': {
        const at = type.fields.findIndex((field) => field.name === name)
        path += `.${propertyNames(type.fields.map((field) => field.name))[at]}`
        type = type.fields[at]?.type
        break
      }
      case 'tuple': {
        const at = name === 'key' ? 0 : name === 'value' ? 1 : Number(name)
        path += `[${at}]`
        type = type.types[at]
        break
      }
      case 'variant':
      case 'option':
      case 'result':
        if (type.kind !== 'option' || isTagged(type)) path += '.val'
        type = casesOf(type).find((one) => one.name === name)?.type
        break
      case 'list':
        path += `[${name}]`
        type = type.type
        break
      case 'map':
        path += `[${name}]`
        // An entry is a pair, and its parts have names in forms.
        type = { kind: 'tuple', types: [type.key, type.value] }
        break
      default:
        return path
    }
  }
  return path
}
