import { useEffect } from 'react'
import { isMac, useCommandContext } from './command-context.ts'
import { commandOf } from './commands.ts'

/** Keys that work everywhere. What has the focus comes first, and in fields for text their own keys stay theirs. */
export function useShortcuts(): void {
  const context = useCommandContext()
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const command = commandOf(event, isMac)
      if (command === undefined || isTyped(event, command.id)) return
      event.preventDefault()
      if (command.isPossible?.(context.studio) ?? true) command.run(context)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [context])
}

function isTyped({ target, ctrlKey, metaKey, key }: KeyboardEvent, command: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  const isField = target.matches('input, textarea, select') || target.isContentEditable
  const isPlain = !ctrlKey && !metaKey && key.length === 1
  return isField && (isPlain || command === 'undo' || command === 'redo')
}
