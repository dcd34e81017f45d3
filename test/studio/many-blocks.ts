/** A large composition of the checked-in examples, for measuring what the canvas costs. */

/** What it is made of: dropped into the studio, they are packages of these names. */
export const manyBlocksFiles = [
  'examples/kv-database/rust/kv-database.wasm',
  'examples/kv-store/rust/kv-store.wasm',
  'examples/kv-command/rust/kv-command.wasm',
] as const

/**
 * A WAC text of that many instances: databases, a store on each, which writes its log to the database before, and a command on each store,
 * so that all of them hang together, with wires between neighbours and wires across the whole.
 *
 * @param packages names of the packages of {@link manyBlocksFiles}, in that order
 */
export function manyBlocks(count: number, packages: readonly [string, string, string]): string {
  const [database, store, command] = packages
  const statements: string[] = []
  for (let made = 0; made < count; made++) {
    const index = Math.floor(made / 3)
    const before = Math.max(0, index - (1 + ((index * 7) % 5)))
    if (made % 3 === 0) statements.push(`let database-${index} = new ${database} { ... };`)
    if (made % 3 === 1) {
      const kvdb = `"tenon-examples:kv-store/kvdb": database-${index}["tenon-examples:kv-store/kvdb"]`
      statements.push(`let store-${index} = new ${store} { ${kvdb}, log: database-${before}.log, ... };`)
    }
    if (made % 3 === 2) {
      const value = `replace-value: store-${index}.replace-value`
      statements.push(`let command-${index} = new ${command} { ${value}, ... };`)
    }
  }
  return `package measured:many-blocks;\n\n${statements.join('\n')}\n`
}
