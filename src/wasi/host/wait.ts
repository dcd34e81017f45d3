/**
 * How one implementation serves both views of an export: an operation that must wait says what it waits for, and
 * whoever runs it decides whether that suspends the guest (a promise) or blocks the thread.
 */

/** Something that takes time. It is started in one of two ways, never in both. */
export interface Wait<T> {
  promise(): Promise<T>
  /**
   * Blocks the thread. Where only the event loop could bring the result it throws a `Trap` of code `cannot-block`, whose
   * message begins with `who`, the import that wanted to wait.
   */
  block(who: string): T
}

/** A value that is there now, or one that must be waited for. */
export type Promptly<T> = T | Wait<T>

/** An operation written once: it yields what it waits for and is given the result. */
export type Operation<T> = Generator<Wait<unknown>, T, unknown>

/** Waits within an operation: `const n = yield* waitFor(file.read(buffer, 0n))`. */
export function* waitFor<T>(value: Promptly<T>): Operation<T> {
  return isWait(value) ? ((yield value) as T) : value
}

export function isWait<T>(value: Promptly<T>): value is Wait<T> {
  return typeof value === 'object' && value !== null && 'promise' in value && 'block' in value
}

/** Runs an operation by blocking the thread wherever it waits. */
export function blockOn<T>(operation: Operation<T>, who: string): T {
  let step = operation.next()
  while (!step.done) {
    let result: unknown
    try {
      result = step.value.block(who)
    } catch (error) {
      step = operation.throw(error)
      continue
    }
    step = operation.next(result)
  }
  return step.value
}

/** Runs an operation; a promise only if it had to wait. */
export function suspendOn<T>(operation: Operation<T>): T | Promise<T> {
  const step = operation.next()
  return step.done ? step.value : resume(operation, step.value)
}

async function resume<T>(operation: Operation<T>, first: Wait<unknown>): Promise<T> {
  let wait = first
  for (;;) {
    let step: IteratorResult<Wait<unknown>, T>
    try {
      const result = await wait.promise()
      step = operation.next(result)
    } catch (error) {
      step = operation.throw(error)
    }
    if (step.done) return step.value
    wait = step.value
  }
}
