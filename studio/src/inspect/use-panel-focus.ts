import { type RefObject, useEffect, useRef } from 'react'

/**
 * Moves the focus into a panel that was asked for, and back to where it was when the panel is gone.
 *
 * @param key of what the panel shows
 * @returns for the panel's element, which has `tabIndex={-1}`
 */
export function usePanelFocus(key: string): RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null)
  // Another key is another panel.
  useEffect(() => {
    const opener = document.activeElement
    panel.current?.focus({ preventScroll: true })
    return () => {
      requestAnimationFrame(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body
        if (isLost && opener instanceof HTMLElement) opener.focus({ preventScroll: true })
      })
    }
  }, [key])
  return panel
}
