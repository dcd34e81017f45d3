/** Why a component instance is not entered any more. */
import { TenonError, Trap } from '../errors.ts'

interface Failed {
  readonly name: string
  /** What poisoned it. */
  readonly failure: unknown
}

export function poisonedError({ name, failure }: Failed): Trap {
  return new Trap(
    'cannot-enter',
    `wasm trap: cannot enter component instance: ${name} trapped before, and what it left behind cannot be trusted; make a new instance`,
    { cause: failure },
  )
}

export function disposedError(name: string): TenonError {
  return new TenonError('instance-disposed', `the instance ${name} was disposed`)
}
