import type {
  ComponentType,
  ExternType,
  FunctionType,
  InstanceType,
  TypeExtern,
} from '../component/extern-type.ts'
import { isValueType, type TypeEntity } from '../component/resolve-type.ts'
import type { ResourceType } from '../component/value-type.ts'
import { coreModuleMismatch } from './core-subtyping.ts'
import { describeEntity, describeExtern, isPrimitive } from './describe.ts'
import { equalFunctions } from './equal-types.ts'
import { originOf } from './substituted-exports.ts'
import { Substitution } from './substitution.ts'
import type { TypeStore } from './type-store.ts'
import { type Mismatch, valueMismatch } from './value-equality.ts'
import { foreignTypes } from './visibility.ts'

/**
 * Compares what is given with what is expected (Explainer.md, "Type Checking"). Resource types that the expected side
 * leaves open are found on the way: the first type of their name tells which resource type stands for them, and from there on
 * they are that. The expected side is read in its order of definition, where every type comes before its uses.
 */
export class Matching {
  readonly #store: TypeStore
  readonly #open: ReadonlySet<ResourceType>
  readonly substitution: Substitution
  /** By what was expected: the first that matched, and any further ones. */
  readonly #matched = new Map<ExternType, ExternType>()
  readonly #matchedToo = new Map<ExternType, Set<ExternType>>()

  constructor(store: TypeStore, open: ReadonlySet<ResourceType>) {
    this.#store = store
    this.#open = open
    this.substitution = new Substitution(store)
  }

