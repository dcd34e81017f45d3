/** What a piece of a diagnostic is; the caller decides what that looks like. */
export type Role = 'error' | 'message' | 'label' | 'note' | 'gutter' | 'place'

/** Colours a piece of text. The renderers know no terminal: the CLI hands one over, everybody else gets {@link plain}. */
export type Paint = (role: Role, text: string) => string

export const plain: Paint = (_, text) => text
