import { TenonError } from '../errors.ts'
import { Component, Linker } from '../index.ts'
import { wasi } from '../wasi/index.ts'
import { parseExternName } from '../component/names.ts'
import { nearest } from '../diagnostics/nearest.ts'
import { type hostOptions, parseImport, wasiOptions } from './host-options.ts'
import type { OptionValues } from './parse-options.ts'
import { type ComponentFile, readComponentFile, reading } from './read-component.ts'

/** Reads and compiles a component; errors will show the bytes they mean. */
export function loadComponent(file: ComponentFile): Promise<Component> {
  return reading(file, () => Component.fromBytes(file.bytes, { name: file.baseName.replace(/\.wasm$/, '') }))
}

/** A linker with WASI as granted, and with what `--import` names. */
export async function linkerFor(
  component: Component,
  options: OptionValues<typeof hostOptions>,
  args: readonly string[],
): Promise<Linker> {
  const linker = new Linker().define(wasi(wasiOptions(options, args)))
  for (const text of options.import ?? []) {
    const { name, path } = parseImport(text)
    const provider = await loadComponent(readComponentFile(path))
    const exported = findExport(provider, name, path)
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

function unversioned(name: string): string {
  const parts = parseExternName(name)
  return parts.kind === 'interface' ? `${parts.namespace}:${parts.package}/${parts.interface}` : name
}
