import { useEffect, useState } from 'react'
import type { PortRef } from '../contract/graph.ts'
import type { Comparison } from '../contract/workshop.ts'
import { messageOf } from '../state/message-of.ts'
import { useStudio } from '../state/store.ts'
import { workshop } from '../workshop/client.ts'

export type Compared =
  | { readonly state: 'comparing' }
  | { readonly state: 'compared'; readonly comparison: Comparison }
  | { readonly state: 'failed'; readonly reason: string }

/** Both ends as they are in the text that is drawn: what is shown follows the text. */
export function useComparison(from: PortRef, to: PortRef): Compared {
  const text = useStudio(({ graphText }) => graphText)
  const packages = useStudio(({ packages }) => packages)
  const [compared, setCompared] = useState<Compared>({ state: 'comparing' })
  // Other bytes behind the same names make other types.
  useEffect(() => {
    let isCurrent = true
    const set = (next: Compared) => isCurrent && setCompared(next)
    workshop.compare(text, from, to).then(
      (comparison) =>
        set(
          'refused' in comparison
            ? { state: 'failed', reason: comparison.refused }
            : { state: 'compared', comparison },
        ),
      (error: unknown) => set({ state: 'failed', reason: messageOf(error) }),
    )
    return () => {
      isCurrent = false
    }
  }, [text, packages, from, to])
  return compared
}
