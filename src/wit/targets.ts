import type { ComponentType, ExternType, InstanceType, TypeExtern } from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import { nameOnTrack } from '../component/interface-path.ts'
import { isValueType } from '../component/resolve-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { nearest } from '../diagnostics/nearest.ts'
import { bindResources } from '../validation/bound-resources.ts'
import { mismatchPath } from '../validation/mismatch-path.ts'
import { Reporter } from '../validation/reporter.ts'
import { Matching } from '../validation/subtyping.ts'
import { TypeStore } from '../validation/type-store.ts'
import { printFunction } from './print-function.ts'
import { printStructure, type TypeNames } from './print-type.ts'
import type { WitWorld } from './package.ts'
import { placeInWorld } from './place-in-world.ts'
import type { Place } from './problems.ts'
import { worldType } from './world-type.ts'

/** A reason why a component does not fit a world. */
export interface TargetBreak {
  /** Whether it is about what the component imports or about what the world wants to be exported. */
  readonly direction: 'import' | 'export'
  /** `missing`: in the world, of what a component imports; in the component, of what a world exports. */
  readonly kind: 'missing' | 'type'
  /**
   * The way to the innermost thing that differs: the import or export, as the component calls it or else the world, the item of an
   * interface, then what is different in it: ``function parameter `x` ``.
   */
  readonly path: readonly string[]
  /** What differs there. */
  readonly reason: string
  /** Both as WIT, if they are a function or a type. */
  readonly world: string | undefined
  readonly component: string | undefined
  /** Of what is missing: the nearest names that are there. */
  readonly candidates: readonly string[]
  /** Where the world says otherwise; undefined where it comes from no text. */
  readonly place: Place | undefined
}

/**
 * Why a component cannot stand where one of a world is wanted; nothing where it can. It may import less than the world, and export more.
 * Versions that replace each other (`0.2.1` and `0.2.6`) are one interface, which then has to have the same types.
 *
 * @param component its type, as `validate` gives it
 * @param world of a package, or the type of such a component
 * @throws {TenonError} code `limit`, where the types are too many to be compared
 * @example
 * const files = [{ name: 'a.wit', text: 'package a:b; world w { export run: func(n: u32); }' }]
 * const world = resolveWit({ files }).main.worlds.get('w')
 * const component = { kind: 'component', imports: new Map(), exports: new Map([['ran', func([])]]) }
 * targets(component, world)[0]
 * // { direction: 'export', kind: 'missing', path: ['run'], reason: 'the component does not export it', candidates: ['ran'], … }
 */
export function targets(component: ComponentType, world: WitWorld | ComponentType): readonly TargetBreak[] {
  if (world.kind === 'component') return new Comparison(component, world, () => undefined).compare()
  const placeOf: PlaceOf = (direction, name, item) => placeInWorld(world, direction, name, item)
  return new Comparison(component, worldType(world), placeOf).compare()
}

type PlaceOf = (
  direction: TargetBreak['direction'],
  name: string | undefined,
  item: string | undefined,
) => Place | undefined

class Comparison {
  readonly #breaks: TargetBreak[] = []
  readonly #store = new TypeStore(new Reporter(), 0)
  readonly #component: ComponentType
  readonly #world: ComponentType
  /** Names that may still be compared: each that is missing is compared with all that are there. */
  #comparisons: number = limits.comparedNames

  readonly #placeOf: PlaceOf
  /** What the world calls what is compared; undefined where it does not have it. */
  #name: string | undefined

