/** The page's side of the workshop. */
import * as comlink from 'comlink'
import type { Workshop } from '../contract/workshop.ts'

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'workshop' })

export const workshop: comlink.Remote<Workshop> = comlink.wrap<Workshop>(worker)
