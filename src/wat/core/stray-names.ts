import type { CoreModule } from '../../binary/core/module.ts'
import type { ModuleNames } from '../../binary/core/names.ts'
import type { NameMap } from '../../binary/name-map.ts'
import { quoted } from './print-name.ts'

/** `(data 3 ".bss")`, for each name of an item that the module does not have; `(local 7 2 "x")` with its function first. */
export function strayNames(module: CoreModule, names: ModuleNames): string[] {
  const counts = countItems(module)
  const words: string[] = []
  for (const sort of ['func', 'table', 'memory', 'global', 'tag', 'type', 'elem', 'data'] as const) {
    words.push(...beyond(names.items[sort], counts[sort], sort))
  }
  for (const [func, locals] of names.locals)
    words.push(...beyond(locals, counts.locals(func), `local ${func}`))
  return words
}

function beyond(names: NameMap, count: number, head: string): string[] {
  const words: string[] = []
  for (const [index, name] of names) if (index >= count) words.push(`(${head} ${index} ${quoted(name)})`)
  return words
}

type Sort = keyof ModuleNames['items']

interface Counts extends Readonly<Record<Sort, number>> {
  /** Parameters and locals of a function; none of an imported one, whose parameters have no names in the text. */
  readonly locals: (func: number) => number
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
  const locals: number[] = []
  let imported = 0
  for (const section of sections) {
    switch (section.kind) {
      case 'type':
        for (const { type } of section.items.flatMap(({ types }) => types)) {
          parameters.push(type.kind === 'func' ? type.parameters.length : 0)
        }
        break
      case 'import':
        for (const { type } of section.items.flatMap(({ items }) => items)) counts[type.kind]++
        imported = counts.func
        break
      case 'function':
        for (const type of section.items) locals.push(parameters[type] ?? 0)
        break
      case 'code':
        for (const [i, body] of section.items.entries()) {
          for (const { count } of body.locals) locals[i] = (locals[i] ?? 0) + count
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
  counts.func += locals.length
  return { ...counts, locals: (func) => locals[func - imported] ?? 0 }
}
