import type { Composition } from './composition.ts'
import { ProgramText } from './linker-program-text.ts'

export interface LinkerProgramOptions {
  /**
   * Where the component of a package is: a path, seen from the program, or an address. Default: the package's name without its
   * namespace, `adder.wasm` of `docs:adder@1.0.0`, and with `-2`, `-3` … where several would be called so.
   */
  readonly fileOf?: ((packageName: string) => string) | undefined
  /** What the program is called in its comment. */
  readonly name?: string | undefined
}

/** TypeScript that does what a composition does. */
export interface LinkerProgram {
  readonly text: string
  /** It runs a command; else it has a function `instantiate`. */
  readonly isCommand: boolean
  /** What the composition leaves open and WASI does not give: parameters of the program, by their names. */
  readonly open: readonly string[]
  /** What it does otherwise than the component that the composition would be written as; each also stands in its comments. */
  readonly differences: readonly string[]
}

/**
 * A program that does with `Component.load` and `Linker` what a composition does: one file, which imports `tenon`, and `tenon/wasi` where
 * something imports WASI. Commands are run; of others, what they export is returned.
 *
 * @example
 * const component = await assemble('(component (import "log" (func)) (export "go" (func 0)))')
 * let [graph, id] = new Composition().add('docs:adder', component).instantiate('docs:adder')
 * const [aliased, go] = graph.alias(id, 'go')
 * const { text, open } = linkerProgram(aliased.export(go, 'start'))
 * open // ['log']
 * text.includes("await host.instantiate(await load('adder.wasm'))") // true
 */
export function linkerProgram(composition: Composition, options: LinkerProgramOptions = {}): LinkerProgram {
  return new ProgramText(composition, options).program()
}
