import { refuse } from './malformed-plan.ts'

/** Refuses names of which one stands there twice. */
export function checkDistinct(items: readonly { readonly name: string }[]): void {
  const names = new Set<string>()
  for (let i = 0; i < items.length; i++) {
    names.add(items[i]!.name)
    if (names.size === i) refuse(`duplicate name \`${items[i]!.name}\``)
  }
}
