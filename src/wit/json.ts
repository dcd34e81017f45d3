import { parseExternName } from '../component/names.ts'
import type { Field, ValueType } from '../component/value-type.ts'
import { TenonError } from '../errors.ts'
import type {
  JsonField,
  JsonFunction,
  JsonInterface,
  JsonMember,
  JsonPackage,
  JsonPlace,
  JsonStability,
  JsonType,
  JsonTypeDefinition,
  JsonWit,
  JsonWorld,
  JsonWorldItem,
} from './json-model.ts'
import {
  nameInPackage,
  printPackageName,
  type Stability,
  type TypeDefinition,
  type WitFunction,
  type WitInterface,
  type WitPackage,
  type WitWorld,
  type WorldItem,
} from './package.ts'
import { PackageScope } from './package-scope.ts'
import type { Place } from './problems.ts'
import type { ResolvedWit } from './resolve.ts'

/**
 * Resolved packages as values for `JSON.stringify`.
 *
 * @example
 * const files = [{ name: 'a.wit', text: 'package a:b; interface i { size: func() -> u32; }' }]
 * witToJson(resolveWit({ files })).packages[0].interfaces[0].functions[0].result // { kind: 'u32' }
 */
export function witToJson({ main, packages }: ResolvedWit): JsonWit {
  return {
    format: 'tenon-wit',
    version: 1,
    main: printPackageName(main.name),
    packages: packages.map(packageToJson),
  }
}

function packageToJson({ name, docs, place, interfaces, worlds }: WitPackage): JsonPackage {
  return {
    name: printPackageName(name),
    ...(docs !== undefined && { docs }),
    ...(place && { place: placeToJson(place) }),
    interfaces: Array.from(interfaces.values(), interfaceToJson),
    worlds: Array.from(worlds.values(), worldToJson),
  }
}

function placeToJson({ source, span }: Place): JsonPlace {
  return { file: source.name, ...source.position(span.start) }
}

type Described = Partial<Pick<WitFunction, 'docs' | 'stability' | 'externalId' | 'place'>>

/** What is the same for all items. */
function itemToJson<N extends string>(name: N, { docs, stability, externalId, place }: Described) {
  return {
    name,
    ...(docs !== undefined && { docs }),
    ...(stability && { stability: stabilityToJson(stability) }),
    ...(externalId !== undefined && { externalId }),
    ...(place && { place: placeToJson(place) }),
  }
}

function stabilityToJson(stability: Stability): JsonStability {
  const { deprecated } = stability
  const rest = deprecated === undefined ? {} : { deprecated }
  return stability.kind === 'since'
    ? { since: stability.version, ...rest }
    : { unstable: stability.feature, ...rest }
}

function interfaceToJson(one: WitInterface): JsonInterface {
  return { ...itemToJson(one.name!, one), ...scopeToJson(one.types.values(), one.functions.values()) }
}

function worldToJson(world: WitWorld): JsonWorld {
  const imports = [...world.imports.values()]
  const types = imports.filter((item) => item.kind === 'type')
  const functions = imports.filter((item) => item.kind === 'function')
  const scope = new ScopeWriter(types, functions)
  return {
    ...itemToJson(world.name, world),
    imports: itemsToJson(world.imports, scope),
    exports: itemsToJson(world.exports, scope),
    types: types.map((each) => scope.definition(each)),
  }
}

function itemsToJson(items: WitWorld['imports'], scope: ScopeWriter): JsonWorldItem[] {
  return Array.from(items).flatMap(([name, item]) => worldItemToJson(name, item, scope) ?? [])
}

/** Undefined for types, and for functions of resources, which are the type's. */
function worldItemToJson(name: string, item: WorldItem, scope: ScopeWriter): JsonWorldItem | undefined {
  if (item.kind === 'type' || name.startsWith('[')) return undefined
  if (item.kind === 'function') return { kind: 'function', ...scope.function(item) }
  const { interface: one } = item
  if (one.name !== undefined)
    return { kind: 'interface', ...itemToJson(name, item), interface: nameInPackage(one.package, one.name) }
  const { docs, stability } = one
  return {
    kind: 'inline-interface',
    ...itemToJson(name, { ...item, docs, stability }),
    ...scopeToJson(one.types.values(), one.functions.values()),
  }
}

function scopeToJson(types: Iterable<TypeDefinition>, functions: Iterable<WitFunction>) {
  const [definitions, members] = [[...types], [...functions]]
  const scope = new ScopeWriter(definitions, members)
  return {
    types: definitions.map((each) => scope.definition(each)),
    functions: members.filter(({ name }) => !name.startsWith('[')).map((each) => scope.function(each)),
  }
}

