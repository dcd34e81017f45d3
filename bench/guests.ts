/** The components that the benchmark runs. */
import { join } from 'node:path'
import { buildPythonGuest } from '../examples/build-python.ts'

export const composedFile: string = fileOf('guests/composed/composed.wasm')
export const copyByHandFile: string = fileOf('guests/composed/copy-by-hand.wasm')
export const valuesFile: string = fileOf('guests/values/values.wasm')
export const helloFile: string = fileOf('guests/hello/hello.wasm')
export const filesFile: string = fileOf('guests/files/files.wasm')
export const adderFile: string = fileOf('../examples/adder/rust/adder.wasm')

/** Builds it where that is needed. Rejects where Python is missing. */
export async function pythonAdderFile(): Promise<string> {
  const built = await buildPythonGuest('adder')
  if ('path' in built) return built.path
  throw new Error(`${built.reason}; install it with: ${built.cure}`)
}

/** A path beside this file. */
export function fileOf(path: string): string {
  return join(import.meta.dirname, path)
}
