import { propertyNames } from 'tenon/wave'
import type { FormType } from '../../contract/run.ts'
import { casesOf, type FormValue, isTagged, itemOf, partsOf } from './form-value.ts'
import { isLeaf, readLeaf } from './leaf.ts'

export interface FormProblem {
  /** Names and indices from the form's root: `['window', 'size', '0']`. */
  readonly path: readonly string[]
  readonly problem: string
}

/** The value, or all that keeps the form from being one. */
export type FormReading = { readonly value: unknown } | { readonly problems: readonly FormProblem[] }

/** What a form says, as a component's value in JavaScript (resources: `{ resource: 3 }`). */
export function readForm(type: FormType, form: FormValue, name = 'value'): FormReading {
  const reader = new FormReader()
  const value = reader.read(type, form, [name])
  return reader.problems.length > 0 ? { problems: reader.problems } : { value }
}

/** Whoever has more mistakes than this mends some of them first. */
const mostProblems = 100

class FormReader {
  readonly problems: FormProblem[] = []

  read(type: FormType, form: FormValue, path: readonly string[]): unknown {
    if (isLeaf(type)) {
      const read = readLeaf(type, is(form, 'text').text)
      return 'problem' in read ? this.#report(path, read.problem) : read.value
    }
    switch (type.kind) {
      case 'bool':
        return is(form, 'bool').on
      case 'enum':
        return is(form, 'choice').name
      case 'flags': {
        const set = new Set(is(form, 'set').names)
        const properties = propertyNames(type.names)
        return Object.fromEntries(type.names.map((name, index) => [properties[index]!, set.has(name)]))
      }
      case 'record':
      case 'tuple': {
        const { parts } = is(form, 'parts')
        const values = partsOf(type).map((part, index) =>
          this.read(part.type, parts[index]!, [...path, part.name]),
        )
        if (type.kind === 'tuple') return values
        const properties = propertyNames(type.fields.map((field) => field.name))
        return Object.fromEntries(values.map((value, index) => [properties[index]!, value]))
      }
      case 'variant':
      case 'option':
      case 'result': {
        const { name, payload } = is(form, 'case')
        const payloadType = casesOf(type).find((one) => one.name === name)?.type
        const val = payloadType && payload && this.read(payloadType, payload, [...path, name])
        return type.kind === 'option' && !isTagged(type) ? val : { tag: name, val }
      }
      case 'list':
        return this.#list(type, form, path)
      case 'map':
        return this.#map(type, form, path)
      case 'error-context':
      case 'unsupported':
        return this.#report(path, 'There is no form for this type.')
    }
  }

  #list(type: FormType & { kind: 'list' }, form: FormValue, path: readonly string[]): unknown {
    const found = form.kind === 'bytes' ? form.bytes : is(form, 'items').items
    if (type.length !== undefined && found.length !== type.length)
      this.#report(path, `This list has exactly ${type.length} elements, and here are ${found.length}.`)
    if (found instanceof Uint8Array) return found
    return found.map((item, index) => this.read(type.type, item, [...path, `${index}`]))
  }

  #map(type: FormType & { kind: 'map' }, form: FormValue, path: readonly string[]): Map<unknown, unknown> {
    const entry = itemOf(type)
    const map = new Map<unknown, unknown>()
    is(form, 'items').items.forEach((item, index) => {
      const at = [...path, `${index}`]
      const { key, value } = this.read(entry, item, at) as { key: unknown; value: unknown }
      if (key !== undefined && map.has(key)) this.#report(at, 'This key is given twice.')
      map.set(key, value)
    })
    return map
  }

  #report(path: readonly string[], problem: string): undefined {
    if (this.problems.length < mostProblems) this.problems.push({ path, problem })
  }
}

/** Forms are made from their types (`blank`, `formOf`), so another kind is a mistake of the studio. */
function is<K extends FormValue['kind']>(form: FormValue, kind: K): FormValue & { kind: K } {
  if (form.kind !== kind) throw new TypeError(`a form of kind ${form.kind} where ${kind} belongs`)
  return form as FormValue & { kind: K }
}
