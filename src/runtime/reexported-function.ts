import type { LiftedFunction } from './back-end.ts'
import type { ComponentInstance } from './component-instance.ts'
import type { HostValue } from './extern-value.ts'
import { traitsOf } from './host-function.ts'

/** An import that is exported again, as long as the instance lives. */
export function reexportedFunction({ call }: HostValue, root: ComponentInstance): LiftedFunction {
  const synchronous = traitsOf(call).sync ?? call
  const checked =
    (fn: HostValue['call']) =>
    (...args: never[]): unknown => {
      if (root.disposed) throw root.disposal()
      return fn(...args)
    }
  const promise = async (...args: never[]): Promise<unknown> => checked(call)(...args)
  return Object.assign(checked(synchronous), { promise })
}
