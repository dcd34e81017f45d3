/** The page's one store. */
import * as comlink from 'comlink'
import { useStore } from 'zustand'
import type { Studio } from '../contract/studio.ts'
import type { Workshop } from '../contract/workshop.ts'
import { workshop as remote } from '../workshop/client.ts'
import { browserStorage } from './document-storage.ts'
import { type Arrange, Model } from './model.ts'

/** Calls back over the worker's border, and moves bytes instead of copying them. */
const workshop: Workshop = new Proxy(remote as unknown as Workshop, {
  get(target, method, receiver) {
    if (method !== 'addPackage') return Reflect.get(target, method, receiver)
    return (...[bytes, hint, progress]: Parameters<Workshop['addPackage']>) =>
      target.addPackage(comlink.transfer(bytes, [bytes]), hint, comlink.proxy(progress))
  },
})

/** With the canvas comes all that draws: it is fetched when it is needed. */
const arrange: Arrange = async (graph, groups) =>
  (await import('../canvas/arrange.ts')).arrange(graph, groups)

export const model = new Model(workshop, arrange, browserStorage())

interface UseStudio {
  (): Studio
  <Part>(select: (studio: Studio) => Part): Part
  getState(): Studio
  setState(changes: Partial<Studio>): void
  subscribe(listener: (studio: Studio, before: Studio) => void): () => void
}

export const useStudio: UseStudio = Object.assign(
  <Part>(select?: (studio: Studio) => Part) => useStore(model.store, select ?? ((studio) => studio as Part)),
  model.store,
)
