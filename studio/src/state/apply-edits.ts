/** Several edits, one after the other, as one. */
import type { Layout, Position } from '../contract/studio.ts'
import type { Edit, Edited, Refusal, Workshop } from '../contract/workshop.ts'
import { moveBlocks, renameBlocks } from './layout.ts'

export interface Applied {
  readonly text: string
  readonly layout: Layout
  /** Ids of the blocks that were made, in their order. */
  readonly made: readonly string[]
}

/**
 * @param where places of the blocks that are made, in their order; those beyond its end get none
 * @returns the first refusal, where there is one: then nothing is done
 */
export async function applyEdits(
  workshop: Pick<Workshop, 'edit'>,
  text: string,
  layout: Layout,
  edits: readonly Edit[],
  where: readonly Position[],
): Promise<Applied | Refusal> {
  let applied: Applied = { text, layout, made: [] }
  for (const edit of edits) {
    const edited = await workshop.edit(applied.text, edit)
    if ('refused' in edited) return edited
    applied = follow(applied, edited, where)
  }
  return applied
}

/** The layout and the list of new blocks, after an edit gave blocks other ids. */
export function follow(before: Applied, edited: Edited, where: readonly Position[]): Applied {
  const renames = edited.renamed.flatMap(({ from, to }) => (from === undefined ? [] : [{ from, to }]))
  const news = edited.renamed.filter(({ from }) => from === undefined).map(({ to }) => to)
  const renamed = new Map(renames.map(({ from, to }) => [from, to]))
  const made = [...before.made.map((id) => renamed.get(id) ?? id), ...news]
  const layout = renameBlocks(before.layout, renames)
  const places: Record<string, Position> = {}
  for (const [index, id] of made.entries()) {
    const place = where[index]
    if (index >= before.made.length && place !== undefined) places[id] = place
  }
  return { text: edited.text, layout: moveBlocks(layout, places), made }
}
