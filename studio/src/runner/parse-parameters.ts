import type { FunctionType } from 'tenon'
import { parseCall, toArguments } from 'tenon/wave'
import { handlesAsLabels } from './handle-labels.ts'
import { type Resources, unknownResource } from './resources.ts'

export interface Parameters {
  readonly values: readonly unknown[]
  /** The handles among them that the callee will own. */
  readonly given: readonly object[]
}

/**
 * The values of a call's parameters, WAVE texts with resources as `#3`.
 *
 * @throws {WaveError}
 * @throws {TypeError} a resource that there is not
 */
export function parseParameters(
  type: FunctionType,
  texts: readonly string[],
  resources: Resources,
): Parameters {
  if (texts.length !== type.parameters.length) {
    throw new TypeError(`${type.parameters.length} parameters are wanted, ${texts.length} were given`)
  }
  const given: object[] = []
  const values = type.parameters.map((parameter, i) => {
    // As a call of its own: that is what names of handles are read in.
    const call = parseCall(`${parameter.name}(${handlesAsLabels(texts[i]!)})`, `parameter ${parameter.name}`)
    const one: FunctionType = { ...type, parameters: [parameter] }
    const [value] = toArguments(call, one, (label, handleType) => {
      const id = Number(/^r(\d+)$/.exec(label.name)?.[1])
      const handle = resources.find(id)
      if (handle === undefined) throw unknownResource(id)
      if (handleType.kind === 'own') given.push(handle)
      return handle
    })
    return value
  })
  return { values, given }
}
