import type { Declaration } from '../component/component.ts'
import type { ComponentType, ExternType, FunctionType, InstanceType } from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import type { Reporter } from './reporter.ts'
import { Origin } from './origin.ts'
import type { NamedType } from './replacements.ts'
import { SubstitutedExports } from './substituted-exports.ts'
import { everyMention, type Mentions } from './substituted-function.ts'
import { type Facts, TypeFacts } from './type-facts.ts'
import { everyPart } from './type-parts.ts'

/**
 * The resource types that an instance or component type brings along: for each use of the type they are others.
 * `imported` ones are given by whoever instantiates, `defined` ones come from within.
 */
export interface BoundResources {
  readonly imported: ReadonlySet<ResourceType>
  readonly defined: ReadonlySet<ResourceType>
}

const noResources: ReadonlySet<ResourceType> = new Set()
const unbound: BoundResources = { imported: noResources, defined: noResources }

/** Spreading takes long where there are many kinds of objects. */
function cloned(type: ValueType): ValueType {
  switch (type.kind) {
    case 'record':
      return { kind: 'record', fields: type.fields }
    case 'variant':
      return { kind: 'variant', cases: type.cases }
    case 'enum':
    case 'flags':
      return { kind: type.kind, names: type.names }
    default:
      return { ...type }
  }
}

/**
 * What one validation knows about the types it made, beside what they say themselves.
 *
 * Imports and exports name types. A named type is an object of its own, equal to the one it was made from, its
 * original: so that visibility and printers can tell `$Rec` from the `"rec"` it was exported as.
 * A named resource is likewise an object of its own, while equality of resources goes by their roots.
 */
export class TypeStore {
  readonly #reporter: Reporter
  readonly #maximum: number
  readonly #facts = new TypeFacts()
  readonly #structures = new Map<string, number>()
  readonly #coreGroups = new Map<string, number>()
  readonly #structureOf = new Map<ValueType, number>()
  readonly #resourceNumbers = new Map<ResourceType, number>()
  readonly #roots = new Map<ResourceType, ResourceType>()
  /** An alias of a resource type has the one that it was made from as its original, too. */
  readonly #originals = new Map<NamedType, NamedType>()
  readonly #opened = new Set<InstanceType>()
  readonly #origins = new Map<InstanceType, Origin>()
  readonly #bound = new Map<InstanceType | ComponentType, BoundResources>()
  /** Valid types that mention nothing around them, by their declarations: these are the same array where a type is repeated. */
  readonly closed = new Map<readonly Declaration[], InstanceType | ComponentType>()
  /** See `everyMention`. */
  readonly mentions = new Map<FunctionType, Mentions>()
  #work = 0

  /** @param bytes the size of the component */
  constructor(reporter: Reporter, bytes: number) {
    this.#reporter = reporter
    this.#maximum = limits.typeSteps + Math.ceil(bytes * limits.typeStepsPerByte)
  }

  /** Counts work that grows faster than the file, so that no small file keeps us busy for hours. */
  work(steps = 1): void {
    this.#work += steps
    if (this.#work > this.#maximum) this.#reporter.exceeds('the work of checking types', this.#maximum)
  }

  facts(type: TypeEntity): Facts {
    return this.#facts.of(type)
  }

  /** Every type that a definition makes passes here; what is made of checked types by substitution is no larger. */
  checkSize<T extends TypeEntity>(type: T): T {
    const { size, depth } = this.facts(type)
    if (size > limits.typeSize) this.#reporter.exceeds('effective type size', limits.typeSize)
    if (depth > limits.typeDepth) this.#reporter.exceeds('type nesting', limits.typeDepth)
    return type
  }

  /** A number for a `rec` group of core types, the same for the same text. */
  coreGroup(text: string): number {
    const number = this.#coreGroups.get(text) ?? this.#coreGroups.size
    this.#coreGroups.set(text, number)
    return number
  }

  /** Equal types, and only they, have the same number. Labels are checked before, so they need no quoting. */
  structure(type: ValueType): number {
    const known = this.#structureOf.get(type)
    if (known !== undefined) return known
    const key = this.#structureKey(type)
    const number = this.#structures.get(key) ?? this.#structures.size
    this.#structures.set(key, number)
    this.#structureOf.set(type, number)
    return number
  }

  #structureKey(type: ValueType): string {
    const optional = (part: ValueType | undefined): string =>
      part === undefined ? '-' : String(this.structure(part))
    switch (type.kind) {
      case 'record':
        return `record ${type.fields.map((field) => `${field.name} ${this.structure(field.type)}`)}`
      case 'variant':
        return `variant ${type.cases.map(({ name, type }) => `${name} ${optional(type)}`)}`
      case 'list':
        return `list ${this.structure(type.element)} ${type.length ?? '-'}`
      case 'tuple':
        return `tuple ${type.types.map((part) => this.structure(part))}`
      case 'flags':
      case 'enum':
        return `${type.kind} ${type.names}`
      case 'option':
        return `option ${this.structure(type.type)}`
      case 'result':
        return `result ${optional(type.ok)} ${optional(type.error)}`
      case 'map':
        return `map ${this.structure(type.key)} ${this.structure(type.value)}`
      case 'own':
      case 'borrow':
        return `${type.kind} ${this.#resourceNumber(type.resource)}`
      case 'stream':
      case 'future':
        return `${type.kind} ${optional(type.element)}`
      default:
        return type.kind
    }
  }

