import { decode } from '../binary/decode.ts'
import type { Component } from '../component/component.ts'
import type { ComponentType } from '../component/extern-type.ts'
import { isLabel, parseVersion } from '../component/names.ts'
import { CompositionError } from '../errors.ts'
import { validate } from '../validation/validate.ts'

/** What a composition is made of. */
export interface Package {
  /** `namespace:name`, with `@version` where it has one. */
  readonly name: string
  readonly type: ComponentType
  /** Undefined for a package of which only the type is known: it can be imported and not nested. */
  readonly component: Component | undefined
}

/**
 * A component as bytes, or as decoded; or only its type; or a package, under the name that it has here.
 *
 * @throws {CompositionError} for a name that is none
 * @throws {DecodeError | ValidationError} for bytes that are no valid component
 */
export function packageFrom(name: string, source: Uint8Array | Component | ComponentType | Package): Package {
  checkPackageName(name)
  if ('type' in source) return { ...source, name }
  if ('kind' in source) return { name, type: source, component: undefined }
  const component = source instanceof Uint8Array ? decode(source) : source
  return { name, type: validate(component), component }
}

function checkPackageName(name: string): void {
  const problem = packageNameProblem(name)
  if (problem === undefined) return
  throw new CompositionError('name', problem, { cure: packageNameCure })
}

export const packageNameCure =
  'packages are called `namespace:name` or `namespace:name@1.2.3`, in small letters, digits and dashes'

/** Why a name is not one that a package can have. */
export function packageNameProblem(name: string): string | undefined {
  const [, names, version] = /^([^@]*)(?:@(.*))?$/s.exec(name)!
  const parts = names!.split(':')
  const parsed = version === undefined ? undefined : parseVersion(version)
  const isName = parts.length >= 2 && parts.every((part) => isLabel(part) && part === part.toLowerCase())
  if (isName && !(parsed && 'problem' in parsed)) return undefined
  const reason = parsed && 'problem' in parsed ? `: ${parsed.problem}` : ''
  return `\`${name}\` is no name of a package${reason}`
}
