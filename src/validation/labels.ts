import { isLabel, uniquenessKey } from '../component/names.ts'
import type { Refuse } from '../component/resolve-type.ts'

/** So few labels are compared with each other sooner than a set of them is made. */
const few = 8

/**
 * Labels of one type: kebab case, and strongly unique among themselves (Explainer.md, "Name Uniqueness").
 *
 * @param what what messages call a label: `record field`
 * @param short what they call an earlier one: `field`
 */
export function checkLabels(names: readonly string[], what: string, short: string, refuse: Refuse): void {
  for (const name of names) {
    if (name === '') refuse(`${what} name cannot be empty`)
    if (!isLabel(name)) refuse(`${what} name \`${name}\` is not in kebab case`)
  }
  const keys = names.map(uniquenessKey)
  const seen = keys.length > few ? new Map<string, number>() : undefined
  for (const [i, key] of keys.entries()) {
    const previous = seen ? seen.get(key) : keys.indexOf(key)
    if (previous !== undefined && previous < i) {
      refuse(`${what} name \`${names[i]}\` conflicts with previous ${short} name \`${names[previous]}\``)
    }
    seen?.set(key, i)
  }
}
