import type { LiftedFunction } from './back-end.ts'
import type { ComponentInstance } from './component-instance.ts'
import type { HostValue } from './extern-value.ts'
import { hostFunction, traitsOf } from './host-function.ts'

type Callee = HostValue['call']

const known: unique symbol = Symbol('tenon.reexported-function')

/** An import that is exported again, as long as the instance lives. */
export function reexportedFunction({ call }: HostValue, root: ComponentInstance): LiftedFunction {
  const checked =
    (fn: Callee): Callee =>
    (...args) => {
      if (root.disposed) throw root.disposal()
      return fn(...args)
    }
  const { sync, ...traits } = traitsOf(call)
  const callee = checked(call)
  const synchronous = sync ? checked(sync) : callee
  const promise = async (...args: never[]): Promise<unknown> => callee(...args)
  const reexported = Object.assign((...args: never[]) => synchronous(...args), { promise })
  const imported = hostFunction(sync ? { ...traits, sync: synchronous } : traits, callee)
  return Object.defineProperty(reexported, known, { value: imported })
}

/** What is behind such a function, for another instance that imports it: a host function with its traits. */
export function reexportedImport(fn: object): Callee | undefined {
  return (fn as { readonly [known]?: Callee })[known]
}
