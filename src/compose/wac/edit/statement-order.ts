import { WacEditError } from '../../../errors.ts'
import { type Draft, nameOf } from './draft.ts'
import { moveBefore } from './place-statement.ts'

/**
 * Sees to it that a statement stands above another one, which is to use it: with what it needs itself it is moved there.
 *
 * @throws {WacEditError} `cycle`, where it needs the other one
 */
export function putAbove(draft: Draft, source: number, target: number): void {
  const needs = neededBy(draft)
  const path = pathTo(needs, source, target)
  if (path) {
    const names = [...path, source].map((each) => draft.describe(each))
    throw new WacEditError('cycle', `that would be a cycle: ${names.join(' needs ')}`, {
      cure: 'instances are made one after the other: take another wire of the cycle away first, or use a second instance',
      names,
    })
  }
  if (source < target) return
  const moved = new Set<number>([source])
  for (const each of moved) for (const other of needs(each)) if (other > target) moved.add(other)
  moveBefore(draft, target, [...moved])
}

/** The statements whose names a statement uses. */
function neededBy(draft: Draft): (index: number) => readonly number[] {
  const { statements, spans } = draft.syntax
  const definitions = new Map<string, number>()
  for (const [index, each] of statements.entries()) {
    const name = nameOf(each)
    if (name !== undefined && !definitions.has(name)) definitions.set(name, index)
  }
  const types = new Map<number, number>()
  for (const [index, each] of statements.entries()) {
    if (each.kind !== 'export') types.set('id' in each ? each.id.start : each.name.start, index)
  }
  const references = [...draft.references]
  return (index) => {
    const found = new Set<number>()
    for (const { name } of draft.expressions(index).names) {
      const definition = definitions.get(name)
      if (definition !== undefined) found.add(definition)
    }
    const { start, end } = spans[index]!
    for (const { from, to } of references) {
      if (from.source !== to.source || from.span.start < start || from.span.end > end) continue
      const definition = types.get(to.span.start)
      if (definition !== undefined && definition !== index) found.add(definition)
    }
    return [...found]
  }
}

/** From one statement to another by what each needs; undefined where there is no way. Both ends are in it. */
function pathTo(
  needs: (index: number) => readonly number[],
  source: number,
  target: number,
): readonly number[] | undefined {
  const before = new Map<number, number | undefined>([[source, undefined]])
  for (const [each] of before) {
    if (each === target) return pathBack(before, target)
    for (const other of needs(each)) if (!before.has(other)) before.set(other, each)
  }
  return undefined
}

function pathBack(before: ReadonlyMap<number, number | undefined>, target: number): number[] {
  const path: number[] = []
  for (let each: number | undefined = target; each !== undefined; each = before.get(each)) path.push(each)
  return path.reverse()
}
