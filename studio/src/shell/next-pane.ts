/** Moves the focus to the next part of the page that is seen: header, canvas, source, panel. */
export function nextPane(): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(
    (pane) => pane.getClientRects().length > 0,
  )
  const current = panes.findIndex((pane) => pane.contains(document.activeElement))
  panes[(current + 1) % panes.length]?.focus()
}
