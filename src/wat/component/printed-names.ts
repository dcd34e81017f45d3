import type { ComponentNames } from '../../binary/component-name-section.ts'
import type { Sort } from '../../component/component.ts'
import { type PrintedName, printedName } from '../core/print-name.ts'

/**
 * How a component, or a type of one, names its definitions in text: `$name (;3;)` where one is defined, `$name` or `3`
 * where it is used. Counts the definitions as they are printed.
 */
export class PrintedNames {
  /** What the text calls the component or type itself. */
  readonly id: string | undefined
  readonly #outer: PrintedNames | undefined
  /** Aliases in a component may use its name; that of a type only hides others. */
  readonly #isComponent: boolean
  readonly #names: ReadonlyMap<Sort, ReadonlyMap<number, PrintedName>>
  readonly #counts = new Map<Sort, number>()

  /** `names`: of a component; a type has none. */
  constructor(id: string | undefined, outer: PrintedNames | undefined, names?: ComponentNames) {
    this.id = id
    this.#outer = outer
    this.#isComponent = names !== undefined
    this.#names = new Map(Array.from(names?.sorts ?? [], ([sort, map]) => [sort, printed(sort, map)]))
  }

  /** `$name (;3;)`, of the next definition of the sort. */
  define(sort: Sort): string {
    const index = this.count(sort)
    this.#counts.set(sort, index + 1)
    const name = this.#names.get(sort)?.get(index)
    return name ? `${name.id}${name.annotation} (;${index};)` : `(;${index};)`
  }

  /** The same without counting it: what it holds cannot use it yet. */
  peek(sort: Sort): string {
    const index = this.count(sort)
    const text = this.define(sort)
    this.#counts.set(sort, index)
    return text
  }

  /** How many there are so far. */
  count(sort: Sort): number {
    return this.#counts.get(sort) ?? 0
  }

  /** The identifier of the next definition, if it has one. */
  nextId(sort: Sort): string | undefined {
    return this.#names.get(sort)?.get(this.count(sort))?.id
  }

  /** `$name` or `3`. What is not defined yet has no name: text could mean something further out by it. */
  use(sort: Sort, index: number): string {
    const known = index < this.count(sort)
    return (known ? this.#names.get(sort)?.get(index)?.id : undefined) ?? String(index)
  }

  /** The two indices of an outer alias: `$component $name` or `2 3`. */
  useOuter(count: number, sort: Sort, index: number): string {
    let target: PrintedNames | undefined = this
    const passed = new Set<string | undefined>()
    for (let i = 0; i < count && target; i++) {
      passed.add(target.id)
      target = target.#outer
    }
    if (!target) return `${count} ${index}`
    const named = target.#isComponent && target.id !== undefined && !passed.has(target.id)
    return `${named ? target.id : count} ${target.use(sort, index)}`
  }
}

function printed(sort: Sort, map: ReadonlyMap<number, string>): Map<number, PrintedName> {
  const used = new Set<string>()
  const names = new Map<number, PrintedName>()
  for (const [index, name] of map) {
    names.set(index, printedName(name, `${sort.replace(' ', '-')}${index}`, used))
    used.add(name)
  }
  return names
}
