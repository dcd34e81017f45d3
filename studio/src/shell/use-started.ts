import { useEffect } from 'react'
import { keepOffline } from '../offline/register.ts'
import { start } from '../state/start.ts'
import { model } from '../state/store.ts'

let isStarted = false

/** What happens once, when the page is there. */
export function useStarted(): void {
  useEffect(() => {
    if (isStarted) return
    isStarted = true
    void start(model)
    void keepOffline((text) => model.notify({ kind: 'info', text }))
  }, [])
}
