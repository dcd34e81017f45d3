/** Executes the steps of a component, which stand in the code that was written for it. */
import type { ComponentInstance } from '../runtime/component-instance.ts'
import { instantiationError, type TrapListener } from '../runtime/instantiation-error.ts'
import { RUNNING_CALL, words } from '../runtime/thread.ts'
import { disposeTree, type Root } from './instance.ts'

/** Whose steps they are. */
type Executing = Pick<Root, 'tree' | 'memories'> & Pick<ComponentInstance, 'parent'> & TrapListener

/**
 * Runs the steps that make an instance. What the host instantiates from inside of a call is no part of that call.
 *
 * @throws what a step throws, when what was made so far is disposed
 */
export function execute<T>(root: Executing, steps: () => T): T {
  const saved = words[RUNNING_CALL]!
  words[RUNNING_CALL] = 0
  try {
    return steps()
  } catch (error) {
    return abandon(root, error)
  } finally {
    words[RUNNING_CALL] = saved
  }
}

/** Steps that may have to wait: they yield what for. Returns a promise only where one does. */
export type Steps<T> = Generator<unknown, T, unknown>

/** The same for a generator of steps. */
export function executeSteps<T>(root: ComponentInstance, steps: () => Steps<T>): T | Promise<T> {
  const running = steps()
  const goOn = (next: () => IteratorResult<unknown, T>): T | Promise<T> =>
    execute(root, () => {
      for (let step = next(); ; step = running.next(step.value)) {
        if (step.done) return step.value
        if (step.value instanceof Promise) {
          return step.value.then(
            (value) => goOn(() => running.next(value)),
            (error: unknown) => abandon(root, error),
          )
        }
      }
    })
  return goOn(() => running.next())
}

function abandon(root: Executing, thrown: unknown): never {
  const error = instantiationError(thrown, root)
  root.memories.retire()
  try {
    if (root.parent === undefined) disposeTree(root)
  } catch {
    // What failed first is what is said.
  }
  throw error
}
