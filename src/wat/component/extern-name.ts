import type { ExternName, NameAttribute } from '../../component/component.ts'
import type { Node } from '../s-expression.ts'
import { type Cursor, headOf } from './cursor.ts'

const attributes: ReadonlyMap<string, (value: string) => NameAttribute> = new Map<
  string,
  (value: string) => NameAttribute
>([
  ['implements', (value) => ({ kind: 'implements', interface: value })],
  ['versionsuffix', (value) => ({ kind: 'version-suffix', suffix: value })],
  ['external-id', (value) => ({ kind: 'external-id', id: value })],
])

/**
 *     externnamelit attribute*
 *     attribute ::= (versionsuffix "…") | (implements "…") | (external-id "…")
 */
export function externName(cursor: Cursor): ExternName {
  const name = takeName(cursor)
  const found: NameAttribute[] = []
  for (let make = next(cursor); make; make = next(cursor)) {
    const list = cursor.enter('an attribute')
    const attribute = make(list.string('the value of an attribute'))
    list.end()
    if (found.some(({ kind }) => kind === attribute.kind)) {
      list.fail(`unexpected token: \`${list.head}\` is given twice`, list.list.span)
    }
    found.push(attribute)
  }
  return { name, prefix: found.length > 0 ? 0x02 : 0x00, attributes: found }
}

const next = (cursor: Cursor): ((value: string) => NameAttribute) | undefined =>
  attributes.get(cursor.nextHead)

/** Whether the item is an attribute. */
export function isAttribute(item: Node): boolean {
  return item.kind === 'list' && attributes.has(headOf(item))
}

/** Names of interfaces were once written `(interface "…")`. */
function takeName(cursor: Cursor): string {
  const old = cursor.enters('interface')
  const name = (old ?? cursor).string('the name of an import or export')
  old?.end()
  return name
}
