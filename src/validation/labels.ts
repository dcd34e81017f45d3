import { labelHash, uniquenessKey } from '../component/names.ts'
import type { Refuse } from '../component/resolve-type.ts'

/** So few hashes are compared with each other sooner than a set of them is made. */
const few = 32

/** A label, or what has one. */
export type Labelled = string | { readonly name: string }

/**
 * Labels of one type: kebab case, and strongly unique among themselves (Explainer.md, "Name Uniqueness").
 *
 * @param what what messages call a label: `record field`
 * @param short what they call an earlier one: `field`
 */
export function checkLabels(items: readonly Labelled[], what: string, short: string, refuse: Refuse): void {
  const hashes: number[] = []
  for (let i = 0; i < items.length; i++) {
    const label = labelOf(items[i]!)
    const hash = labelHash(label)
    if (hash < 0) {
      if (label === '') refuse(`${what} name cannot be empty`)
      refuse(`${what} name \`${label}\` is not in kebab case`)
    }
    hashes.push(hash)
  }
  // Without a set of strings: the engine would enter each in its table of all strings.
  if (differ(hashes)) return
  const seen = new Map<string, string>()
  for (const item of items) {
    const label = labelOf(item)
    const key = uniquenessKey(label)
    const previous = seen.get(key)
    if (previous !== undefined)
      refuse(`${what} name \`${label}\` conflicts with previous ${short} name \`${previous}\``)
    seen.set(key, label)
  }
}

function labelOf(item: Labelled): string {
  return typeof item === 'string' ? item : item.name
}

function differ(numbers: readonly number[]): boolean {
  if (numbers.length > few) return new Set(numbers).size === numbers.length
  for (let i = 1; i < numbers.length; i++) {
    for (let k = 0; k < i; k++) if (numbers[i] === numbers[k]) return false
  }
  return true
}
