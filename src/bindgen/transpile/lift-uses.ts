/** What becomes of the functions that a component lifts: which of their variants are called. */
import type { FunctionItem, Plan, PlanExport } from '../../compile/plan.ts'
import { type ExportEntry, exportShape, type FunctionEntry } from '../../runtime/export-shape.ts'

/** Lifts that the host calls. */
export function exportedLifts({ exports }: Plan): ReadonlySet<number> {
  const items = functionsIn(exportShape(exports).entries).map(({ function: item }) => item)
  return new Set(items.flatMap((item) => (item.from === 'lift' ? [item.lift] : [])))
}

function functionsIn(entries: readonly ExportEntry[]): readonly FunctionEntry[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'function') return [entry]
    if (entry.kind === 'instance') return functionsIn(entry.shape.entries)
    return entry.kind === 'class' ? entry.members : []
  })
}

/**
 * Lifts that other components call, or may call.
 *
 * @param sub others instantiate it
 */
export function passedLifts(plan: Plan, sub: boolean): ReadonlySet<number> {
  const lifts = new Set<number>()
  const add = (item: FunctionItem): void => {
    if (item.from === 'lift') lifts.add(item.lift)
  }
  const pass = (exports: readonly PlanExport[]): void => {
    for (const { item } of exports) {
      if (item.kind === 'function') add(item.function)
      if (item.kind === 'instance') pass(item.exports)
    }
  }
  if (sub) pass(plan.exports)
  for (const step of plan.steps) {
    if (step.kind === 'lower') for (const lower of step.lowers) add(lower.function)
    if (step.kind === 'instantiate-component') pass(step.arguments)
  }
  return lifts
}
