import { decode } from '../binary/index.ts'
import { TenonError } from '../errors.ts'
import { decodeWit } from '../wit/decode-wit.ts'
import { moduleDeclarations, worldName } from './module-declarations.ts'

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
  const { world } = decodeWit(decode(bytes), { world: worldName(file) })
  if (world !== undefined) return moduleDeclarations(world)
  throw new TenonError(
    'wit',
    `${file}: this is a package of WIT in binary form, and exports nothing to import`,
  )
}
