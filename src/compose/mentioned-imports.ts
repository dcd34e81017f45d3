import type { ExternType } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import { everyPart } from '../validation/type-parts.ts'

/**
 * Of some imports those that have a name for a type that `type` mentions, and those that these mention.
 *
 * @param imports each behind those that it mentions
 */
export function mentionedImports(
  type: ExternType,
  imports: ReadonlyMap<string, ExternType>,
): ReadonlyMap<string, ExternType> {
  const mentioned = new Set<object>()
  mention(type, mentioned)
  const found = [...imports].reverse().filter(([, each]) => {
    const isMentioned = namesAny(each, mentioned)
    if (isMentioned) mention(each, mentioned)
    return isMentioned
  })
  return new Map(found.reverse())
}

/** Adds all types that a type is made of. */
function mention(type: ExternType | TypeEntity, mentioned: Set<object>): void {
  if (mentioned.has(type)) return
  mentioned.add(type)
  everyPart(
    type,
    (part) => {
      mention(part, mentioned)
      return true
    },
    undefined,
  )
}

function namesAny(type: ExternType, mentioned: ReadonlySet<object>): boolean {
  if (type.kind === 'type') return mentioned.has(type.type)
  if (type.kind !== 'instance') return false
  return type.exports.values().some((each) => namesAny(each, mentioned))
}
