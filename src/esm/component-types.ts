/** Types of components for those who import them. */
import { moduleTypes } from '../bindgen/declarations/module-types.ts'
import { decode } from '../binary/index.ts'
import { TenonError } from '../errors.ts'
import { decodeWit } from '../wit/decode-wit.ts'

/** As the declarations import it. */
const front = "'tenon'"

/**
 * Declarations of a component as the module that it is imported as: what goes beside `adder.wasm` as `adder.d.wasm.ts`, where TypeScript
 * looks for it (`allowArbitraryExtensions`).
 *
 * @param file the component's, for the names of types
 * @throws {DecodeError} malformed bytes
 * @throws {ValidationError} well-formed but not valid
 * @throws {TenonError} wit: a package of WIT, which is no component to import
 *
 * @example
 * componentTypes(bytes, 'adder.wasm').includes('export declare function add(a: number, b: number): number') // true
 */
export function componentTypes(bytes: Uint8Array, file: string): string {
  const { world } = decodeWit(decode(bytes))
  if (world === undefined)
    throw new TenonError(
      'wit',
      `${file}: this is a package of WIT in binary form, and exports nothing to import`,
    )
  const name = kebabCase(file.replace(/^.*[/\\]/, '').replace(/\.wasm$/, ''))
  return moduleTypes(world, { name, defaultExport: (exports) => `import(${front}).Instance<${exports}>` })
}

/**
 * Where TypeScript looks for the types of what has no TypeScript in it.
 *
 * @example
 * typesFile('lib/adder.wasm') // 'lib/adder.d.wasm.ts'
 */
export function typesFile(file: string): string {
  return file.replace(/\.([^./\\]*)$/, '.d.$1.ts')
}

/** Of any name, words that begin with a letter. */
function kebabCase(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  return /^[A-Za-z]/.test(words[0] ?? '') ? words.join('-') : ['component', ...words].join('-')
}
