import { useMemo } from 'react'
import { useStudio } from '../state/store.ts'
import { useRun } from './run-store.ts'
import { type RunText, runText } from './run-target.ts'

/** What would be run now. */
export function useRunText(): RunText {
  const text = useStudio((studio) => studio.text)
  const graph = useStudio((studio) => studio.graph)
  const packages = useStudio((studio) => studio.packages)
  const target = useRun((run) => run.target)
  return useMemo(() => runText(target, { text, graph, packages }), [text, graph, packages, target])
}
