/** Examples that belong together. */
import type { Example } from '../contract/studio.ts'

export interface StartingSet {
  readonly title: string
  readonly about: string
  readonly files: readonly string[]
}

const sets: readonly { readonly title: string; readonly about: string; readonly names: readonly string[] }[] =
  [
    {
      title: 'Calculator and adder',
      about: 'Two components and one wire to draw; it prints result: 3',
      names: ['calculator', 'interfaced-adder'],
    },
    {
      title: 'Key-value store in three parts',
      about: 'A command, the store that it writes to, and its database',
      names: ['kv-command', 'kv-store', 'kv-database'],
    },
  ]

/** Those whose every part is there. */
export function startingSets(examples: readonly Example[]): readonly StartingSet[] {
  const files = new Map(examples.map(({ name, file }) => [name, file]))
  return sets.flatMap(({ title, about, names }) => {
    const found = names.flatMap((name) => files.get(name) ?? [])
    return found.length === names.length ? [{ title, about, files: found }] : []
  })
}
