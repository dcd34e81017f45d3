/** What WAC's own tests say of documents that are to be refused, from the text that its tool prints. */

export interface Refusal {
  readonly message: string
  /** 1-based; undefined where the tool knows no place. */
  readonly place: { readonly line: number; readonly column: number } | undefined
}

/**
 * @example
 * readRefusal('failed\n\n  × undefined name `x`\n   ╭─[tests/a.wac:3:10]\n').place // { line: 3, column: 10 }
 */
export function readRefusal(text: string): Refusal {
  const message = /×([\s\S]*?)(?:╭|$)/
    .exec(text)![1]!
    .replaceAll(/\s+│?\s*/g, ' ')
    .trim()
  const [, line, column] = /╭─\[[^\]]*:(\d+):(\d+)\]/.exec(text) ?? []
  return { message, place: line ? { line: Number(line), column: Number(column) } : undefined }
}
