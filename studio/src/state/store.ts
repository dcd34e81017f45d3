/** The page's one store. */
import * as comlink from 'comlink'
import { useStore } from 'zustand'
import type { Graph } from '../contract/graph.ts'
import type { Layout, Position, Studio } from '../contract/studio.ts'
import type { Workshop } from '../contract/workshop.ts'
import { workshop as remote } from '../workshop/client.ts'
import { Model } from './model.ts'

/** Calls back over the worker's border, and moves bytes instead of copying them. */
const workshop: Workshop = new Proxy(remote as unknown as Workshop, {
  get(target, method, receiver) {
    if (method !== 'addPackage') return Reflect.get(target, method, receiver)
    return (...[bytes, hint, progress]: Parameters<Workshop['addPackage']>) =>
      target.addPackage(comlink.transfer(bytes, [bytes]), hint, comlink.proxy(progress))
  },
})

export const model = new Model(workshop, arrange)

async function arrange(_graph: Graph, _layout: Layout): Promise<Readonly<Record<string, Position>>> {
  return {}
}

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
