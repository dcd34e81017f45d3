/** A part of a text, and what takes its place; offsets are UTF-16 units of the text before. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** @param edits sorted, none overlapping another */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let edited = ''
  let from = 0
  for (const edit of edits) {
    edited += text.slice(from, edit.start) + edit.text
    from = edit.end
  }
  return edited + text.slice(from)
}

/** Where a part of the text that no edit touches begins afterwards. What is inserted right before it moves it. */
export function mapOffset(edits: readonly TextEdit[], offset: number): number {
  let moved = offset
  for (const { start, end, text } of edits) {
    if (end <= offset) moved += text.length - (end - start)
  }
  return moved
}
