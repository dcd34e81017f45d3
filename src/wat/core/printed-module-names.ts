import type { IndexKind } from '../../binary/core/instruction.ts'
import type { IndirectNameMap, ModuleNames } from '../../binary/core/names.ts'
import type { NameMap } from '../../binary/name-map.ts'
import { type PrintedName, printedName } from './print-name.ts'

type Sort = Exclude<IndexKind, 'local'>
/** By index. */
export type PrintedNames = ReadonlyMap<number, PrintedName>

const none: PrintedNames = new Map()

/** How the items of a module are called in its text. */
export class PrintedModuleNames {
  readonly #names: ModuleNames
  readonly #items: Readonly<Record<Sort, PrintedNames>>
  readonly #fields = new Map<number, PrintedNames>()

  constructor(names: ModuleNames) {
    this.#names = names
    const { func, table, memory, global, tag, type, elem, data } = names.items
    this.#items = {
      func: printed('func', func),
      table: printed('table', table),
      memory: printed('memory', memory),
      global: printed('global', global),
      tag: printed('tag', tag),
      type: printed('type', type),
      elem: printed('elem', elem),
      data: printed('data', data),
    }
  }

  /** `$name (;3;)`, where an item is defined. */
  define(sort: Sort, index: number): string {
    const name = this.#items[sort].get(index)
    return name ? `${name.id}${name.annotation} (;${index};)` : `(;${index};)`
  }

  /** `$name` or `3`, where an item is used. */
  use(sort: Sort, index: number): string {
    return this.#items[sort].get(index)?.id ?? String(index)
  }

  /** Of the parameters and locals of a function. */
  locals(func: number): PrintedNames {
    return printedIn('local', this.#names.locals, func)
  }

  /** Of the blocks of a function; they may hide each other. */
  labels(func: number): PrintedNames {
    const names = this.#names.labels.get(func)
    if (!names) return none
    return new Map(Array.from(names, ([index, name]) => [index, printedName(name, `label${index}`)]))
  }

  /** Of the fields of a struct type. */
  fields(type: number): PrintedNames {
    let names = this.#fields.get(type)
    if (!names) {
      names = printedIn('field', this.#names.fields, type)
      this.#fields.set(type, names)
    }
    return names
  }
}

function printedIn(sort: string, names: IndirectNameMap, index: number): PrintedNames {
  const inner = names.get(index)
  return inner ? printed(sort, inner) : none
}

/** The item with the lower index keeps a name that two have, in whatever order they stand. */
function printed(sort: string, names: NameMap): PrintedNames {
  const used = new Set<string>()
  const all = new Map<number, PrintedName>()
  for (const [index, name] of [...names].sort(([a], [b]) => a - b)) {
    all.set(index, printedName(name, `${sort}${index}`, used))
    used.add(name)
  }
  return all
}
