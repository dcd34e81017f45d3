/** Tenon as its users get it: the built package. */
import type { Component as LoadedComponent } from '../../src/index.ts'
import { exchangeable } from '../exchangeable.ts'
import { adderFile, composedFile, filesFile, pythonAdderFile, valuesFile } from '../guests.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { type Composed, type Contestant, type Files, ping, type Values } from '../values.ts'

// By address, because this folder is a package of its own, in which `tenon` does not name the one around it.
const dist = new URL('../../dist/', import.meta.url).href
const { Component }: typeof import('../../src/index.ts') = await import(`${dist}index.js`)
const { wasi }: typeof import('../../src/wasi/index.ts') = await import(`${dist}wasi/index.js`)

export async function load(): Promise<Contestant> {
  const values = await Component.load(valuesFile)
  const adder = await Component.load(adderFile)
  const files = await (await Component.load(filesFile)).instantiate(
    wasi({ preopens: [{ host: temporaryFolder(), guest: '/out' }] }),
  )
  const composed = await (await Component.load(composedFile)).instantiate()
  const host = wasi()
  let python: LoadedComponent | undefined
  // The types of a component are known at run time only; so below.
  const instantiateValues = async () =>
    (await values.instantiate({ ...host, ping })).exports as unknown as Values
  return {
    values: await instantiateValues(),
    instantiateValues,
    composed() {
      const live = composed.exports as unknown as Composed
      return { ...live, runUnchecked: live.runString }
    },
    live: { fixed: await exchangeable(false), exchangeable: await exchangeable(true) },
    instantiateAdder: () => adder.instantiate(),
    async recycleAdder() {
      const instance = await adder.instantiate()
      instance.dispose()
    },
    async recyclePythonAdder() {
      python ??= await Component.load(await pythonAdderFile())
      return async () => {
        const instance = await python!.instantiate(host)
        instance.dispose()
      }
    },
    openFile() {
      const { createFile, writeChunks } = files.exports as unknown as Files
      createFile('/out/file')
      return writeChunks
    },
  }
}
