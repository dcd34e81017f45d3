/** The hand-written side as a contestant: `../hand-written.ts` over the core modules of the same components. */
import { coreModules } from '../core-modules.ts'
import { adderFile, valuesFile } from '../guests.ts'
import { handWritten } from '../hand-written.ts'
import type { Contestant } from '../values.ts'

export function load(): Contestant {
  const [values, adder] = [valuesFile, adderFile].map((file) => {
    // The first module is the guest; the others wire up its imports.
    const [guest] = coreModules(file)
    return new WebAssembly.Module(guest!)
  })
  return { values: handWritten(values!), instantiateAdder: () => new WebAssembly.Instance(adder!) }
}
