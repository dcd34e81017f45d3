import { formatWac } from '../format.ts'

const head = 'package a:b;\n\n'

/** A statement as `formatWac` writes it, without the line break behind it. */
export function formatStatement(text: string): string {
  return formatWac(head + text)
    .slice(head.length)
    .trimEnd()
}
