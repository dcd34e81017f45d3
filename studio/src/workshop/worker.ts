/** The workshop on a thread of its own. Bytes that it hands out are copies already, and are not copied again. */
import * as comlink from 'comlink'
import type { Workshop } from '../contract/workshop.ts'
import { createWorkshop } from './workshop.ts'

const workshop = createWorkshop()

const exposed: Workshop = {
  ...workshop,
  async bytesOf(name) {
    const bytes = await workshop.bytesOf(name)
    return comlink.transfer(bytes, [bytes])
  },
  async encode(text) {
    const encoded = await workshop.encode(text)
    return encoded instanceof ArrayBuffer ? comlink.transfer(encoded, [encoded]) : encoded
  },
}

comlink.expose(exposed)
