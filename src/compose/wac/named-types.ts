import type { FunctionType } from '../../component/extern-type.ts'
import { partsOf } from '../../component/type-parts.ts'
import type { ValueType } from '../../component/value-type.ts'

/** Types that must have a name where they are used: what else there is can be written in place. */
const named: ReadonlySet<ValueType['kind']> = new Set(['record', 'variant', 'enum', 'flags', 'own', 'borrow'])

/** The first type in a function's that must have a name; undefined where there is none. */
export function namedTypeIn({ parameters, result }: FunctionType): ValueType | undefined {
  const types = [...parameters.map(({ type }) => type), ...(result ? [result] : [])]
  // Parts of the types of interfaces are not followed: they are behind names. So this is no more than there is text.
  const seen = new Set(types)
  for (const type of seen) {
    if (named.has(type.kind)) return type
    for (const part of partsOf(type)) seen.add(part)
  }
  return undefined
}