  #resourceNumber(resource: ResourceType): number {
    const root = this.root(resource)
    const number = this.#resourceNumbers.get(root) ?? this.#resourceNumbers.size
    this.#resourceNumbers.set(root, number)
    return number
  }

  /** The resource type that a named one stands for. */
  root(resource: ResourceType): ResourceType {
    return this.#roots.get(resource) ?? resource
  }

  /** The type that a named one was made from. */
  original<T extends NamedType>(type: T): (T extends ResourceType ? ResourceType : ValueType) | undefined {
    return this.#originals.get(type) as ReturnType<typeof this.original<T>>
  }

  /** What holds for an instance type whatever was replaced in it. */
  origin(type: InstanceType): Origin {
    const { exports } = type
    if (exports instanceof SubstitutedExports) return exports.origin
    let origin = this.#origins.get(type)
    if (origin === undefined) {
      origin = new Origin(type)
      this.#origins.set(type, origin)
    }
    return origin
  }

  /** False where an instance of this type was brought in before. */
  open(type: InstanceType): boolean {
    if (this.#opened.has(type)) return false
    this.#opened.add(type)
    return true
  }

  /** A copy of a value type with an identity of its own. */
  copy<T extends ValueType>(type: T, original: ValueType | undefined): T {
    const copy = cloned(type) as T
    if (original) this.#originals.set(copy, original)
    return copy
  }

  /** A type under the new name that an import or export gives it. */
  named(type: TypeEntity, name: string): TypeEntity {
    switch (type.kind) {
      case 'function':
      case 'instance':
      case 'component':
        return type
      case 'resource':
        return this.alias(type, name)
      default:
        return this.copy(type, type)
    }
  }

  /** The same resource type as an object of its own. */
  alias(type: ResourceType, name = type.name): ResourceType {
    const alias: ResourceType = { kind: 'resource', name }
    this.#roots.set(alias, this.root(type))
    this.#originals.set(alias, type)
    return alias
  }

  bound(type: InstanceType | ComponentType): BoundResources {
    return this.#bound.get(type) ?? unbound
  }

  bind<T extends InstanceType | ComponentType>(type: T, bound: BoundResources): T {
    if (bound.imported.size > 0 || bound.defined.size > 0) this.#bound.set(type, bound)
    return type
  }

  /** The resource types (roots) that a type mentions and does not bring along itself. */
  freeResources(types: Iterable<ExternType | TypeEntity>): Set<ResourceType> {
    const seen = new Set<ExternType | TypeEntity>()
    const found = new Set<ResourceType>()
    const bound: BoundResources[] = []
    const visit = (type: ExternType | TypeEntity): void => {
      if (seen.has(type)) return
      seen.add(type)
      this.work()
      if (type.kind === 'resource') found.add(this.root(type))
      if (type.kind === 'instance' || type.kind === 'component') bound.push(this.bound(type))
      if (type.kind === 'function') everyMention(type, this.mentions, visitPart, undefined)
      else everyPart(type, visitPart, undefined)
    }
    const visitPart = (part: TypeEntity): boolean => {
      if (this.facts(part).containsResource) visit(part)
      return true
    }
    for (const type of types) visit(type)
    for (const { imported, defined } of bound) {
      for (const resource of imported) found.delete(resource)
      for (const resource of defined) found.delete(resource)
    }
    return found
  }
}
