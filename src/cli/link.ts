import { TenonError } from '../errors.ts'
import { Component, type Imports, Linker } from '../index.ts'
import { wasi } from '../wasi/index.ts'
import { unversioned } from '../component/interface-path.ts'
import { nearest } from '../diagnostics/nearest.ts'
import { cacheDirectory, type hostOptions, memoryLimit, parseImport, wasiOptions } from './host-options.ts'
import type { OptionValues } from './parse-options.ts'
import { type ComponentFile, readComponentFile, reading } from './read-component.ts'

/**
 * Reads and compiles a component; errors will show the bytes they mean.
 *
 * @param cache a directory for its Plan
 * @param eager compile its core modules meanwhile: there will be an instance
 */
export function loadComponent(file: ComponentFile, cache?: string, eager = false): Promise<Component> {
  const name = file.baseName.replace(/\.(wasm|wat|tenon)$/, '')
  return reading(file, () => Component.fromBytes(file.bytes, { name, cache, eager }))
}

/** A component that satisfies an import. */
export interface Provider {
  /** Of the import, as it was written. */
  readonly name: string
  readonly component: Component
  readonly exported: string
}

/** A linker with WASI as granted, and with what `--import` names. */
export async function linkerFor(
  component: Component,
  options: OptionValues<typeof hostOptions>,
  args: readonly string[],
): Promise<Linker> {
  const host = wasi(wasiOptions(options, args))
  const providers = await loadProviders(options.import ?? [], cacheDirectory(options))
  return linkProviders(component, host, providers, memoryLimit(options))
}

/** The components that `--import` names. */
export function loadProviders(texts: readonly string[], cache?: string): Promise<readonly Provider[]> {
  return Promise.all(
    texts.map(async (text) => {
      const { name, path } = parseImport(text)
      const component = await loadComponent(await readComponentFile(path), cache, true)
      return { name, component, exported: findExport(component, name, path) }
    }),
  )
}

/**
 * A linker with the host's imports, and with instances of the providers: each sees those before it.
 *
 * @param maxMemory bytes, of each instance
 */
export async function linkProviders(
  component: Component,
  host: Imports,
  providers: readonly Provider[],
  maxMemory?: number,
): Promise<Linker> {
  const linker = new Linker().define(host)
  if (maxMemory !== undefined) linker.maxMemory(maxMemory)
  for (const { name, component: provider, exported } of providers) {
    const instance = await linker.instantiate(provider)
    linker.define(importMeantBy(component, name), instance.exports[exported])
  }
  return linker
}

/** Versions may be left away. */
function findExport(provider: Component, name: string, path: string): string {
  const names = provider.exports.map((item) => item.name)
  const found =
    names.find((one) => one === name) ?? names.find((one) => unversioned(one) === unversioned(name))
  if (found !== undefined) return found
  const [candidate] = nearest(name, names)
  const offers = names.length === 0 ? 'nothing' : names.join(', ')
  const meant = candidate === undefined ? '' : `; did you mean ${candidate}?`
  throw new TenonError(
    'link',
    `--import ${name}=${path}: the component exports no \`${name}\`, it exports ${offers}${meant}`,
  )
}

/** The component's own name for an import; what it does not import is defined all the same, for other providers. */
function importMeantBy(component: Component, name: string): string {
  const names = component.imports.map((item) => item.name)
  return (
    names.find((one) => one === name) ?? names.find((one) => unversioned(one) === unversioned(name)) ?? name
  )
}
