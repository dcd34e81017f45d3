import { LinkError, TenonError } from '../errors.ts'
import type { ComponentInstance } from './component-instance.ts'
import { Trap } from '../errors.ts'
import { reveal } from './trap.ts'

/** Whose root is told of traps. */
export interface TrapListener {
  readonly root: Pick<ComponentInstance, 'onTrap'>
}

/** What an error during instantiation stands for; a core `start` may have trapped. */
export function instantiationError(thrown: unknown, { root }: TrapListener): unknown {
  // In V8's words: of a module name that is missing, engines throw a TypeError. Only Plans that nobody compiled lack any.
  const lacksModule = thrown instanceof TypeError && thrown.message.startsWith('WebAssembly.Instance():')
  if (thrown instanceof WebAssembly.LinkError || lacksModule) {
    return new LinkError(`incompatible core import: ${withoutApi(thrown.message)}`)
  }
  // V8 says so where no memory of the wanted size can be had.
  if (thrown instanceof RangeError && /memory/i.test(thrown.message)) {
    return new TenonError('limit', `the engine cannot allocate: ${withoutApi(thrown.message)}`, {
      cause: thrown,
    })
  }
  const error = reveal(thrown)
  if (error instanceof Trap && error !== thrown) root.onTrap?.(error, thrown)
  return error
}

function withoutApi(message: string): string {
  return message.replace(/^WebAssembly\.\w+\(\): */, '')
}
