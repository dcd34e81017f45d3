import type { FormValue } from './form-value.ts'

/** Where a form is within others: `2.0.1`. Of each: a part's or an item's index, 0 for a payload; the first is the parameter's. */
export type FormPath = string

export function within(path: FormPath, index: number): FormPath {
  return `${path}.${index}`
}

/** The forms with another one at the path. */
export function replaceAt(
  forms: readonly FormValue[],
  path: FormPath,
  value: FormValue,
): readonly FormValue[] {
  return replaceItem(forms, path.split('.').map(Number), value)
}

function replaceItem(
  forms: readonly FormValue[],
  [index = 0, ...rest]: readonly number[],
  value: FormValue,
): readonly FormValue[] {
  return forms.with(index, rest.length === 0 ? value : replacePart(forms[index]!, rest, value))
}

function replacePart(form: FormValue, path: readonly number[], value: FormValue): FormValue {
  switch (form.kind) {
    case 'parts':
      return { ...form, parts: replaceItem(form.parts, path, value) }
    case 'items':
      return { ...form, items: replaceItem(form.items, path, value) }
    case 'case':
      return { ...form, payload: form.payload && replaceItem([form.payload], path, value)[0] }
    default:
      return form
  }
}