  constructor(component: ComponentType, world: ComponentType, placeOf: PlaceOf) {
    this.#component = component
    this.#world = world
    this.#placeOf = placeOf
    bindResources(this.#store, component)
    bindResources(this.#store, world)
  }

  compare(): readonly TargetBreak[] {
    const [component, world] = [this.#component, this.#world]
    const imports = new Matching(this.#store, this.#store.bound(component).imported)
    for (const [name, wanted] of component.imports) {
      this.#name = nameOnTrack(name, world.imports)
      const given = world.imports.get(this.#name ?? '')
      if (given === undefined) this.#missing('import', [name], 'the world does not import it', world.imports)
      else this.#item(new Side('import', imports, world.imports, component.imports), [name], given, wanted)
    }
    const exports = new Matching(this.#store, this.#store.bound(world).defined)
    for (const [name, wanted] of world.exports) {
      this.#name = name
      const own = nameOnTrack(name, component.exports)
      const found = own === undefined ? undefined : imports.substitution.extern(component.exports.get(own)!)
      const reason = 'the component does not export it'
      if (found === undefined) this.#missing('export', [name], reason, component.exports)
      else this.#item(new Side('export', exports, component.exports, world.exports), [own!], found, wanted)
    }
    return this.#breaks
  }

  #item(side: Side, path: readonly string[], found: ExternType, wanted: ExternType): void {
    if (found.kind === 'instance' && wanted.kind === 'instance') this.#instance(side, path, found, wanted)
    else this.#leaf(side, path, found, wanted)
  }

  #instance(side: Side, path: readonly string[], found: InstanceType, wanted: InstanceType): void {
    const inner = side.within(found, wanted)
    const [has, needs] = side.direction === 'import' ? ['world', 'component'] : ['component', 'world']
    for (const [name, type] of wanted.exports) {
      const given = found.exports.get(name)
      const reason = `the ${needs} has it in this interface, the ${has} does not`
      if (given === undefined) this.#missing(side.direction, [...path, name], reason, found.exports)
      else this.#leaf(inner, [...path, name], given, type)
    }
  }

  #leaf(side: Side, path: readonly string[], found: ExternType, wanted: ExternType): void {
    const words = side.matching.extern(found, wanted)
    if (words === undefined) return
    const { path: way, reason } = mismatchPath(words, found, wanted)
    const [given, needed] = [print(found, side.givenNames), print(wanted, side.wantedNames)]
    const [world, component] = side.direction === 'import' ? [given, needed] : [needed, given]
    const { direction } = side
    this.#breaks.push({
      direction,
      kind: 'type',
      path: [...path, ...way],
      reason: sided(reason, side),
      world,
      component,
      candidates: [],
      place: this.#placeOf(direction, this.#name, path[1]),
    })
    side.takeAsEqual(found, wanted)
  }

  #missing(
    direction: TargetBreak['direction'],
    path: readonly string[],
    reason: string,
    there: ReadonlyMap<string, ExternType>,
  ): void {
    this.#comparisons -= there.size
    const candidates = this.#comparisons < 0 ? [] : nearest(path.at(-1)!, there.keys())
    const sides = { world: undefined, component: undefined }
    const place = this.#placeOf(direction, this.#name, path[1])
    this.#breaks.push({ direction, kind: 'missing', path, reason, ...sides, candidates, place })
  }
}

/** What is given to whom: imports by the world, exports by the component. */
class Side {
  readonly direction: TargetBreak['direction']
  readonly matching: Matching
  readonly #given: ReadonlyMap<string, ExternType>
  readonly #wanted: ReadonlyMap<string, ExternType>

  constructor(
    direction: TargetBreak['direction'],
    matching: Matching,
    given: ReadonlyMap<string, ExternType>,
    wanted: ReadonlyMap<string, ExternType>,
  ) {
    this.direction = direction
    this.matching = matching
    this.#given = given
    this.#wanted = wanted
  }

  within(given: InstanceType, wanted: InstanceType): Side {
    return new Side(this.direction, this.matching, given.exports, wanted.exports)
  }

  get givenNames(): TypeNames {
    return namesIn(this.#given)
  }

  get wantedNames(): TypeNames {
    return namesIn(this.#wanted)
  }

  /** What is said of a type need not be said of all functions that mention it. */
  takeAsEqual(found: ExternType, wanted: ExternType): void {
    if (found.kind !== 'type' || wanted.kind !== 'type') return
    if (isValueType(found.type) && isValueType(wanted.type))
      this.matching.substitution.replaceValueType(wanted.type, found.type)
  }
}

/** The checker's `expected …, found …` is from the side of who gets it. */
function sided(reason: string, { direction }: Side): string {
  const [wants, has] = direction === 'import' ? ['component', 'world'] : ['world', 'component']
  // Here, the checker has the reference suite's words, which are the other way round.
  if (/^expected (a|no) result, found (none|one): the function has/.test(reason)) {
    const [one, other] = reason.startsWith('expected a') ? [has, wants] : [wants, has]
    return `the function of the ${one} has a result, that of the ${other} has none`
  }
  const plain = reason.replaceAll('primitive `', '`')
  return plain.replace(/\bexpected (.*?),? found (.*)$/, `the ${wants} has $1, the ${has} $2`)
}

function namesIn(externs: ReadonlyMap<string, ExternType>): TypeNames {
  const names = new Map<ValueType | ResourceType, string>()
  for (const [name, extern] of externs) {
    if (extern.kind !== 'type') continue
    for (const type of namedTypes(extern)) if (!names.has(type)) names.set(type, name)
  }
  return (type) => names.get(type)
}

function namedTypes({ type, handles }: TypeExtern): (ValueType | ResourceType)[] {
  if (type.kind === 'resource') return handles ? [type, handles.own] : [type]
  return isValueType(type) ? [type] : []
}

/** Longer texts show no difference. */
const longest = 200

function print(type: ExternType, names: TypeNames): string | undefined {
  const text = type.kind === 'function' ? printFunction(type, names) : printNamed(type, names)
  return text === undefined || text.length > longest ? undefined : text
}

function printNamed(type: ExternType, names: TypeNames): string | undefined {
  if (type.kind !== 'type') return type.kind.replace('-', ' ')
  if (type.type.kind === 'resource') return 'resource'
  return isValueType(type.type) ? printStructure(type.type, names) : `type of ${type.type.kind}s`
}
