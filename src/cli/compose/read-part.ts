import { decode } from '../../binary/decode.ts'
import type { Part } from '../../compose/plug.ts'
import { validate } from '../../validation/validate.ts'
import { componentIn } from '../precompiled.ts'
import { readComponentFile, reading } from '../read-component.ts'
import { packageNameFor } from '../../compose/package-name.ts'

/**
 * A component for a composition, called as its file is. It is checked before it is composed, so that an error shows the bytes of the file.
 *
 * @param taken names that other parts have; its own is added
 */
export async function readPart(path: string, taken?: Set<string>): Promise<Part> {
  const file = componentIn(await readComponentFile(path))
  const component = await reading(file, () => {
    const decoded = decode(file.bytes)
    validate(decoded)
    return decoded
  })
  return { name: packageNameFor({ file: file.baseName }, taken), component }
}
