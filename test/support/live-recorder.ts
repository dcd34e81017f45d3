/** What an observer of a live composition sees. */
import type { ImportCallEnd } from '../../src/index.ts'
import type { LiveCall, LiveObserver } from '../../src/live/live-composition.ts'

export interface Seen extends LiveCall {
  end?: ImportCallEnd
}

/** Keeps every call, and how it ended. */
export function recorder(): { readonly calls: Seen[]; readonly observe: LiveObserver } {
  const calls: Seen[] = []
  return {
    calls,
    observe(call) {
      const seen: Seen = { ...call }
      calls.push(seen)
      return (end) => {
        seen.end = end
      }
    },
  }
}
