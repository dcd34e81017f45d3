/** What becomes a block. */
interface Unidentified {
  /** As the text gives it. */
  readonly name: string | undefined
  /** In the text. */
  readonly place: { readonly start: number }
}

/**
 * Blocks in the order of the text, each with its id: the name that the text gives; the others by their packages, numbered in that order.
 * See `Block` in the contract.
 */
export function identified<Found extends Unidentified>(
  found: readonly Found[],
  packageOf: (each: Found) => string | undefined,
): (Found & { readonly id: string })[] {
  const sorted = found.toSorted((a, b) => a.place.start - b.place.start)
  const taken = new Set<string>()
  const counts = new Map<string, number>()
  return sorted.map((each) => {
    let id = each.name
    if (id === undefined || taken.has(id)) {
      const of = packageOf(each) ?? 'import'
      const count = (counts.get(of) ?? 0) + 1
      counts.set(of, count)
      id = `${of}#${count}`
    }
    taken.add(id)
    return { ...each, id }
  })
}
