import type { CoreSubType } from './component.ts'
import type { CoreFunctionForm } from './extern-type.ts'

/** What is said of a core function type beside its parameters and results; undefined where nothing is. */
export function functionForm({
  final,
  supertypes,
  shared,
}: CoreSubType): { readonly form: CoreFunctionForm } | undefined {
  if (final && supertypes.length === 0 && !shared) return undefined
  return { form: { open: !final, derived: supertypes.length > 0, shared } }
}
