/** Packages' names as they stand in WAC texts. */

/** Comments and strings, so that what is in them is passed over, or a package's name. */
const tokens =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"[^"\n]*"?|%?[a-z][a-z0-9-]*(?::%?[a-z][a-z0-9-]*)+(?:@\d[0-9A-Za-z.+-]*[0-9A-Za-z])?/g

interface Use {
  readonly name: string
  readonly start: number
  readonly end: number
}

function uses(text: string): Use[] {
  const document = documentPlace(text)
  return [...text.matchAll(tokens)]
    .filter(([token]) => /^[%a-z]/.test(token))
    .map((match) => ({
      name: match[0].replaceAll('%', ''),
      start: match.index,
      end: match.index + match[0].length,
    }))
    .filter(({ start }) => start !== document)
}

/** Where the document's own name begins. */
function documentPlace(text: string): number | undefined {
  const match = /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*package\s+/.exec(text)
  return match?.[0].length
}

/** Packages that a text speaks of, by `new`, by paths, or as targets; each once. */
export function packagesUsed(text: string): string[] {
  return [...new Set(uses(text).map(({ name }) => name))]
}

/** Whether a text speaks of a package: without a version it may mean one with. */
export function usesPackage(text: string, name: string): boolean {
  const [bare] = name.split('@')
  return packagesUsed(text).some((used) => used === name || used === bare)
}

/** A text in which one package is called otherwise. */
export function renameInText(text: string, from: string, to: string): string {
  let renamed = text
  for (const { name, start, end } of uses(text).reverse()) {
    if (name === from) renamed = renamed.slice(0, start) + to + renamed.slice(end)
  }
  return renamed
}

/**
 * The name by which a text already asks for a file: a package that it uses, that nobody gave yet, and that ends like the file's name.
 *
 * @param given names of packages that are there
 */
export function nameAskedFor(text: string, fileName: string, given: readonly string[]): string | undefined {
  const stem = fileName
    .split(/[/\\]/)
    .at(-1)!
    .replace(/(?:\.component)?\.(?:wasm|wat)$/, '')
    .toLowerCase()
    .replaceAll('_', '-')
  const known = new Set(given)
  const asked = packagesUsed(text).filter((name) => !known.has(name) && lastPart(name) === stem)
  return asked.length === 1 ? asked[0] : undefined
}

function lastPart(name: string): string {
  return name.split('@')[0]!.split(':').at(-1)!
}