  /** The first difference in words; undefined if `actual` can stand where `expected` is expected. */
  extern(actual: ExternType, expected: ExternType): Mismatch {
    this.#store.work()
    // Only these can share parts so often that it matters.
    if (expected.kind !== 'instance' && expected.kind !== 'component') return this.#extern(actual, expected)
    const matched = this.#matched.get(expected)
    if (matched === actual || this.#matchedToo.get(expected)?.has(actual)) return undefined
    const mismatch = this.#extern(actual, expected)
    if (mismatch !== undefined) return mismatch
    if (matched === undefined) this.#matched.set(expected, actual)
    else this.#matchedToo.set(expected, (this.#matchedToo.get(expected) ?? new Set()).add(actual))
    return undefined
  }

  #extern(actual: ExternType, expected: ExternType): Mismatch {
    switch (expected.kind) {
      case 'function':
        if (actual.kind !== 'function') break
        return functionMismatch(this.#store, actual, this.substitution.function(expected))
      case 'instance':
        if (actual.kind !== 'instance') break
        return this.instance(actual, expected)
      case 'component':
        if (actual.kind !== 'component') break
        return componentMismatch(this.#store, actual, this.substitution.component(expected))
      case 'core-module':
        if (actual.kind !== 'core-module') break
        this.#store.work(actual.imports.length + expected.imports.length + expected.exports.size)
        return coreModuleMismatch(actual, expected)
      case 'value':
        if (actual.kind !== 'value') break
        return valueMismatch(this.#store, actual.type, this.substitution.value(expected.type))
      case 'type':
        if (actual.kind !== 'type') break
        return this.#type(actual.type, expected.type)
    }
    return `expected ${describeExtern(expected)}, found ${describeExtern(actual)}`
  }

  /** Every expected export must be there; what there is beside them is forgotten. */
  instance(actual: InstanceType, expected: InstanceType): Mismatch {
    if (originOf(actual) === originOf(expected) && foreignTypes(this.#store, expected)?.length === 0) {
      return this.#sameOrigin(actual, expected)
    }
    for (const name of expected.exports.keys()) {
      const type = expected.exports.get(name)!
      const found = actual.exports.get(name)
      if (!found) return `missing expected export \`${name}\``
      const mismatch = this.extern(found, type)
      if (mismatch !== undefined) return `type mismatch in instance export \`${name}\`: ${mismatch}`
    }
    return undefined
  }

  /**
   * Of two instances that come from one by substitution, and mention no types but their own: what mentions only types that are the
   * same is the same, and value types differ in resource types only.
   */
  #sameOrigin(actual: InstanceType, expected: InstanceType): Mismatch {
    const { typeNames, resourceNames } = this.#store.origin(expected)
    this.#store.work(typeNames.length)
    for (const name of resourceNames) {
      const found = (actual.exports.get(name) as TypeExtern).type
      const type = (expected.exports.get(name) as TypeExtern).type
      const mismatch = this.#resource(found as ResourceType, type as ResourceType)
      if (mismatch !== undefined) return `type mismatch in instance export \`${name}\`: ${mismatch}`
    }
    this.substitution.replaceInstance({ exports: expected.exports, by: actual.exports, typeNames })
    return undefined
  }

  #type(actual: TypeEntity, expected: TypeEntity): Mismatch {
    if (expected.kind === 'resource') {
      if (actual.kind !== 'resource') return unlike(actual, expected)
      return this.#resource(actual, expected)
    }
    if (isValueType(expected)) {
      if (!isValueType(actual)) return unlike(actual, expected)
      if (isPrimitive(expected) && !isPrimitive(actual)) {
        return `expected primitive, found ${actual.kind}: the primitive is ${expected.kind}`
      }
      const mismatch = valueMismatch(this.#store, actual, this.substitution.value(expected))
      if (mismatch === undefined) this.substitution.replaceValueType(expected, actual)
      return mismatch
    }
    if (expected.kind === 'function' && actual.kind === 'function') {
      return functionMismatch(this.#store, actual, this.substitution.function(expected))
    }
    if (expected.kind === 'instance' && actual.kind === 'instance') {
      return instanceTypeMismatch(this.#store, actual, this.substitution.instance(expected))
    }
    if (expected.kind === 'component' && actual.kind === 'component') {
      return componentMismatch(this.#store, actual, this.substitution.component(expected))
    }
    return unlike(actual, expected)
  }

  #resource(actual: ResourceType, expected: ResourceType): Mismatch {
    const root = this.#store.root(expected)
    if (this.#open.has(root) && !this.substitution.isReplaced(root)) {
      this.substitution.replaceResource(root, actual)
    } else {
      const wanted = this.substitution.resource(root)
      if (this.#store.root(actual) !== this.#store.root(wanted)) return 'resource types are not the same'
    }
    if (expected !== root) this.substitution.replaceAlias(expected, actual)
    return undefined
  }
}

function unlike(actual: TypeEntity, expected: TypeEntity): string {
  return `expected ${describeEntity(expected)}, found ${describeEntity(actual)}`
}

function functionMismatch(store: TypeStore, actual: FunctionType, expected: FunctionType): Mismatch {
  if (equalFunctions(store, actual, expected)) return undefined
  if (actual.async !== expected.async) {
    const [wanted, found] = [expected, actual].map((type) => (type.async ? 'async' : 'sync'))
    return `expected ${wanted} function, found ${found} function`
  }
  if (actual.parameters.length !== expected.parameters.length) {
    return `expected ${expected.parameters.length} parameters, found ${actual.parameters.length}`
  }
  for (const [i, { name, type }] of expected.parameters.entries()) {
    const parameter = actual.parameters[i]!
    if (parameter.name !== name) return `expected parameter named \`${name}\`, found \`${parameter.name}\``
    const mismatch = valueMismatch(store, parameter.type, type)
    if (mismatch !== undefined) return `type mismatch in function parameter \`${name}\`: ${mismatch}`
  }
  if (!expected.result)
    return 'expected a result, found none: the function has a result, its expected type has none'
  if (!actual.result)
    return 'expected no result, found one: the function has no result, its expected type has one'
  return `type mismatch with result type: ${valueMismatch(store, actual.result, expected.result)}`
}

/** Between types of instances that are not there yet: the open resource types of both stand for any. */
function instanceTypeMismatch(store: TypeStore, actual: InstanceType, expected: InstanceType): Mismatch {
  if (actual === expected) return undefined
  return new Matching(store, store.bound(expected).defined).instance(actual, expected)
}

/**
 * A component can stand for another if it makes do with the other's imports, and exports at least as much. The
 * expected imports are handed to it, and what it then exports is compared.
 */
function componentMismatch(store: TypeStore, actual: ComponentType, expected: ComponentType): Mismatch {
  if (actual === expected) return undefined
  const imports = new Matching(store, store.bound(actual).imported)
  for (const [name, type] of actual.imports) {
    const given = expected.imports.get(name)
    if (!given) return `missing import named \`${name}\`: the component needs it, its expected type has none`
    const mismatch = imports.extern(given, type)
    if (mismatch !== undefined) return `type mismatch for import \`${name}\`: ${mismatch}`
  }
  const exports = new Matching(store, store.bound(expected).defined)
  for (const [name, type] of expected.exports) {
    const found = actual.exports.get(name)
    if (!found) return `missing export named \`${name}\`: the component has none`
    const mismatch = exports.extern(imports.substitution.extern(found), type)
    if (mismatch !== undefined) return `type mismatch for export \`${name}\`: ${mismatch}`
  }
  return undefined
}
