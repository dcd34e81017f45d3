import type { ExportedFunction, FormType } from '../../contract/run.ts'

/** Fields that a form may begin with; a type may have a million parts. */
const mostFields = 2_000
/** Bytes that a form takes from a file: they become a WAVE text of up to five characters each. */
export const mostBytes: number = 4 * 1024 * 1024
/** Elements, fields or cases that are shown at once, and more at each "Show more". */
export const shownAtOnce = 50
/** Characters of a call's WAVE text in the editor; longer ones are sent and not shown. */
export const shownText = 20_000

export interface Suitability {
  /** Nobody can type what it takes: why. */
  readonly impossible: string | undefined
  /** It is called by its WAVE text alone: why. */
  readonly textOnly: string | undefined
}

/** Whether a function can be called from a form. */
export function suitability({ parameters }: Pick<ExportedFunction, 'parameters'>): Suitability {
  const unsupported = parameters.find(({ type }) => contains(type, isUnsupported, new Set()))
  if (unsupported !== undefined)
    return {
      impossible: `The parameter ${unsupported.name} takes a stream, a future or an error-context, which nobody can type.`,
      textOnly: undefined,
    }
  const fields = parameters.reduce((sum, { type }) => sum + fieldsOf(type, mostFields), 0)
  const isLarge = fields > mostFields
  return {
    impossible: undefined,
    textOnly: isLarge ? `A form would have more than ${mostFields} fields.` : undefined,
  }
}

function isUnsupported(type: FormType): boolean {
  return type.kind === 'unsupported' || type.kind === 'error-context'
}

/** Parts are shared by types, so each is looked at once. */
function contains(type: FormType, matches: (type: FormType) => boolean, seen: Set<FormType>): boolean {
  if (matches(type)) return true
  if (seen.has(type)) return false
  seen.add(type)
  return partTypes(type).some((part) => contains(part, matches, seen))
}

/** The fields of a blank form, counted up to `most`. All cases of a variant count: each can be chosen. */
function fieldsOf(type: FormType, most: number): number {
  const repeats = type.kind === 'list' && type.length !== undefined ? type.length : 1
  let sum = 1
  for (const part of partTypes(type)) {
    sum += fieldsOf(part, most)
    if (sum * repeats > most) return most + 1
  }
  return sum * repeats
}

function partTypes(type: FormType): readonly FormType[] {
  switch (type.kind) {
    case 'record':
      return type.fields.map((field) => field.type)
    case 'tuple':
      return type.types
    case 'variant':
      return type.cases.flatMap((one) => one.type ?? [])
    case 'option':
      return [type.type]
    case 'result':
      return [type.ok, type.error].filter((part) => part !== undefined)
    case 'list':
      return [type.type]
    case 'map':
      return [type.key, type.value]
    default:
      return []
  }
}
