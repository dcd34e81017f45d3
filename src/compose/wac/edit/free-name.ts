import { isLabel } from '../../../component/names.ts'
import { WacEditError } from '../../../errors.ts'
import type { Draft } from './draft.ts'

/** A name that nothing in the text has: `adder`, `adder-2`, … for the package `docs:adder@1.0.0`. */
export function freeName(draft: Draft, packageName: string): string {
  const last = packageName.replace(/@.*$/s, '').split(':').at(-1)!
  return unique(isLabel(last) ? last : 'instance', draft.takenNames())
}

/** @param wanted a label */
export function unique(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 2, name = wanted; ; name = `${wanted}-${number++}`) if (!taken.has(name)) return name
}

/** @throws {WacEditError} `name`, where it is no name, or one that something in the text has */
export function checkNewName(draft: Draft, name: string): void {
  if (!isLabel(name))
    throw new WacEditError('name', `\`${name}\` is no name`, {
      cure: 'a name consists of words of small letters and digits, joined by dashes',
    })
  if (draft.statementOf(name) !== undefined)
    throw new WacEditError('name', `the text defines \`${name}\` already`, {
      cure: 'choose a name that nothing has',
    })
}
