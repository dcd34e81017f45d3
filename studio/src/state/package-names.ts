/** Packages' names as they stand in WAC texts. */
import { packageMeant } from '../workshop/package-meant.ts'

const label = '%?[a-z][a-z0-9-]*'

/** Comments and strings, so that what is in them is passed over, or a package's name, with what is named in it, and its version. */
const tokens = new RegExp(
  `//[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|$)|"[^"\\n]*"?|(${label}(?::${label})+)((?:/${label})*)(@\\d[0-9A-Za-z.+-]*[0-9A-Za-z]|@\\d)?`,
  'g',
)

interface Use {
  /** With its version, where the text says one. */
  readonly name: string
  /** `/add` of `docs:adder/add@1.2.0`. */
  readonly path: string
  readonly start: number
  readonly end: number
}

function uses(text: string): Use[] {
  const document = documentPlace(text)
  return [...text.matchAll(tokens)].flatMap(({ 0: token, 1: name, 2: path = '', 3: version = '', index }) =>
    name === undefined || index === document
      ? []
      : [{ name: name.replaceAll('%', '') + version, path, start: index, end: index + token.length }],
  )
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

/**
 * A text in which one package is called otherwise: wherever it is meant, also without its version.
 *
 * @param packages that there are, by their names: what a name means depends on them
 */
export function renameInText(
  text: string,
  from: string,
  to: string,
  packages: ReadonlyMap<string, unknown>,
): string {
  const [name, version] = to.split('@')
  let renamed = text
  for (const { name: written, path, start, end } of uses(text).reverse()) {
    if (packageMeant(written, packages) !== from) continue
    const other = `${name}${path}${version === undefined ? '' : `@${version}`}`
    renamed = renamed.slice(0, start) + other + renamed.slice(end)
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
