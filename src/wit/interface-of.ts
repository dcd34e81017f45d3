import type { ComponentType } from '../component/extern-type.ts'
import { parseInterfaceName } from '../component/names.ts'
import { TenonError } from '../errors.ts'
import { PackageDrafts, packageNameOf } from './package-drafts.ts'
import type { WitInterface, WitPackage } from './package.ts'
import { type Unprintable, WorldReader } from './world-reader.ts'

/** An interface, and as much of the others as it uses. */
export interface InterfaceWit {
  readonly interface: WitInterface
  /** Its own and those of what it uses, each behind those that it needs. */
  readonly packages: readonly WitPackage[]
  /** What WIT has no words for: see `ComponentWit`. */
  readonly unprintable: readonly Unprintable[]
}

/**
 * The interface that a component of this type exports: one in the form in which packages in binary form have interfaces, with the types
 * that it uses of others as imports. The other way is `interfaceType`.
 *
 * @throws {TenonError} code `wit`, where the type does not export one interface with a name, or interfaces use types of each other
 * @example
 * const instance = { kind: 'instance', exports: new Map([['run', func([], u8)]]) }
 * const type = { kind: 'component', imports: new Map(), exports: new Map([['my:app/runner@1.0.0', instance]]) }
 * interfaceOf(type).interface.functions.get('run').type.result // { kind: 'u8' }
 */
export function interfaceOf(type: ComponentType): InterfaceWit {
  const [name, ...others] = type.exports.keys()
  const parts = name === undefined ? undefined : parseInterfaceName(name)
  if (parts?.kind !== 'interface' || others.length > 0)
    throw new TenonError(
      'wit',
      `not the type of an interface: wanted one export, such as \`my:app/runner@1.0.0\``,
    )
  const drafts = new PackageDrafts()
  const reader = new WorldReader(drafts, packageNameOf(parts))
  const [made] = reader.interfaces(type)
  if (made === undefined) throw new TenonError('wit', `\`${name}\` is not an instance`)
  return { interface: made, packages: drafts.inOrder().packages, unprintable: reader.unprintable }
}
