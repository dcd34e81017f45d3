import type { CoreModule } from '../../binary/core/module.ts'
import type { ModuleNames } from '../../binary/core/names.ts'
import type { NameMap } from '../../binary/name-map.ts'
import { quoted, quotedBytes } from './print-name.ts'

/**
 * Names of what the module has, and words for the others, such as `(data 3 ".bss")`; `(local 7 2 "x")` has its function
 * first, and a field its type.
 */
export function withoutStrays(
  module: CoreModule,
  names: ModuleNames,
): { names: ModuleNames; stray: string[] } {
  const counts = countItems(module)
  const stray: string[] = []
  const keep = (all: NameMap, count: number, head: string): NameMap => {
    const kept = new Map<number, string>()
    for (const [index, name] of [...all].sort(([a], [b]) => a - b)) {
      if (index < count) kept.set(index, name)
      else stray.push(`(${head} ${index} ${quoted(name)})`)
    }
    return kept
  }
  const { func, table, memory, global, tag, type, elem, data } = names.items
  const items = {
    func: keep(func, counts.func, 'func'),
    table: keep(table, counts.table, 'table'),
    memory: keep(memory, counts.memory, 'memory'),
    global: keep(global, counts.global, 'global'),
    tag: keep(tag, counts.tag, 'tag'),
    type: keep(type, counts.type, 'type'),
    elem: keep(elem, counts.elem, 'elem'),
    data: keep(data, counts.data, 'data'),
  }
  const locals = new Map<number, NameMap>()
  for (const [index, all] of [...names.locals].sort(([a], [b]) => a - b)) {
    locals.set(index, keep(all, counts.locals(index), `local ${index}`))
  }
  const fields = new Map<number, NameMap>()
  for (const [index, all] of [...names.fields].sort(([a], [b]) => a - b)) {
    fields.set(index, keep(all, counts.fields(index), `field ${index}`))
  }
  for (const { id, bytes } of names.others) {
    stray.push(`(subsection ${id} ${Array.from(quotedBytes(bytes)).join('')})`)
  }
  return { names: { ...names, items, locals, fields }, stray }
}

type Sort = keyof ModuleNames['items']

interface Counts extends Readonly<Record<Sort, number>> {
  /** Parameters and locals of a function; none of imports that are written together, which share one text of their type. */
  readonly locals: (func: number) => number
  /** Fields of a struct type. */
  readonly fields: (type: number) => number
}

function countItems({ sections }: CoreModule): Counts {
  const counts: Record<Sort, number> = {
    func: 0,
    table: 0,
    memory: 0,
    global: 0,
    tag: 0,
    type: 0,
    elem: 0,
    data: 0,
  }
  /** By type, how many parameters it has. */
  const parameters: number[] = []
  const fields: number[] = []
  const locals: number[] = []
  let imported = 0
  for (const section of sections) {
    switch (section.kind) {
      case 'type':
        for (const { type } of section.items.flatMap(({ types }) => types)) {
          parameters.push(type.kind === 'func' ? type.parameters.length : 0)
          fields.push(type.kind === 'struct' ? type.fields.length : 0)
        }
        break
      case 'import':
        for (const { compact, items } of section.items) {
          for (const { type } of items) {
            counts[type.kind]++
            if (type.kind === 'func') locals.push(compact === 'type' ? 0 : (parameters[type.type] ?? 0))
          }
        }
        imported = counts.func
        break
      case 'function':
        for (const type of section.items) locals.push(parameters[type] ?? 0)
        break
      case 'code':
        for (const [i, body] of section.items.entries()) {
          for (const { count } of body.locals) locals[imported + i] = (locals[imported + i] ?? 0) + count
        }
        break
      case 'element':
        counts.elem = section.items.length
        break
      case 'data':
        counts.data = section.items.length
        break
      case 'table':
      case 'memory':
      case 'global':
      case 'tag':
        counts[section.kind] += section.items.length
        break
      default:
        break
    }
  }
  counts.type = parameters.length
  counts.func = locals.length
  return { ...counts, locals: (func) => locals[func] ?? 0, fields: (type) => fields[type] ?? 0 }
}
