import type { ImportItem, Item, Plan, PlanExport, PlanImport } from '../compile/plan.ts'
import type { ComponentType, ExternType } from '../component/extern-type.ts'
import { refuse } from './malformed-plan.ts'
import { Structures } from './structures.ts'

/**
 * What people are told that a component imports and exports is what its Plan imports and exports: the same names, kinds and
 * functions. An instance may export more than its type says.
 */
export function checkAgreement(type: ComponentType, plan: Plan): void {
  const agreement = new Agreement()
  if (type.imports.size !== plan.imports.length)
    refuse(`${plan.imports.length} imports, and ${type.imports.size} are declared`)
  agreement.check(type.imports, plan.imports)
  agreement.check(type.exports, plan.exports)
}

class Agreement {
  readonly #structures = new Structures(true)
  /** Instances may contain each other very often. */
  readonly #checked = new Map<ImportItem | Item, Set<ExternType>>()

  check(types: ReadonlyMap<string, ExternType>, items: readonly (PlanImport | PlanExport)[]): void {
    const byName = new Map(items.map(({ name, item }) => [name, item]))
    for (const [name, type] of types) {
      const item = byName.get(name) ?? refuse(`\`${name}\` is declared, and not there`)
      this.#checkItem(name, type, item)
    }
  }

  #checkItem(name: string, type: ExternType, item: ImportItem | Item): void {
    // A resource that another one is equal to, is just a type to whoever imports it.
    const isType = type.kind === 'type' && (item.kind === 'type' || item.kind === 'resource')
    if (!isType && type.kind !== item.kind)
      refuse(`\`${name}\` is a ${item.kind}, and declared as a ${type.kind}`)
    if (type.kind === 'function' && item.kind === 'function' && !this.#structures.equal(type, item.type))
      refuse(`\`${name}\` is declared with another type`)
    if (type.kind !== 'instance' || item.kind !== 'instance') return
    const checked = this.#checked.get(item) ?? new Set()
    if (checked.has(type)) return
    this.#checked.set(item, checked.add(type))
    this.check(type.exports, item.exports)
  }
}
