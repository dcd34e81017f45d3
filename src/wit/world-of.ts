import type { ComponentType } from '../component/extern-type.ts'
import { PackageDrafts } from './package-drafts.ts'
import { type PackageName, printPackageName, type WitPackage, type WitWorld } from './package.ts'
import { type Unprintable, WorldReader } from './world-reader.ts'

export interface WorldNames {
  /** The package that the world is in: `root:component` where nothing else is said, as other tools call it. */
  readonly package?: PackageName
  /** `root` where nothing else is said. */
  readonly world?: string
}

/** A component as WIT: its world, and the interfaces that it imports and exports as far as it knows them. */
export interface ComponentWit {
  readonly world: WitWorld
  /** The package of the world. */
  readonly main: WitPackage
  /** All, `main` as well, each behind those that it needs. */
  readonly packages: readonly WitPackage[]
  /**
   * What WIT has no words for, in order: core modules, instances in instances, what a world exports of resources. The rest is
   * there without it. A type that such a thing would be needed for is defined once more where it is mentioned.
   */
  readonly unprintable: readonly Unprintable[]
}

/**
 * The world of a component's type: of one that `validate` gives, or of one that is made by hand. An interface that is both imported and
 * exported is the union of the two.
 *
 * The other way is `worldType`.
 *
 * @throws {TenonError} code `wit`, where interfaces use types of each other
 * @example
 * const type = { kind: 'component', imports: new Map(), exports: new Map([['run', func([], u8)]]) }
 * worldOf(type).world.exports.get('run').type.result // { kind: 'u8' }
 */
export function worldOf(type: ComponentType, names: WorldNames = {}): ComponentWit {
  const home = names.package ?? { namespace: 'root', package: 'component', version: undefined }
  const drafts = new PackageDrafts()
  const reader = new WorldReader(drafts, home)
  const world = reader.world(type, names.world ?? 'root')
  drafts.package(home).worlds.set(world.name, world)
  const { packages, tangled } = drafts.inOrder()
  const main = packages.find(({ name }) => printPackageName(name) === printPackageName(home))!
  const what = 'a package that needs others which need it'
  const tangle: Unprintable[] = tangled.length > 0 ? [{ direction: 'import', path: tangled, what }] : []
  return { world, main, packages, unprintable: [...reader.unprintable, ...tangle] }
}
