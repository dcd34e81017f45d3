import { editsBetween, editWac, type TextEdit, type WacAction } from 'tenon/compose'
import type { PortRef } from '../contract/graph.ts'
import type { Edit, Edited } from '../contract/workshop.ts'
import { cut } from './limits.ts'
import type { PackageStore } from './package-store.ts'
import type { Parts } from './parts.ts'
import { textName } from './problems.ts'
import type { TextReader } from './read-text.ts'
import { NoSuchPart } from './refusal.ts'

/** Turns gestures into edits of a text. */
export class Editor {
  readonly #store: PackageStore
  readonly #reader: TextReader

  constructor(store: PackageStore, reader: TextReader) {
    this.#store = store
    this.#reader = reader
  }

  /** @throws {NoSuchPart | CompositionError | WacError} */
  edit(text: string, edit: Edit): Edited {
    if (edit.kind !== 'remove' || edit.blocks.length < 2) return this.#apply(text, edit)
    return this.all(
      text,
      edit.blocks.map((block) => ({ kind: 'remove', blocks: [block] })),
    )
  }

  /** Several, one after the other, as one: all of them say blocks as they are called in the text. */
  all(text: string, edits: readonly Edit[]): Edited {
    let now = text
    const ids = new Map(this.#reader.read(text).parts.all.map(({ id }) => [id, id as string | undefined]))
    const made = new Set<string>()
    for (const edit of edits) {
      const step = this.#apply(now, withIds(edit, ids))
      now = step.text
      const after = new Map(step.renamed.flatMap(({ from, to }) => (from === undefined ? [] : [[from, to]])))
      const parts = this.#reader.read(now).parts
      for (const [original, id] of ids) {
        const next = id === undefined ? undefined : (after.get(id) ?? id)
        ids.set(original, next !== undefined && parts.get(next) ? next : undefined)
      }
      for (const { from, to } of step.renamed) if (from === undefined) made.add(to)
    }
    const renamed = Array.from(ids).flatMap(([from, to]) =>
      to === undefined || to === from ? [] : [{ from, to }],
    )
    return {
      text: now,
      changes: toChanges(editsBetween(text, now)),
      renamed: [...renamed, ...Array.from(made, (to) => ({ from: undefined, to }))],
    }
  }

  #apply(text: string, edit: Edit): Edited {
    const before = this.#reader.read(text).parts
    const action = toAction(edit, before)
    const { text: edited, edits } = editWac({ name: textName, text }, this.#store.finder, action)
    const after = this.#reader.read(edited).parts
    return {
      text: edited,
      changes: toChanges(edits),
      renamed: renamed(before, after, edits, edit),
    }
  }
}

/** The same edit of the text as it is by now. */
function withIds(edit: Edit, ids: ReadonlyMap<string, string | undefined>): Edit {
  const now = (block: string): string => ids.get(block) ?? block
  if (edit.kind === 'remove') return { ...edit, blocks: edit.blocks.map(now) }
  if (edit.kind !== 'connect') return edit
  const { from, to } = edit
  return { ...edit, from: { ...from, block: now(from.block) }, to: { ...to, block: now(to.block) } }
}

/** What an edit means in terms of the composition. */
function toAction(edit: Edit, parts: Parts): WacAction {
  switch (edit.kind) {
    case 'instantiate':
      return { kind: 'instantiate', package: edit.package, name: edit.name }
    case 'connect': {
      const [from, to] = edit.from.side === 'export' ? [edit.from, edit.to] : [edit.to, edit.from]
      const { node, port } = exportAt(from, parts)
      return {
        kind: 'connect',
        instance: nodeAt(to, parts),
        argument: importAt(to),
        from: node,
        export: port,
      }
    }
    case 'disconnect':
      return { kind: 'disconnect', instance: nodeAt(edit.to, parts), argument: importAt(edit.to) }
    case 'export': {
      const { node, port } = exportAt(edit.from, parts)
      return { kind: 'export', from: node, export: port, as: edit.as }
    }
    case 'rename-export':
    case 'remove-export':
    case 'import':
      return edit
    case 'rename':
      return { kind: 'rename', node: nodeOf(edit.block, parts), to: edit.to }
    case 'remove': {
      const [block] = edit.blocks
      if (block === undefined) throw new NoSuchPart('there is nothing to remove')
      return { kind: 'remove', node: nodeOf(block, parts) }
    }
    case 'name-document':
      return { kind: 'set-package', package: edit.to }
  }
}

type NodeReference = Extract<WacAction, { kind: 'remove' }>['node']

/** By its name where it is broken, or else as a node. */
function nodeOf(block: string, parts: Parts): NodeReference {
  const { node, name } = partAt(parts, block)
  const reference = node ?? name
  if (reference === undefined)
    throw new NoSuchPart(`\`${cut(block)}\` is broken, and has no name: mend it in the text first`)
  return reference
}

function partAt(parts: Parts, block: string): NonNullable<ReturnType<Parts['get']>> {
  const part = parts.get(block)
  if (part === undefined) throw new NoSuchPart(`there is no block \`${cut(block)}\` in the text any more`)
  return part
}

function nodeAt({ block }: PortRef, parts: Parts): NodeReference {
  return nodeOf(block, parts)
}

function importAt({ port, side }: PortRef): string {
  if (side !== 'import' || port === undefined) throw new NoSuchPart('a wire ends at an import')
  return port
}

/** What an import is to an `import` statement, its one port is as a whole. */
function exportAt(
  { block, port, side }: PortRef,
  parts: Parts,
): { readonly node: NodeReference; readonly port: string | undefined } {
  if (side !== 'export') throw new NoSuchPart('a wire begins at an export')
  const isWhole = partAt(parts, block).kind === 'import'
  return { node: nodeOf(block, parts), port: isWhole ? undefined : port }
}

/** Blocks that have other ids afterwards, and new ones. */
function renamed(before: Parts, after: Parts, edits: readonly TextEdit[], edit: Edit): Edited['renamed'] {
  const places = new Map(after.all.map((part) => [part.place.start, part.id]))
  const found: { from: string | undefined; to: string }[] = []
  const known = new Set<string>()
  for (const { id, place } of before.all) {
    const to = newIdOf(id, place.start)
    if (to === undefined) continue
    known.add(to)
    if (to !== id) found.push({ from: id, to })
  }
  for (const { id } of after.all) if (!known.has(id)) found.push({ from: undefined, to: id })
  return found

  function newIdOf(id: string, start: number): string | undefined {
    if (edit.kind === 'rename' && edit.block === id && after.get(edit.to)) return edit.to
    if (edit.kind === 'remove' && edit.blocks.includes(id)) return undefined
    if (!isInside(start, edits)) {
      const moved = places.get(movedBy(start, edits))
      if (moved !== undefined) return moved
    }
    return after.get(id)?.id
  }
}

function isInside(offset: number, edits: readonly TextEdit[]): boolean {
  return edits.some(({ start, end }) => start <= offset && offset < end)
}

function movedBy(offset: number, edits: readonly TextEdit[]): number {
  let moved = offset
  for (const { start, end, text } of edits) if (end <= offset) moved += text.length - (end - start)
  return moved
}

function toChanges(edits: readonly TextEdit[]): Edited['changes'] {
  return edits.map(({ start, end, text: insert }) => ({ start, end, insert }))
}
