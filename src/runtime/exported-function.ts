import type { FunctionType } from '../component/extern-type.ts'
import type { LiftedFunction } from './back-end.ts'
import type { ComponentInstance } from './component-instance.ts'
import type { GuestValue } from './extern-value.ts'

/** What is known of a function that some component exports, when it comes back as an import of another. */
export interface ExportedFunction {
  readonly type: FunctionType
  readonly target: ComponentInstance
  readonly promise: LiftedFunction['promise']
  /** What another tree of instances may call in wasm; undefined where that is only a method of a class. */
  readonly guest?: GuestValue
}

const known: unique symbol = Symbol('tenon.exported-function')

/** Remembers an exported function, or a method of an exported class. A property: weak maps are dear to collect. */
export function rememberExported(fn: object, exported: ExportedFunction): void {
  Object.defineProperty(fn, known, { value: exported })
}

/** Undefined for a function that no component exports. */
export function exportedFunction(fn: object): ExportedFunction | undefined {
  return (fn as { readonly [known]?: ExportedFunction })[known]
}
