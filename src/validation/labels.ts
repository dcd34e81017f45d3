import { isLabel, uniquenessKey } from '../component/names.ts'
import type { Refuse } from '../component/resolve-type.ts'

/**
 * Labels of one type: kebab case, and strongly unique among themselves (Explainer.md, "Name Uniqueness").
 *
 * @param what what messages call a label: `record field`
 * @param short what they call an earlier one: `field`
 */
export function checkLabels(names: readonly string[], what: string, short: string, refuse: Refuse): void {
  const seen = new Map<string, string>()
  for (const name of names) {
    if (name === '') refuse(`${what} name cannot be empty`)
    if (!isLabel(name)) refuse(`${what} name \`${name}\` is not in kebab case`)
    const key = uniquenessKey(name)
    const previous = seen.get(key)
    if (previous !== undefined) {
      refuse(`${what} name \`${name}\` conflicts with previous ${short} name \`${previous}\``)
    }
    seen.set(key, name)
  }
}