/** The types and functions of one interface or world: a type that has a name in it is written by that. */
class ScopeWriter {
  readonly #scope: PackageScope
  /** By resource. */
  readonly #members: ReadonlyMap<string, readonly JsonMember[]>

  constructor(types: readonly TypeDefinition[], functions: readonly WitFunction[]) {
    this.#scope = new PackageScope(types, functions)
    const members = functions.flatMap((each) => this.#member(each) ?? [])
    this.#members = new Map(
      [...Map.groupBy(members, ({ resource }) => resource)].map(([resource, group]) => [
        resource,
        group.map(({ member }) => member),
      ]),
    )
  }

  function(one: WitFunction): JsonFunction {
    return this.#signature(one, one.name, one.type.parameters)
  }

  #signature(one: WitFunction, name: string, parameters: readonly Field[]): JsonFunction {
    const { async, result } = one.type
    return {
      ...itemToJson(name, one),
      async,
      parameters: parameters.map((each) => this.#field(each)),
      ...(result && { result: this.#type(result) }),
    }
  }

  #member(one: WitFunction): { resource: string; member: JsonMember } | undefined {
    const parts = parseExternName(one.name)
    const { parameters } = one.type
    switch (parts.kind) {
      case 'constructor':
        return {
          resource: parts.resource,
          member: { kind: 'constructor', ...this.#signature(one, parts.resource, parameters) },
        }
      case 'method':
        return {
          resource: parts.resource,
          member: { kind: 'method', ...this.#signature(one, parts.label, parameters.slice(1)) },
        }
      case 'static':
        return {
          resource: parts.resource,
          member: { kind: 'static', ...this.#signature(one, parts.label, parameters) },
        }
      default:
        return undefined
    }
  }

  definition(one: TypeDefinition): JsonTypeDefinition {
    const { name, type, aliasOf, owner, partDocs } = one
    const item = itemToJson(name, one)
    if (aliasOf !== undefined && aliasOf.owner !== owner) {
      const { package: home, name: lender } = aliasOf.owner
      return { kind: 'use', ...item, interface: nameInPackage(home, lender!), type: aliasOf.name }
    }
    if (aliasOf !== undefined) return { kind: 'alias', ...item, type: { kind: 'name', name: aliasOf.name } }
    const documented = <T extends { readonly name: string }>(part: T): T & { docs?: string } => {
      const docs = partDocs.get(part.name)
      return docs === undefined ? part : { ...part, docs }
    }
    switch (type.kind) {
      case 'resource':
        return { kind: 'resource', ...item, functions: this.#members.get(name) ?? [] }
      case 'record':
        return { kind: 'record', ...item, fields: type.fields.map((each) => documented(this.#field(each))) }
      case 'variant': {
        const cases = type.cases.map((each) =>
          documented({ name: each.name, ...(each.type && { type: this.#type(each.type) }) }),
        )
        return { kind: 'variant', ...item, cases }
      }
      case 'enum':
      case 'flags':
        return { kind: type.kind, ...item, cases: type.names.map((label) => documented({ name: label })) }
      default:
        return { kind: 'alias', ...item, type: this.#structure(type) }
    }
  }

  #field({ name, type }: Field): JsonField {
    return { name, type: this.#type(type) }
  }

  #type(type: ValueType): JsonType {
    const name = this.#scope.nameOf(type)
    return name === undefined ? this.#structure(type) : { kind: 'name', name }
  }

  #structure(type: ValueType): JsonType {
    switch (type.kind) {
      case 'list': {
        const element = this.#type(type.element)
        return { kind: 'list', element, ...(type.length !== undefined && { length: type.length }) }
      }
      case 'option':
        return { kind: 'option', type: this.#type(type.type) }
      case 'result':
        return {
          kind: 'result',
          ...(type.ok && { ok: this.#type(type.ok) }),
          ...(type.error && { error: this.#type(type.error) }),
        }
      case 'tuple':
        return { kind: 'tuple', types: type.types.map((each) => this.#type(each)) }
      case 'stream':
      case 'future':
        return { kind: type.kind, ...(type.element && { element: this.#type(type.element) }) }
      case 'map':
        return { kind: 'map', key: this.#type(type.key), value: this.#type(type.value) }
      case 'own':
        return { kind: 'own', resource: this.#scope.nameOf(type.resource) ?? unnamed('resource') }
      case 'borrow': {
        const resource = this.#scope.nameOf(type, true) ?? this.#scope.nameOf(type.resource)
        return { kind: 'borrow', resource: resource ?? unnamed('resource') }
      }
      case 'record':
      case 'variant':
      case 'enum':
      case 'flags':
        return unnamed(type.kind)
      default:
        return { kind: type.kind }
    }
  }
}

/** Packages name them all. */
function unnamed(kind: string): never {
  throw new TenonError('wit', `a ${kind} without a name is no part of a WIT package`)
}
