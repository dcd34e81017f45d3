import type { Graph } from '../../contract/graph.ts'
import type { CallEvent } from '../../contract/run.ts'

/** What a call went over, to be selected on the canvas: its wire; else the blocks at its ends that there are. */
export function placesOfCall(call: CallEvent, graph: Graph): readonly string[] {
  const wires = graph.wires.filter(({ from, to }) => from.block === call.to && to.block === call.from)
  const wanted = call.interface ?? call.function
  const wire =
    wires.find(({ to }) => to.port === wanted) ??
    wires.find(({ from }) => from.port === wanted) ??
    wires.find(({ to }) => to.port !== undefined && unversioned(to.port) === unversioned(wanted)) ??
    (wires.length === 1 ? wires[0] : undefined)
  if (wire !== undefined) return [wire.id]
  const ends = [call.from, call.to].filter((id) => id !== undefined)
  return ends.filter((id) => graph.blocks.some((block) => block.id === id))
}

function unversioned(name: string): string {
  return name.replace(/@.*$/, '')
}
