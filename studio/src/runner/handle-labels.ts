/**
 * WAVE has no text for handles: `#3` becomes the label `r3`, which is as long, so that places in the text stay what they are. What
 * stands in quotes and comments is left alone.
 *
 * @example
 * handlesAsLabels(`add(#12, "#12")`) // `add(r12, "#12")`
 */
export function handlesAsLabels(text: string): string {
  return text.replace(
    /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|#(\d{1,15})(?![\w-])/g,
    (piece, number: string | undefined) => (number === undefined ? piece : `r${number}`),
  )
}
