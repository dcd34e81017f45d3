/** Texts of components can be of any length; what is shown of them is not. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
