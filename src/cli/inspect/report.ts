import { decode } from '../../binary/decode.ts'
import type { Producer } from '../../binary/producers.ts'
import { compile } from '../../compile/compile.ts'
import { TenonError } from '../../errors.ts'
import { validate } from '../../validation/validate.ts'
import { interfaceNames } from '../../wit/interface-names.ts'
import { printWorld, printWorldItems, type WorldItem } from '../../wit/print-world.ts'
import { type FileNode, fileTree, modulesOf } from './file-tree.ts'
import { type ImportItem, importUse, type ModuleUse } from './import-use.ts'

/** All that `tenon inspect` tells: what `--json` prints, and what the page for the terminal is made of. */
export interface Report {
  readonly file: string
  readonly size: number
  readonly producers: readonly Producer[]
  /** The world as WIT text. */
  readonly wit: string
  readonly imports: readonly ReportedItem[]
  readonly exports: readonly ReportedItem[]
  readonly contents: FileNode
  /** By index of the module; absent for those that are never instantiated. */
  readonly uses: Readonly<Record<number, ModuleUse>>
}

export interface ReportedItem {
  readonly name: string
  readonly kind: WorldItem['kind']
  readonly interface: string | undefined
  readonly wit: string
  /** Imports: which modules use it, and what of it. Exports: whose functions they are. */
  readonly modules: readonly ModuleReference[]
}

export interface ModuleReference {
  readonly index: number
  readonly name: string
  /** Names within the interface; empty for an item of the world itself. */
  readonly items: readonly string[]
}

export function inspect(file: string, bytes: Uint8Array): Report {
  const component = decode(bytes)
  const type = validate(component)
  const names = { interfaceNames: interfaceNames(component) }
  const contents = fileTree(component)
  const modules = modulesOf(contents)
  const ranges = modules.map(({ offset, size }) => ({ start: offset, end: offset + size }))
  const uses = usesOf(() => importUse(compile(component), ranges))
  const items = printWorldItems(type, names).map(({ direction, name, kind, interface: path, text }) => ({
    direction,
    item: { name, kind, interface: path, wit: text.join('\n'), modules: referencesTo(direction, name) },
  }))

  function referencesTo(direction: WorldItem['direction'], name: string): ModuleReference[] {
    return modules.flatMap((module) => {
      const use = uses.get(module.index)
      const own =
        (direction === 'import' ? use?.imports : use?.exports)?.filter((item) => item.import === name) ?? []
      return own.length === 0 ? [] : [{ index: module.index, name: module.name, items: itemNames(own) }]
    })
  }

  return {
    file,
    size: bytes.length,
    producers: contents.producers,
    wit: printWorld(type, names),
    imports: items.filter(({ direction }) => direction === 'import').map(({ item }) => item),
    exports: items.filter(({ direction }) => direction === 'export').map(({ item }) => item),
    contents,
    uses: Object.fromEntries(uses),
  }
}

function itemNames(items: readonly ImportItem[]): string[] {
  return items.flatMap(({ item }) => (item === undefined ? [] : [item]))
}

/** A component that this version cannot execute can be looked at all the same, only not for this. */
function usesOf(find: () => ReadonlyMap<number, ModuleUse>): ReadonlyMap<number, ModuleUse> {
  try {
    return find()
  } catch (error) {
    if (error instanceof TenonError && (error.code === 'unsupported' || error.code === 'limit'))
      return new Map()
    throw error
  }
}
