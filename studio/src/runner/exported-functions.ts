/** What a composition exports, as data for forms, and what is called for it. */
import type { ExternType, FunctionType } from 'tenon'
import type { Composition, NodeId } from 'tenon/compose'
import { printFunction } from 'tenon/wit'
import type { ExportedFunction, ExportedInterface } from '../contract/run.ts'
import { cutText } from './cut-text.ts'
import { FormTypes } from './form-type.ts'

/** A function that can be called. */
export interface Callable {
  readonly path: readonly string[]
  readonly type: FunctionType
  /** Of the composition: what is exported. */
  readonly node: NodeId
}

export interface CallableExports {
  readonly interfaces: readonly ExportedInterface[]
  find(path: readonly string[]): Callable | undefined
}

/** Types are printed for people: nobody reads more of one line. */
const longestType = 4_000

export function callableExports(composition: Composition): CallableExports {
  const callables = new Map<string, Callable>()
  const interfaces: ExportedInterface[] = []
  const direct = new Map<string, FunctionType>()
  const worldTypes = new Map<string, ExternType>()
  const add = (path: readonly string[], type: FunctionType, node: NodeId): void => {
    callables.set(JSON.stringify(path), { path, type, node })
  }
  for (const [name, node] of composition.exports) {
    const type = composition.typeOf(node)
    worldTypes.set(name, type)
    if (type.kind === 'function') {
      direct.set(name, type)
      add([name], type, node)
    }
    if (type.kind !== 'instance') continue
    const functions = new Map<string, FunctionType>()
    for (const [inner, item] of type.exports) {
      if (item.kind !== 'function') continue
      functions.set(inner, item)
      add([name, inner], item, node)
    }
    if (functions.size > 0)
      interfaces.push({ name, functions: describe(functions, namesOf(type.exports), [name]) })
  }
  if (direct.size > 0)
    interfaces.unshift({ name: undefined, functions: describe(direct, namesOf(worldTypes), []) })
  return { interfaces, find: (path) => callables.get(JSON.stringify(path)) }
}

/** By identity. */
type TypeNames = ReadonlyMap<object, string>

function namesOf(items: ReadonlyMap<string, ExternType>): TypeNames {
  const names = new Map<object, string>()
  for (const [name, item] of items) if (item.kind === 'type') names.set(item.type, name)
  return names
}

function describe(
  functions: ReadonlyMap<string, FunctionType>,
  names: TypeNames,
  path: readonly string[],
): readonly ExportedFunction[] {
  const forms = new FormTypes((type) => names.get(type))
  return Array.from(functions, ([name, type]) => ({
    path: [...path, name],
    ...memberOf(name),
    isAsync: type.async,
    parameters: type.parameters.map((one) => ({ name: one.name, type: forms.of(one.type) })),
    result: type.result && forms.of(type.result),
    type: cutText(
      printFunction(type, (part) => names.get(part)),
      longestType,
    ),
  }))
}

/** `[method]counter.get` → the method `get` of `counter`. */
function memberOf(name: string): Pick<ExportedFunction, 'label' | 'resource' | 'kind'> {
  const [, kind, resource, label] = /^\[(constructor|method|static)\]([^.]*)(?:\.(.*))?$/.exec(name) ?? []
  if (kind === undefined) return { label: name, resource: undefined, kind: 'function' }
  return { label: label ?? kind, resource, kind: kind as ExportedFunction['kind'] }
}
