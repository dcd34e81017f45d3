import { readdirSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from '../../binary/decode.ts'
import type { Component } from '../../component/component.ts'
import type { FoundPackage, PackageFinder } from '../../compose/wac/package-finder.ts'
import { TenonError } from '../../errors.ts'
import { parseWat } from '../../wat/index.ts'
import type { Features } from '../../wit/gates.ts'
import { decodeWit } from '../../wit/decode-wit.ts'
import { resolveWit } from '../../wit/resolve.ts'
import { fileError, readFile } from '../read-component.ts'
import { readWitSources } from '../read-wit.ts'
import { textOf } from '../text-of.ts'

/** What a package of a folder may be, in the order in which they are looked for; `''` is a folder of WIT. */
const extensions = ['', '.wasm', '.wat', '.wit'] as const

export interface PackageFolder extends PackageFinder {
  /** Where a package is; undefined where there is none. */
  pathOf(name: string, version: string | undefined): string | undefined
}

/**
 * Packages of files: `namespace:name` is `namespace/name.wasm`, `.wat` or `.wit` of the folder, or `namespace/name/` with WIT in it;
 * `namespace:name@version` is the same of `namespace/name/version`, and where that is not there, of `namespace/name`.
 *
 * @param overrides the paths of packages that are elsewhere, by `namespace:name` or `namespace:name@version`
 * @param features the unstable features of WIT that take part
 */
export function packageFolder(
  folder: string,
  overrides: ReadonlyMap<string, string>,
  features: Features = new Set(),
): PackageFolder {
  const pathOf = (name: string, version: string | undefined): string | undefined => {
    const versioned = version === undefined ? undefined : `${name}@${version}`
    const given = (versioned && overrides.get(versioned)) ?? overrides.get(name)
    if (given !== undefined) return given
    const base = join(folder, ...name.split(':'))
    return (version === undefined ? undefined : existing(join(base, version))) ?? existing(base)
  }
  return {
    pathOf,
    find(name, version) {
      const path = pathOf(name, version)
      return path === undefined ? undefined : openPackage(path, features)
    },
    describePlaces(name, version) {
      const base = join(folder, ...name.split(':'), ...(version === undefined ? [] : [version]))
      const given = version === undefined ? name : `${name}@${version}`
      return `looked for ${base}.wasm, .wat, .wit, and a folder of that name; where it is, --dep ${given}=PATH says`
    },
    names: () => [...overrides.keys(), ...namesIn(folder)],
  }
}

function existing(base: string): string | undefined {
  return extensions
    .map((extension) => base + extension)
    .find((path) => (path === base ? hasWit(path) : isFile(path)))
}

function isFile(path: string): boolean {
  return statsOf(path)?.isFile() ?? false
}

/** A folder that only has other packages, or versions of one, is none itself. */
function hasWit(path: string): boolean {
  return entries(path).some((name) => name.endsWith('.wit'))
}

function entries(folder: string): string[] {
  return statsOf(folder)?.isDirectory() ? readdirSync(folder).sort() : []
}

/** Undefined for what is not there. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    // Names are as long as their author likes.
    if ((error as NodeJS.ErrnoException).code === 'ENAMETOOLONG') return undefined
    throw fileError(path, error, 'a package')
  }
}

function openPackage(path: string, features: Features): FoundPackage {
  if (path.endsWith('.wit') || statsOf(path)?.isDirectory())
    return { kind: 'wit', package: resolveWit(readWitSources(path), { features }).main }
  const file = readFile(path, 'a package')
  if (file.bytes[0] !== 0 && !path.endsWith('.wat'))
    throw new TenonError('decode', `${path} is no WebAssembly component`)
  const bytes = file.bytes[0] === 0 ? file.bytes : parseWat(textOf(file.bytes, file.name), { path })
  return packageOf(decodedFrom(path, bytes))
}

/** The places of errors are in the bytes of that file. */
function decodedFrom(path: string, bytes: Uint8Array): Component {
  try {
    return decode(bytes)
  } catch (error) {
    if (!(error instanceof TenonError)) throw error
    throw new TenonError(error.code, `${path}: ${error.message}`, { cause: error })
  }
}

/** A component that is a package of WIT in binary form has nothing to instantiate. */
function packageOf(component: Component): FoundPackage {
  const { main, world } = decodeWit(component)
  return world === undefined ? { kind: 'wit', package: main } : { kind: 'component', component }
}

/** `namespace:name` of what there is, two levels deep. */
function namesIn(folder: string): string[] {
  return entries(folder).flatMap((namespace) =>
    entries(join(folder, namespace)).map((name) => `${namespace}:${name.replace(/\.(wasm|wat|wit)$/, '')}`),
  )
}
