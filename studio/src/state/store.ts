import { create } from 'zustand'
import type { Studio } from '../contract/studio.ts'

export const useStudio = create<Studio>()(() => {
  throw new Error('not there yet')
})
