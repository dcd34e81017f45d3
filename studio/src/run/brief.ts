import { cutText } from '../inspect/visible-text.ts'

/** The beginning of what a component says, where there is room for a line of it. */
export function brief(text: string, limit = 60): string {
  const { shown, more } = cutText(text, limit)
  return more > 0 ? `${shown}…` : shown
}
