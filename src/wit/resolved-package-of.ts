import { Source } from '../diagnostics/source.ts'
import { partsOf } from '../component/type-parts.ts'
import { isValueType } from '../component/resolve-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import type { WitInterface, WitPackage, WitWorld, WorldItem } from './package.ts'
import type { Place } from './problems.ts'
import type { ResolvedPackage } from './resolve-package.ts'
import type { ResolvedInterface, ResolvedItem, ResolvedWorld, WorldItems } from './resolved-item.ts'
import type { Name } from './type-scope.ts'

/** A package that is known as a model alone, for texts that use what it defines. */
export function resolvedPackageOf(model: WitPackage): ResolvedPackage {
  const items = new Map<string, ResolvedItem>()
  for (const [name, one] of model.interfaces) items.set(name, resolvedInterface(one))
  for (const [name, one] of model.worlds) items.set(name, resolvedWorldOf(one))
  return { model, items }
}

const nowhere: Place = { source: new Source('<package>', ''), span: { start: 0, end: 0 } }

export function resolvedInterface(model: WitInterface): ResolvedInterface {
  const place = model.place ?? nowhere
  const names = new Map<string, Name>()
  const known = new Map<ValueType, Facts>()
  for (const [name, definition] of model.types) {
    const { depth, borrows } = factsOf(definition.type, known)
    names.set(name, { kind: 'type', definition, place: definition.place ?? place, depth, borrows })
  }
  for (const [name, one] of model.functions) {
    if (!name.startsWith('[')) names.set(name, { kind: 'function', place: one.place ?? place })
  }
  return { kind: 'interface', model, names, place, excluded: false }
}

export function resolvedWorldOf(model: WitWorld): ResolvedWorld {
  const place = model.place ?? nowhere
  const [imports, exports] = [new Map(model.imports), new Map(model.exports)]
  const placed = (items: ReadonlyMap<string, WorldItem>): WorldItems =>
    new Map(Array.from(items, ([name, item]) => [name, { item, place }]))
  return {
    kind: 'world',
    model,
    finished: { imports, exports },
    imports: placed(imports),
    exports: placed(exports),
    place,
    excluded: false,
  }
}

interface Facts {
  readonly depth: number
  readonly borrows: boolean
}

/** Types share their parts: each is looked at once. */
function factsOf(type: ValueType | ResourceType, known: Map<ValueType, Facts>): Facts {
  if (!isValueType(type)) return { depth: 1, borrows: false }
  const found = known.get(type)
  if (found !== undefined) return found
  let depth = 0
  let borrows = type.kind === 'borrow'
  for (const part of partsOf(type)) {
    const facts = factsOf(part, known)
    depth = Math.max(depth, facts.depth)
    borrows ||= facts.borrows
  }
  const facts = { depth: depth + 1, borrows }
  known.set(type, facts)
  return facts
}
