import { useEffect, useState } from 'react'
import type { Inspection } from '../contract/workshop.ts'
import { workshop } from '../workshop/client.ts'
import { messageOf } from '../state/message-of.ts'

export type Inspected =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly inspection: Inspection }
  | { readonly state: 'failed'; readonly reason: string }

/** What the workshop says of a package; asked anew where the name leads to other bytes. */
export function useInspection(name: string, hash: string | undefined): Inspected {
  const [inspected, setInspected] = useState<Inspected>({ state: 'reading' })
  useEffect(() => {
    let isCurrent = true
    const set = (next: Inspected) => isCurrent && setInspected(next)
    set({ state: 'reading' })
    if (hash !== undefined) {
      workshop.inspect(name).then(
        (inspection) =>
          set(
            'refused' in inspection
              ? { state: 'failed', reason: inspection.refused }
              : { state: 'read', inspection },
          ),
        (error: unknown) => set({ state: 'failed', reason: messageOf(error) }),
      )
    }
    return () => {
      isCurrent = false
    }
  }, [name, hash])
  return inspected
}
