import { encodeProducers } from '../core/custom-sections.ts'
import type { Cursor } from './cursor.ts'

/** The contents of `(@producers (language "Rust" "1.80") (sdk …) (processed-by …))`. */
export function producersSection(cursor: Cursor): Uint8Array {
  const fields = new Map<string, [name: string, version: string][]>([
    ['language', []],
    ['sdk', []],
    ['processed-by', []],
  ])
  while (!cursor.done) {
    const list = cursor.enter('a field of producers')
    const values = fields.get(list.head)
    if (!values) return list.fail(`there is no field \`${list.head}\``, list.list.span)
    values.push([list.string('a name'), list.string('a version')])
    list.end()
  }
  return encodeProducers(fields)
}
