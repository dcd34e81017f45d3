/** A component as modules for a bundler, which knows no components. */
import type { Component } from '../index.ts'
import type { ImportGraph } from './import-graph.ts'
import type { ImportTable } from './import-table.ts'
import { moduleSource } from './module-source.ts'
import { packageTable } from './package-table.ts'
import { resolveImports } from './resolve-imports.ts'

export interface BundlerParts {
  /** Entries that count before those of the package. */
  readonly table: ImportTable
  /** The specifier under which the bundler finds what `transpile` made of the component. */
  readonly transpiled: string
  /** Expressions for the addresses of its core modules, by their names there. */
  readonly addresses: ReadonlyMap<string, string>
  /** Of all components of the bundle: this one is put into it. */
  readonly graph: ImportGraph
}

/**
 * The source of the module that an application imports, and the package.json that it depends on.
 *
 * @throws {TenonError} link, file
 */
export function bundledSource(
  component: Component,
  file: string,
  { table, transpiled, addresses, graph }: BundlerParts,
): { readonly source: string; readonly packageFile: string } {
  const ofPackage = packageTable(file)
  const imports = resolveImports(component, [table, ofPackage], file).map((one) => ({
    ...one,
    specifier: one.specifier && pathOf(one.specifier),
  }))
  graph.add(
    file,
    imports.flatMap(({ specifier }) => specifier ?? []),
  )
  const files = Array.from(addresses, ([name, address]) => `  ${JSON.stringify(name)}: ${address},`)
  const source = moduleSource(component, {
    name: shown(file),
    shown,
    imports,
    wasi: 'tenon/esm/wasi',
    importsFrom: 'tenon/esm',
    head: [
      `import { instantiate } from ${JSON.stringify(transpiled)}`,
      "import { compileFile } from 'tenon/transpiled'",
      `const $files = {\n${files.join('\n')}\n}`,
    ].join('\n'),
    instantiate: (given) =>
      `instantiate((file) => compileFile(new URL($files[file], import.meta.url)), ${given})`,
  })
  return { source, packageFile: ofPackage.place }
}

/** What is bundled shall not depend on where the application lies on this machine. */
function shown(specifier: string): string {
  const { isAbsolute, relative, sep } = process.getBuiltinModule('node:path')
  return isAbsolute(specifier) ? relative('', specifier).replaceAll(sep, '/') : specifier
}

/** Bundlers know files by their paths. */
function pathOf(specifier: string): string {
  return specifier.startsWith('file:')
    ? process.getBuiltinModule('node:url').fileURLToPath(specifier)
    : specifier
}
