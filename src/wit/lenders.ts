import type { TypeDefinition, WitInterface } from './package.ts'

/** The interface that a definition is used from. */
export function lenderOf({ aliasOf, owner }: TypeDefinition): WitInterface | undefined {
  if (aliasOf === undefined || aliasOf.owner === owner || aliasOf.owner.kind === 'world') return undefined
  return aliasOf.owner
}

/** The interfaces that one uses types of, each once. */
export function* lendersOf({ types }: WitInterface): Generator<WitInterface> {
  const seen = new Set<WitInterface>()
  for (const definition of types.values()) {
    const lender = lenderOf(definition)
    if (lender === undefined || seen.has(lender)) continue
    seen.add(lender)
    yield lender
  }
}

/** Those that one uses types of, each behind those that it uses itself, and itself last; without recursion. */
export function withLenders(one: WitInterface): Set<WitInterface> {
  const ordered = new Set<WitInterface>()
  const stack = [{ interface: one, lenders: lendersOf(one) }]
  while (stack.length > 0) {
    const top = stack.at(-1)!
    const next = top.lenders.next().value
    if (next === undefined) {
      ordered.add(top.interface)
      stack.pop()
    } else if (!ordered.has(next)) stack.push({ interface: next, lenders: lendersOf(next) })
  }
  return ordered
}
