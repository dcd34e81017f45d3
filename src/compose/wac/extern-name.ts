import { lastLabel } from '../../component/interface-path.ts'

type Externs = ReadonlyMap<string, unknown>

/**
 * The one interface among some names that ends in a label; undefined if the label is a name of its own there, or ends none or several.
 *
 * @example
 * nameEndingIn('streams', new Map([['wasi:io/streams@0.2.0', 1], ['run', 2]])) // 'wasi:io/streams@0.2.0'
 */
export function nameEndingIn(label: string, externs: Externs): string | undefined {
  if (externs.has(label)) return undefined
  const [name, ...others] = namesEndingIn(label, externs)
  return others.length === 0 ? name : undefined
}

export function namesEndingIn(label: string, externs: Externs): string[] {
  return [...externs.keys()].filter((name) => name !== label && lastLabel(name) === label)
}
