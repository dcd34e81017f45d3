/** No more than so many characters, with a sign where some are missing. Never half of a surrogate pair. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const isPair = /[\uD800-\uDBFF]/.test(text[most - 2] ?? '')
  return `${text.slice(0, isPair ? most - 2 : most - 1)}…`
}
