import { checkNewName, freeName } from './free-name.ts'
import { keptComments } from './comments.ts'
import type { Draft, InstanceInText } from './draft.ts'
import { GivenArguments } from './given-arguments.ts'
import { expressionsIn } from './name-uses.ts'
import { insertBefore } from './place-statement.ts'
import { written } from './written-name.ts'

/**
 * Gives an instance that stands in another expression a `let` of its own, right before.
 *
 * @returns the name that it has then
 * @throws {WacEditError} `name`
 */
export function hoist(draft: Draft, { syntax, outer, statement }: InstanceInText, wanted?: string): string {
  if (wanted !== undefined) checkNewName(draft, wanted)
  const name = wanted ?? freeName(draft, syntax.package.name)
  const around =
    keptComments(draft.text, outer.start, syntax.start) + keptComments(draft.text, syntax.end, outer.end)
  insertBefore(draft, statement, `let ${written(name)} = ${draft.slice(syntax)};`)
  draft.replace(outer, around + written(name))
  return name
}

/**
 * Gives names to the instances that stand in some arguments of an instance: the arguments go, and they stay.
 *
 * @param at where the instance begins
 * @param choose the indices of the arguments
 * @returns where it begins afterwards
 */
export function hoistFrom(
  draft: Draft,
  at: number,
  choose: (given: GivenArguments) => readonly number[],
): number {
  let start = at
  for (;;) {
    const { syntax, statement } = draft.instanceAt(start)
    const chosen = choose(new GivenArguments(draft, syntax)).map((index) => syntax.arguments[index])
    const inner = chosen.flatMap((each) =>
      each?.kind === 'named' ? expressionsIn(each.value).instantiations : [],
    )
    const [first] = inner
    if (first === undefined) return start
    hoist(draft, { ...first, statement })
    start = draft.commit()(start)
  }
}
