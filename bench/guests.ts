/** The components that the benchmark runs. */
import { join } from 'node:path'

export const valuesFile: string = fileOf('guests/values/values.wasm')
export const helloFile: string = fileOf('guests/hello/hello.wasm')
export const filesFile: string = fileOf('guests/files/files.wasm')
export const adderFile: string = fileOf('../examples/adder/rust/adder.wasm')

/** A path beside this file. */
export function fileOf(path: string): string {
  return join(import.meta.dirname, path)
}
