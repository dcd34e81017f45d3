import { cutText } from '../inspect/visible-text.ts'

/** Texts of components can be of any length, and turn what is beside them around; what is shown of them does not. */
export function cut(text: string, most: number): string {
  const { shown, more } = cutText(text, most)
  return more > 0 ? `${shown}…` : shown
}
