/** The hand-written side as a contestant: `../hand-written.ts` over the core modules of the same components. */
import { coreInstances } from '../core-instances.ts'
import { coreModules } from '../core-modules.ts'
import { openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { adderFile, pythonAdderFile, valuesFile } from '../guests.ts'
import { handLinked } from '../hand-linked.ts'
import { handWritten } from '../hand-written.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import type { Contestant } from '../values.ts'

export function load(): Contestant {
  const [values, adder] = [valuesFile, adderFile].map((file) => {
    // The first module is the guest; the others wire up its imports.
    const [guest] = coreModules(file)
    return new WebAssembly.Module(guest!)
  })
  let python: (() => void) | undefined
  return {
    values: handWritten(values!),
    instantiateValues: () => handWritten(values!),
    composed: handLinked,
    instantiateAdder: () => new WebAssembly.Instance(adder!),
    recycleAdder: () => new WebAssembly.Instance(adder!),
    recyclePythonAdder: async () => {
      python ??= await coreInstances(await pythonAdderFile())
      return python
    },
    openFile,
  }
}

/** What `guests/files` does, by Node itself. */
function openFile() {
  const file = openSync(join(temporaryFolder(), 'file'), 'w')
  const bytes = new Uint8Array(1024 * 1024).fill(7)
  return (chunks: number) => {
    for (let n = 0; n < chunks; n++) writeSync(file, bytes, 0, bytes.length, (n % 8) * bytes.length)
  }
}
