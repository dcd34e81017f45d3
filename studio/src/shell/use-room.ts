import { useMediaQuery } from '@mantine/hooks'
import type { Room } from './visible-panes.ts'

const now = { getInitialValueInEffect: false }

/** A third part has a place where the canvas keeps 700 pixels beside the usual widths of the others. */
export function useRoom(): Room {
  const isTwo = useMediaQuery('(min-width: 48em)', undefined, now)
  const isThree = useMediaQuery('(min-width: 94em)', undefined, now)
  return isThree ? 'three' : isTwo ? 'two' : 'one'
}

/** The header has room for words. */
export function useIsWide(): boolean {
  return useMediaQuery('(min-width: 62em)', undefined, now)
}
