/** A component as a module, with `adder.d.wasm.ts` beside it. */
import instance, { add } from '../types/modules/adder.wasm'
import { blobs, 'test:resources/blobs' as exact, start } from '../types/modules/app.wasm'

export function program(): unknown[] {
  const sum: number = add(1, 2)
  const later: Promise<number> = instance.async.add(1, 2)
  using blob = new blobs.Blob([sum])
  const same: boolean = exact === blobs
  return [later, blob.read(1).byteLength, same, typeof start]
}
