/** Destructors of resources whose instance takes part in asynchronous calls: synchronous tasks of their own. */
import { literalTaskValues } from '../../abi/literal/task-values.ts'
import type { CoreFunction, LiftContext, Signature } from '../back-end.ts'
import type { ComponentInstance } from '../component-instance.ts'
import type { TypeOf } from '../guest-imports.ts'
import { bindLowered } from '../switch.ts'
import { AsyncLift } from './async-lift.ts'
import { blockingFunction } from './blocking-function.ts'
import { inSynchronousTask, synchronousSignature } from './synchronous-task.ts'

export interface DestructorParts {
  /** Of the resource. */
  readonly name: string
  readonly owner: ComponentInstance
  readonly destructor: CoreFunction
  readonly typeOf?: TypeOf | undefined
}

function signatureOf({ name }: DestructorParts): Signature {
  const signature = synchronousSignature(`[resource-drop]${name}`)
  const parameters = [{ name: 'rep', type: { kind: 'u32' } }] as const
  return { ...signature, type: { ...signature.type, parameters } }
}

/**
 * `resource.drop`, called by `instance`.
 *
 * @param take removes the handle; returns the rep, or undefined where nothing is to be called
 */
export function dropInTask(
  instance: ComponentInstance,
  parts: DestructorParts,
  take: (index: number) => number | undefined,
): CoreFunction {
  const { owner, destructor, typeOf } = parts
  const signature = signatureOf(parts)
  const context: LiftContext = {
    instance: owner,
    caller: instance,
    callee: destructor,
    typeOf,
    ...{ memory: undefined, realloc: undefined, postReturn: undefined, callback: undefined },
    // No resource occurs in its type.
    resource: () => undefined as never,
  }
  // One number: there is nothing to gain from generated code.
  const lift = new AsyncLift(signature, context, literalTaskValues.lift(signature)(context))
  const drop = blockingFunction(instance, { parameters: ['i32'], results: [] }, (suspends, index) => {
    const rep = take(index as number)
    if (rep === undefined) return undefined
    if (!suspends) {
      const saved = lift.border.enter()
      try {
        destroyInTask(parts, rep)
      } catch (thrown) {
        throw lift.border.fail(saved, thrown)
      }
      lift.border.leave(saved)
      return undefined
    }
    const { running } = lift.start({ onStart: () => [rep >>> 0], onResolve() {} }, true)
    return running?.then(() => undefined)
  })
  return bindLowered([drop])[0]!
}

/** Calls the destructor on this stack; its instance has been entered. */
export function destroyInTask(parts: DestructorParts, rep: number): void {
  const destructor = parts.destructor as (rep: number) => void
  inSynchronousTask(parts.owner, signatureOf(parts), () => destructor(rep))()
}
