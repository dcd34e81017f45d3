import type { TypeScope } from './type-scope.ts'

const capital = /[A-Z]/

/** Names of an interface that differ only in case (Explainer.md, "Name Uniqueness"): a component cannot have both. */
export function refuseCaseClashes(scope: TypeScope): void {
  // Most names have no capitals, and those cannot clash with each other.
  if (![...scope.names.keys()].some((name) => capital.test(name))) return
  const seen = new Map<string, string>()
  for (const [name, { place }] of scope.names) {
    const key = name.toLowerCase()
    const other = seen.get(key)
    seen.set(key, other ?? name)
    if (other === undefined) continue
    scope.report(place.span, `name \`${name}\` conflicts with \`${other}\``, {
      related: [{ ...scope.names.get(other)!.place, text: 'the other' }],
      notes: ['upper and lower case are one in names'],
    })
  }
}
