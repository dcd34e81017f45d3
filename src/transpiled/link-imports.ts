import { TenonError } from '../errors.ts'
import { type Binder, linkImports as link, type Imports, type LinkOptions } from '../runtime/imports.ts'
import type { PlanImport } from '../compile/plan.ts'

/**
 * For transpiled components, which were written with direct calls to what they import.
 *
 * @throws {LinkError}
 * @throws {TenonError} unsupported, where calls shall be observed
 */
export function linkImports(
  imports: readonly PlanImport[],
  given: Imports,
  { observe, ...options }: LinkOptions & { readonly observe?: unknown } = {},
): Binder {
  if (observe === undefined) return link(imports, given, options)
  throw new TenonError(
    'unsupported',
    'calls of a transpiled component cannot be observed: load the component itself with `Component.load`, and give the observer to its `instantiate`',
  )
}
