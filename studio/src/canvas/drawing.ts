/** The drawing of the store's graph, made once for everybody who asks. */
import type { Graph } from '../contract/graph.ts'
import type { Group } from '../contract/studio.ts'
import { useStudio } from '../state/store.ts'
import { type Box, type Drawing, groupBox } from './box.ts'
import { useCanvas } from './canvas-state.ts'
import { draw } from './draw.ts'
import { keep } from './keep.ts'

let made:
  | {
      readonly graph: Graph
      readonly groups: readonly Group[]
      readonly opened: ReadonlySet<string>
      readonly drawing: Drawing
    }
  | undefined

function drawingOf(graph: Graph, groups: readonly Group[], opened: ReadonlySet<string>): Drawing {
  if (made?.graph === graph && made.groups === groups && made.opened === opened) return made.drawing
  const fresh = draw(graph, groups, opened)
  const drawing =
    made === undefined
      ? fresh
      : {
          boxes: keepById(made.drawing.boxes, fresh.boxes),
          wires: keepById(made.drawing.wires, fresh.wires),
        }
  made = { graph, groups, opened, drawing }
  return drawing
}

/** By id, not by place in the list: a block that comes first in the text changes no other. */
function keepById<Item extends { readonly id: string }>(
  old: readonly Item[],
  fresh: readonly Item[],
): readonly Item[] {
  const before = new Map(old.map((item) => [item.id, item]))
  return fresh.map((item) => {
    const known = before.get(item.id)
    return known === undefined ? item : keep(known, item)
  })
}

export function useDrawing(): Drawing {
  const graph = useStudio((studio) => studio.graph)
  const groups = useStudio((studio) => studio.layout.groups)
  const opened = useCanvas((state) => state.opened)
  return drawingOf(graph, groups, opened)
}

/** As it is now, for what happens outside of rendering. */
export function currentDrawing(): Drawing {
  const { graph, layout } = useStudio.getState()
  return drawingOf(graph, layout.groups, useCanvas.getState().opened)
}

export function boxById(id: string): Box | undefined {
  return currentDrawing().boxes.find((box) => box.id === id)
}

/** The boxes that are drawn for an id: the members of a group that is open. */
export function drawnFor(id: string): readonly string[] {
  const group = useStudio.getState().layout.groups.find((other) => groupBox(other.id) === id)
  return group === undefined || group.isCollapsed ? [id] : group.blocks
}

/** The blocks that ids of boxes and blocks stand for. */
export function blocksOf(ids: readonly string[]): readonly string[] {
  const boxes = new Map(currentDrawing().boxes.map((box) => [box.id, box]))
  return [...new Set(ids.flatMap((id) => boxes.get(id)?.blocks ?? []))]
}
