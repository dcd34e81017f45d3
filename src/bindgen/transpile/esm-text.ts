/** The ends of a module: `instantiate`, and where the component is to run at once, its imports and exports as a module's. */
import { quote } from '../../compile/glue/source.ts'
import type { ExportShape } from '../../runtime/export-shape.ts'
import type { ImportedModule } from './import-modules.ts'
import { literalText } from './literal-text.ts'
import type { ModuleText } from './module-text.ts'

/** One export of a component, and the names that a module exports it under: the exact one first, then the short ones. */
export interface TranspiledExport {
  readonly name: string
  readonly as: readonly string[]
}

/** A module that exports `then` would be taken for a promise by `import()`: the name gets a trailing `_`, as on classes. */
export function namedExports({ entries }: ExportShape): readonly TranspiledExport[] {
  return entries.map(({ keys }) => ({
    name: keys[0]!,
    as: keys.map((key) => (key === 'then' ? 'then_' : key)),
  }))
}

/**
 * `instantiate` takes core modules from whoever calls it.
 *
 * @param own the module calls it itself
 */
export function instantiationText(module: ModuleText, instantiate: string, own: boolean): string[] {
  const files = module.declare('files', module.data([...module.files.keys()]))
  const optional = module.optionalFiles.length === 0 ? '' : `, ${module.data(module.optionalFiles)}`
  const provided = module.provided.map(({ kind, key, module: place }) => {
    return `  [${module.data(kind)}, ${module.data(key)}, modules[${place}]],`
  })
  const provide = provided.length === 0 ? [] : [`${module.use('provideModules')}([`, ...provided, '])']
  const lines = [...provide, `return ${instantiate}(modules, imports, options)`]
  return [
    `${own ? '' : 'export '}function instantiate(getCoreModule, imports = {}, options = {}) {`,
    `  return ${module.use('withCoreModules')}(${files}, getCoreModule, (modules) => {`,
    ...lines.map((line) => `    ${line}`),
    `  }${optional})`,
    '}',
  ]
}

/** The component runs when the module does, with what it imports from other modules. */
export function moduleImportsText(imports: readonly ImportedModule[]): readonly string[] {
  return imports.map(({ specifier }, i) => `import * as $import${i} from ${quote(specifier)}`)
}

export function moduleText(
  module: ModuleText,
  name: string,
  imports: readonly ImportedModule[],
  exports: readonly TranspiledExport[],
  addressOf: AddressOf,
): readonly string[] {
  if (imports.length > 0) module.use('importsFrom')
  return [
    'const $files = {',
    ...[...module.files].map(
      ([file, bytes]) => `  ${quote(file)}: new URL(${addressOf(file, bytes)}, import.meta.url),`,
    ),
    '}',
    ...instanceText(name, imports, exports, (given) => {
      return `instantiate((file) => ${module.use('compileFile')}($files[file]), ${given})`
    }),
  ]
}

/** An expression for the address of a core module: absolute, or relative to the module that is written. */
export type AddressOf = (file: string, bytes: Uint8Array) => string

/** Bundlers find files beside a module by such expressions. */
export const besideModule: AddressOf = (file) => quote(`./${file}`)

/**
 * Makes the instance and exports what it does. Where there are imports, the module has to have imported `importsFrom`, too.
 *
 * @param instantiate an expression for a promise of the instance, of one for its imports
 */
export function instanceText(
  name: string,
  imports: readonly ImportedModule[],
  exports: readonly TranspiledExport[],
  instantiate: (imports: string) => string,
): readonly string[] {
  const given = imports.map(({ specifier, ...one }, i) => {
    return `  ${quote(one.name)}: { keys: ${literalText(one.keys)}, instance: ${one.instance}, from: ${quote(specifier)}, module: $import${i} },`
  })
  const taken = given.length === 0 ? '{}' : [`importsFrom(${quote(name)}, {`, ...given, '})'].join('\n')
  return [
    `const $instance = await ${instantiate(taken)}`,
    ...exports.map((one, i) => `const $export${i} = $instance.exports[${quote(one.name)}]`),
    ...exports.map(
      ({ as }, i) => `export { ${as.map((key) => `$export${i} as ${exportKey(key)}`).join(', ')} }`,
    ),
    ...(exports.some(({ as }) => as.includes('default')) ? [] : ['export default $instance']),
  ]
}

function exportKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key)
}
