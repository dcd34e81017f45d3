import type { Signature } from '../../runtime/back-end.ts'
import { leastArguments } from '../../runtime/mismatch.ts'
import type { Outline } from './binding.ts'
import { guestMemory } from './memory.ts'

/** What code says of its function, and how it gets at memory. */
export function outlineOf({ name, type, options }: Signature): Outline {
  const parameters = type.parameters.map((parameter) => parameter.name)
  return {
    name,
    parameters,
    leastArguments: leastArguments(type),
    memory: (context, between) => guestMemory(context, options, between),
  }
}
