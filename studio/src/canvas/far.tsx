import { useStore } from '@xyflow/react'
import { useEffect } from 'react'
import { canvas } from './canvas-state.ts'
import { FAR } from './spots.ts'

/** Tells the styles when rows are too small to be read: they are not painted then. */
export function Far() {
  const isFar = useStore(({ transform }) => transform[2] < FAR)
  useEffect(() => canvas.set({ isFar }), [isFar])
  return null
}
