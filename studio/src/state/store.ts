/** The page's one store. */
import { useStore } from 'zustand'
import type { Studio } from '../contract/studio.ts'
import { workshop, workshopWorker } from '../workshop/client.ts'
import { cut } from '../workshop/limits.ts'
import { browserStorage } from './document-storage.ts'
import { type Arrange, Model } from './model.ts'

/** With the canvas comes all that draws: it is fetched when it is needed. */
const arrange: Arrange = async (graph, groups) => {
  const [{ arrangeFor }, { canvasRoom, pointerMetrics }] = await Promise.all([
    import('../canvas/arrange-for.ts'),
    import('../canvas/canvas-room.ts'),
  ])
  return arrangeFor(canvasRoom(), graph, groups, pointerMetrics())
}

export const model = new Model(workshop, arrange, browserStorage())

workshopWorker.onRestart((reason) => {
  if (reason === undefined) model.notify({ kind: 'info', text: 'The workshop was started anew.' })
  else
    model.notify({
      kind: 'problem',
      text: `The workshop failed, and was started anew with what you have open: ${cut(reason, 200)}`,
      cure: 'where it fails again, the component that was added last may need more memory than the browser gives',
    })
  void model.reopen()
})

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
