import type { ComponentType, FunctionType } from './extern-type.ts'

/** A function that a component exports, by itself or in an interface. */
export interface CallableFunction {
  /** The export that it is in; undefined for a function of the world itself. */
  readonly interface: string | undefined
  readonly name: string
  readonly type: FunctionType
}

/** In the order of the exports; methods and constructors too. */
export function callableFunctions(component: ComponentType): CallableFunction[] {
  return Array.from(component.exports).flatMap(([name, item]): CallableFunction[] => {
    if (item.kind === 'function') return [{ interface: undefined, name, type: item }]
    if (item.kind !== 'instance') return []
    return Array.from(item.exports).flatMap(([inner, type]) =>
      type.kind === 'function' ? [{ interface: name, name: inner, type }] : [],
    )
  })
}

/** How a function is written in full: `add`, `ns:pkg/iface@1.0.0.fn`. */
export function fullName(callable: CallableFunction): string {
  return callable.interface === undefined ? callable.name : `${callable.interface}.${callable.name}`
}
