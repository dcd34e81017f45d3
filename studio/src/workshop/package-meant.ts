/**
 * The name of the package that a text means: the one of that name and version, else the only one of that name where the text says no
 * version, or where it has none itself. Undefined where there is none.
 *
 * @param written `namespace:name`, with its version behind it where the text says one
 * @param packages by their names
 *
 * @example
 * const packages = new Map([['docs:adder@1.0.0', 1], ['docs:log', 2]])
 * packageMeant('docs:adder', packages) // docs:adder@1.0.0
 * packageMeant('docs:log@2.0.0', packages) // docs:log
 * packageMeant('docs:adder@2.0.0', packages) // undefined
 */
export function packageMeant(written: string, packages: ReadonlyMap<string, unknown>): string | undefined {
  if (packages.has(written)) return written
  const [name, version] = written.split('@')
  if (version !== undefined) return packages.has(name!) ? name : undefined
  const versions = [...packages.keys()].filter((each) => each.startsWith(`${name}@`))
  return versions.length === 1 ? versions[0] : undefined
}
