/** The page's side of the workshop. Bytes are moved to it, not copied; where it fails, another takes its place. */
import * as comlink from 'comlink'
import type { Added, Workshop } from '../contract/workshop.ts'
import { Restarting, type Started } from './restarting.ts'

export const workshopWorker = new Restarting<comlink.Remote<Workshop>>(() => start())

export const workshop: Workshop = new Proxy({} as Workshop, {
  get: (_, method: keyof Workshop) => {
    if (method === 'addPackage') return addPackage
    return (...parameters: readonly unknown[]) =>
      workshopWorker.call((remote) => (remote[method] as AnyMethod)(...parameters))
  },
})

type AnyMethod = (...parameters: readonly unknown[]) => Promise<unknown>

const addPackage: Workshop['addPackage'] = (bytes, hint, progress) =>
  workshopWorker.call<Added>((remote) =>
    remote.addPackage(comlink.transfer(bytes, [bytes]), hint, comlink.proxy(progress)),
  )

function start(): Started<comlink.Remote<Workshop>> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'workshop' })
  return {
    remote: comlink.wrap<Workshop>(worker),
    failed: (listener) => {
      // Errors of methods are answers. What comes here was caught by nobody: a lack of memory, a script that did not load.
      worker.addEventListener('error', (event) => {
        event.preventDefault()
        listener(event.message || 'the worker ended')
      })
    },
    stop: () => worker.terminate(),
  }
}
