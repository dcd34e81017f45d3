import type { PlanBuilder } from './plan-builder.ts'
import type { Symbolic, SymbolicInstance } from './symbolic.ts'

/** Names lifts after the path by which users reach them: `ns:pkg/iface#fn`. Each instance is visited once. */
export function nameExports(builder: PlanBuilder, exports: ReadonlyMap<string, Symbolic>): void {
  const seen = new Set<SymbolicInstance>()
  const visit = (members: ReadonlyMap<string, Symbolic>, path: string | undefined): void => {
    for (const [name, symbolic] of members) {
      const full = path === undefined ? name : `${path}#${name}`
      if (symbolic.sort === 'func' && symbolic.item.from === 'lift') {
        builder.nameLift(symbolic.item.lift, full)
      } else if (symbolic.sort === 'instance' && !seen.has(symbolic)) {
        seen.add(symbolic)
        visit(symbolic.exports, full)
      }
    }
  }
  visit(exports, undefined)
}
