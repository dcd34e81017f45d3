import { lastLabel } from '../../../component/interface-path.ts'
import { isLabel } from '../../../component/names.ts'
import { nameEndingIn } from '../extern-name.ts'
import { inferredName, type NamedItem } from '../inferred-name.ts'
import { written } from './written-name.ts'

type Externs = ReadonlyMap<string, unknown>

/** Something that an argument gives. */
export interface GivenExpression {
  readonly text: string
  /** Where it is nothing but a name that is known: what that stands for. */
  readonly alone?: { readonly name: string; readonly item: NamedItem } | undefined
}

/**
 * An argument as short as WAC's rules allow: `log`, `log: sink.log`, `"my:log/log@1.0.0": sink.log`.
 *
 * @param name the whole name of the import
 * @param imports of the package; undefined where it is not known
 */
export function argumentText(name: string, imports: Externs | undefined, given: GivenExpression): string {
  const { alone } = given
  if (alone && imports && inferredName(alone, alone.item, { imports }) === name) return given.text
  return `${argumentName(name, imports)}: ${given.text}`
}

function argumentName(name: string, imports: Externs | undefined): string {
  const short = shortest(name, imports)
  return short === undefined ? `"${name}"` : written(short)
}

/** `.name` or `["name"]`: how an export of an instance is accessed. */
export function accessText(name: string, exports: Externs | undefined): string {
  const short = shortest(name, exports)
  return short === undefined ? `["${name}"]` : `.${written(short)}`
}

/** As an export statement names it: `name` or `"name"`. */
export function externNameText(name: string): string {
  return isLabel(name) ? written(name) : `"${name}"`
}

/** The label that means this of some names; undefined where only all of it does. */
function shortest(name: string, externs: Externs | undefined): string | undefined {
  if (isLabel(name)) return name
  const label = lastLabel(name)
  return isLabel(label) && externs && nameEndingIn(label, externs) === name ? label : undefined
}
