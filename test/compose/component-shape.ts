/**
 * What a composed component is made of, without the order and the numbers of its definitions: so that two tools' encodings of one
 * composition can be compared.
 */
import { readComponentNames } from '../../src/binary/component-name-section.ts'
import { decode } from '../../src/binary/index.ts'
import type { Component, SortIndex } from '../../src/component/component.ts'
import type { ExternType } from '../../src/component/extern-type.ts'
import { isValueType } from '../../src/component/resolve-type.ts'
import type { ResourceType, ValueType } from '../../src/component/value-type.ts'
import { validate } from '../../src/validation/index.ts'
import { printFunction } from '../../src/wit/print-function.ts'
import { printType, type TypeNames } from '../../src/wit/print-type.ts'

export interface ComponentShape {
  readonly imports: Readonly<Record<string, unknown>>
  readonly exports: Readonly<Record<string, unknown>>
  /** What each export is: `import foo`, `new import unlocked-dep=<a:b> { … }.run`. */
  readonly exported: Readonly<Record<string, string>>
  /** All instances, in text order. */
  readonly instances: readonly string[]
  /** By sort, names and the things that have them. */
  readonly names: readonly string[]
}

export function shapeOf(bytes: Uint8Array, names: readonly string[] = []): ComponentShape {
  const component = decode(bytes)
  const { imports, exports } = validate(component)
  const { exported, instances } = wiring(component)
  const known = new Map<ResourceType, string>()
  name(imports, 'import', known)
  name(exports, 'export', known)
  return {
    imports: print(imports, known),
    exports: print(exports, known),
    exported,
    instances: instances.sort(),
    names,
  }
}

/** What the name section calls things: `instance x`. */
export function namesOf(bytes: Uint8Array): string[] {
  const { sorts } = readComponentNames(decode(bytes))
  return [...sorts].flatMap(([sort, names]) => [...names.values()].map((name) => `${sort} ${name}`)).sort()
}

function wiring(component: Component): { exported: Record<string, string>; instances: string[] } {
  const spaces = new Map<string, string[]>()
  const space = (sort: string): string[] => spaces.get(sort) ?? spaces.set(sort, []).get(sort)!
  const at = ({ sort, index }: SortIndex): string => space(sort)[index] ?? `${sort} ${index}`
  const exported: Record<string, string> = {}
  const instances: string[] = []
  for (const each of component.definitions) {
    switch (each.kind) {
      case 'import':
        space(sortOf(each.type.kind)).push(`import ${each.name.name}`)
        break
      case 'component':
        space('component').push(`component of ${each.component.range.end - each.component.range.start} bytes`)
        break
      case 'instance': {
        const { instance } = each
        if (instance.kind !== 'instantiate') throw new Error('an instance of exports')
        const args = instance.args.map((arg) => `${arg.name}: ${at(arg.item)}`).sort()
        const text = `new ${space('component')[instance.component]} { ${args.join(', ')} }`
        instances.push(text)
        space('instance').push(text)
        break
      }
      case 'alias':
        if (each.target.kind !== 'export') throw new Error(`an alias of ${each.target.kind}`)
        space(each.sort).push(`(${space('instance')[each.target.instance]}).${each.target.name}`)
        break
      case 'type':
        space('type').push('a type')
        break
      case 'export':
        exported[each.name.name] = at(each.item)
        space(each.item.sort).push(at(each.item))
        break
      case 'custom':
        break
      default:
        throw new Error(`a definition of kind ${each.kind}`)
    }
  }
  return { exported, instances }
}

function sortOf(kind: string): string {
  return kind === 'function' ? 'func' : kind.replace('core-', 'core ')
}

/** Resource types by the first place that introduces them. */
function name(
  externs: ReadonlyMap<string, ExternType>,
  path: string,
  known: Map<ResourceType, string>,
): void {
  for (const [each, type] of externs) {
    const place = `${path} ${each}`
    if (type.kind === 'instance') name(type.exports, place, known)
    if (type.kind === 'type' && type.type.kind === 'resource' && type.bound === 'sub')
      known.set(type.type, place)
  }
}

function print(
  externs: ReadonlyMap<string, ExternType>,
  known: ReadonlyMap<ResourceType, string>,
): Record<string, unknown> {
  const names: TypeNames = (type) => (type.kind === 'resource' ? `«${known.get(type)}»` : undefined)
  const sorted = [...externs].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([each, type]) => [each, printOne(type, names, known)]))
}

function printOne(type: ExternType, names: TypeNames, known: ReadonlyMap<ResourceType, string>): unknown {
  switch (type.kind) {
    case 'function':
      return printFunction(type, names)
    case 'instance':
      return print(type.exports, known)
    case 'component': {
      const inner = new Map(known)
      name(type.imports, 'import', inner)
      name(type.exports, 'export', inner)
      return { imports: print(type.imports, inner), exports: print(type.exports, inner) }
    }
    case 'type': {
      const named = type.type
      if (named.kind === 'resource') return `resource ${names(named)}`
      if (isValueType(named)) return printType(named as ValueType, names)
      return { type: printOne(named, names, known) }
    }
    default:
      return type
  }
}
