import type { Refuse } from '../component/resolve-type.ts'

/** Values and start functions (🪙 in Explainer.md) are not part of any released version of the Component Model. */
export function refuseValues(refuse: Refuse): never {
  return refuse('support for component model `value`s is not enabled: no released version has them')
}
