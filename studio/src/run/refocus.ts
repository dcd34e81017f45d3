/**
 * For what takes itself away when it is used: once it is gone, the focus goes to the first control of the same part of the panel
 * instead of nowhere.
 */
export function refocusAfter(control: Element, done: Promise<unknown> | undefined): void {
  const part = control.closest('[role=tabpanel]')
  void Promise.resolve(done).then(() =>
    requestAnimationFrame(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return
      part?.querySelector<HTMLElement>('select, input:not([type=file]), button:not(:disabled)')?.focus()
    }),
  )
}
