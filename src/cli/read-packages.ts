import { UsageError } from '../errors.ts'
import type { DecodedWit } from '../wit/decode-wit.ts'
import { type ResolvedWit, type ResolveOptions, resolveWit, type WitSources } from '../wit/resolve.ts'
import type { WorldNames } from '../wit/world-of.ts'
import { assembled, type ComponentFile, isWebAssembly, readFile, reading } from './read-component.ts'
import { isWit, readAllWitSources } from './read-wit.ts'

/** Packages; of a component that is none in binary form its own world as well. */
export type ReadPackages = ResolvedWit & Partial<Pick<DecodedWit, 'world' | 'unprintable'>>

/**
 * What paths on the command line say in WIT: a folder, a `.wit` file and further packages, or one file of WebAssembly; `-` is standard
 * input, which may have either.
 *
 * @param names what to call a component's own world
 */
export async function readPackages(
  paths: readonly [string, ...string[]],
  { names = {}, ...options }: ResolveOptions & { readonly names?: WorldNames } = {},
): Promise<ReadPackages> {
  const [path, ...others] = paths
  if (path !== '-' && isWit(path)) return resolveWit(readAllWitSources(paths), options)
  const input = readFile(path, 'a component or WIT')
  if (path === '-' && !isWebAssembly(input)) return resolveWit(sourcesOf(input, others), options)
  if (others.length > 0) throw new UsageError(`one file at a time, found also ${others.join(', ')}`)
  // All of the runtime: for texts nobody has to load it.
  const [{ componentIn }, { decode }, { decodeWit }] = await Promise.all([
    import('./precompiled.ts'),
    import('../binary/decode.ts'),
    import('../wit/decode-wit.ts'),
  ])
  const file = componentIn(await assembled(input))
  return reading(file, () => decodeWit(decode(file.bytes), names))
}

function sourcesOf(input: ComponentFile, others: readonly string[]): WitSources {
  const files = [{ name: input.name, text: input.bytes }]
  if (others.length === 0) return { files }
  const { files: second, dependencies = [] } = readAllWitSources(others)
  return { files, dependencies: [second, ...dependencies] }
}
