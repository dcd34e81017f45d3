/**
 * What `wit-parser` writes of resolved packages as JSON, and our packages, in one form that can be compared: names instead of
 * indices, the order of everything kept.
 */
import { readFileSync } from 'node:fs'
import type { FunctionType } from '../../src/component/extern-type.ts'
import type { ResourceType, ValueType } from '../../src/component/value-type.ts'
import {
  nameInPackage,
  printPackageName,
  type Stability,
  type TypeDefinition,
  type WitFunction,
  type WitInterface,
  type WitPackage,
  type WorldItem,
} from '../../src/wit/package.ts'

/** Types of worlds and of interfaces that are written in them: they have no name that is known elsewhere. */
const local = '~'

interface Json {
  readonly worlds: readonly JsonWorld[]
  readonly interfaces: readonly JsonInterface[]
  readonly types: readonly JsonType[]
  readonly packages: readonly {
    readonly name: string
    readonly docs?: JsonDocs
    readonly interfaces: Readonly<Record<string, number>>
    readonly worlds: Readonly<Record<string, number>>
  }[]
}

interface JsonDocs {
  readonly contents: string
}

type JsonStability =
  | { readonly stable: { readonly since: string; readonly deprecated?: string } }
  | { readonly unstable: { readonly feature: string; readonly deprecated?: string } }

interface JsonDocumented {
  readonly docs?: JsonDocs
  readonly stability?: JsonStability
}

interface JsonWorld extends JsonDocumented {
  readonly imports: Readonly<Record<string, JsonItem>>
  readonly exports: Readonly<Record<string, JsonItem>>
}

type JsonItem = {
  readonly interface?: JsonDocumented & { readonly id: number }
  readonly function?: JsonFunction
  readonly type?: number
}

interface JsonInterface extends JsonDocumented {
  readonly name: string | null
  readonly package: number
  readonly types: Readonly<Record<string, number>>
  readonly functions: Readonly<Record<string, JsonFunction>>
}

interface JsonFunction extends JsonDocumented {
  readonly kind: unknown
  readonly params: readonly { readonly name: string; readonly type: JsonReference }[]
  readonly result?: JsonReference | null
}

type JsonReference = number | string

interface JsonType extends JsonDocumented {
  readonly name: string | null
  readonly owner: { readonly interface?: number; readonly world?: number } | null
  readonly kind: JsonKind | 'resource'
}

interface JsonPart {
  readonly name: string
  readonly type?: JsonReference | null
  readonly docs?: JsonDocs
}

interface JsonKind {
  readonly type?: JsonReference
  readonly record?: { readonly fields: readonly JsonPart[] }
  readonly variant?: { readonly cases: readonly JsonPart[] }
  readonly enum?: { readonly cases: readonly JsonPart[] }
  readonly flags?: { readonly flags: readonly JsonPart[] }
  readonly tuple?: { readonly types: readonly JsonReference[] }
  readonly option?: JsonReference
  readonly list?: JsonReference
  readonly 'fixed-length-list'?: readonly [JsonReference, number]
  readonly map?: readonly [JsonReference, JsonReference]
  readonly result?: { readonly ok: JsonReference | null; readonly err: JsonReference | null }
  readonly stream?: JsonReference | null
  readonly future?: JsonReference | null
  readonly handle?: { readonly own?: number; readonly borrow?: number }
}

export function readReference(path: string | URL): unknown {
  return new Reference(JSON.parse(readFileSync(path, 'utf8')) as Json).packages()
}

class Reference {
  readonly #json: Json

  constructor(json: Json) {
    this.#json = json
  }

  packages(): unknown {
    return this.#json.packages.map(({ name, docs, interfaces, worlds }) => ({
      name,
      docs: docs?.contents,
      interfaces: Object.entries(interfaces).map(([each, id]) => [each, this.#interface(id)]),
      worlds: Object.entries(worlds).map(([each, id]) => [each, this.#world(this.#json.worlds[id]!)]),
    }))
  }

  #world(world: JsonWorld): unknown {
    const items = (of: JsonWorld['imports']) => Object.entries(of).map(([key, item]) => this.#item(key, item))
    return { ...documented(world), imports: items(world.imports), exports: items(world.exports) }
  }

  #item(key: string, item: JsonItem): unknown {
    if (item.function) return [key, this.#function(item.function)]
    if (item.type !== undefined) return [key, this.#definition(item.type)]
    const { id, ...rest } = item.interface!
    const { name } = this.#json.interfaces[id]!
    const full = name === null ? this.#interface(id) : this.#interfaceName(id)
    return [/^interface-\d+$/.test(key) ? full : key, full, stabilityOf(rest.stability)]
  }

  #interfaceName(id: number): string {
    const one = this.#json.interfaces[id]!
    const [, own, version = ''] = /^([^@]*)(@.*)?$/.exec(this.#json.packages[one.package]!.name)!
    return `${own}/${one.name}${version}`
  }

  #interface(id: number): unknown {
    const one = this.#json.interfaces[id]!
    return {
      ...documented(one),
      types: Object.entries(one.types).map(([name, type]) => [name, this.#definition(type)]),
      functions: Object.entries(one.functions).map(([name, each]) => [name, this.#function(each)]),
    }
  }

  #function(one: JsonFunction): unknown {
    const result = one.result ?? undefined
    return {
      ...documented(one),
      async: JSON.stringify(one.kind).includes('async'),
      parameters: one.params.map(({ name, type }) => `${name}: ${this.#reference(type)}`),
      result: result === undefined ? undefined : this.#reference(result),
    }
  }

  #definition(id: number): unknown {
    const type = this.#json.types[id]!
    const kind = typeof type.kind === 'string' ? {} : type.kind
    const parts = kind.record?.fields ?? kind.variant?.cases ?? kind.enum?.cases ?? kind.flags?.flags ?? []
    const isAlias = typeof kind.type === 'number'
    return {
      ...documented(type),
      type: isAlias
        ? `= ${this.#name(kind.type as number)}`
        : this.#structure(rootHandle(this.#json, type.kind)),
      parts: parts.filter(({ docs }) => docs).map(({ name, docs }) => [name, docs!.contents]),
    }
  }

  #name(id: number): string {
    const { name, owner } = this.#json.types[id]!
    const home = owner?.interface
    const isNamed = home !== undefined && this.#json.interfaces[home]!.name !== null
    return `${isNamed ? this.#interfaceName(home) : local}.${name}`
  }

  #reference(reference: JsonReference): string {
    if (typeof reference === 'string') return reference
    const type = this.#json.types[reference]!
    if (type.name === null) return this.#structure(type.kind)
    const target = typeof type.kind === 'string' ? undefined : type.kind.type
    if (typeof target !== 'number') return this.#name(reference)
    const isUse = JSON.stringify(this.#json.types[target]!.owner) !== JSON.stringify(type.owner)
    return isUse ? this.#reference(target) : this.#name(reference)
  }

  #structure(kind: JsonType['kind']): string {
    if (typeof kind === 'string') return kind
    const part = (one: JsonReference | null | undefined) => (one == null ? '_' : this.#reference(one))
    const parts = (of: readonly JsonPart[]) =>
      of.map(({ name, type }) => (type == null ? name : `${name}: ${part(type)}`))
    if (kind.type !== undefined) return part(kind.type)
    if (kind.record) return `record{${parts(kind.record.fields)}}`
    if (kind.variant) return `variant{${parts(kind.variant.cases)}}`
    if (kind.enum) return `enum{${parts(kind.enum.cases)}}`
    if (kind.flags) return `flags{${parts(kind.flags.flags)}}`
    if (kind.tuple) return `tuple<${kind.tuple.types.map(part)}>`
    if (kind.option !== undefined) return `option<${part(kind.option)}>`
    if (kind.list !== undefined) return `list<${part(kind.list)}>`
    if (kind['fixed-length-list'])
      return `list<${part(kind['fixed-length-list'][0])},${kind['fixed-length-list'][1]}>`
    if (kind.map) return `map<${part(kind.map[0])},${part(kind.map[1])}>`
    if (kind.result) return `result<${part(kind.result.ok)},${part(kind.result.err)}>`
    if (kind.stream !== undefined) return `stream<${part(kind.stream)}>`
    if (kind.future !== undefined) return `future<${part(kind.future)}>`
    const { own, borrow } = kind.handle!
    return own === undefined ? `borrow<${this.#reference(borrow!)}>` : this.#reference(own)
  }
}

/** What a handle that has a name of its own is a handle of: under the resource's first name. */
function rootHandle({ types }: Json, kind: JsonType['kind']): JsonType['kind'] {
  if (typeof kind === 'string' || kind.handle === undefined) return kind
  const root = (id: number): number => {
    const target = types[id]!.kind
    return typeof target !== 'string' && typeof target.type === 'number' ? root(target.type) : id
  }
  const { own, borrow } = kind.handle
  return { handle: own === undefined ? { borrow: root(borrow!) } : { own: root(own) } }
}

function documented({ docs, stability }: JsonDocumented): object {
  return { docs: docs?.contents, stability: stabilityOf(stability) }
}

function stabilityOf(stability: JsonStability | undefined): unknown {
  if (stability === undefined) return undefined
  if ('stable' in stability) return ['since', stability.stable.since, stability.stable.deprecated]
  return ['unstable', stability.unstable.feature, stability.unstable.deprecated]
}

/** The same of our packages. */
export function structureOf(packages: readonly WitPackage[]): unknown {
  return packages.map(({ name, docs, interfaces, worlds }) => ({
    name: printPackageName(name),
    docs,
    interfaces: Array.from(interfaces, ([each, one]) => [
      each,
      new Ours(packages, one.types.values()).interface(one),
    ]),
    worlds: Array.from(worlds, ([each, world]) => {
      const types = [...world.imports.values()].filter((item) => item.kind === 'type')
      const ours = new Ours(packages, types)
      const items = (of: ReadonlyMap<string, WorldItem>) =>
        Array.from(of, ([key, item]) => ours.item(key, item))
      return [each, { ...ourDocs(world), imports: items(world.imports), exports: items(world.exports) }]
    }),
  }))
}

class Ours {
  readonly #packages: readonly WitPackage[]
  readonly #names = new Map<ValueType | ResourceType, string>()

  constructor(packages: readonly WitPackage[], own: Iterable<TypeDefinition>) {
    this.#packages = packages
    for (const each of own) if (!isUse(each)) this.#learn(each)
    for (const { interfaces } of packages) {
      for (const { types } of interfaces.values())
        for (const each of types.values()) if (!isUse(each)) this.#learn(each)
    }
  }

  #learn(definition: TypeDefinition): void {
    const { type, handles, aliasOf } = definition
    const name = nameOf(definition)
    if (type.kind !== 'resource' || aliasOf === undefined)
      if (!this.#names.has(type)) this.#names.set(type, name)
    if (handles && !this.#names.has(handles.own)) {
      this.#names.set(handles.own, name)
      this.#names.set(handles.borrow, `borrow<${name}>`)
    }
  }

  item(key: string, item: WorldItem): unknown {
    if (item.kind === 'function') return [key, this.function(item)]
    if (item.kind === 'type') return [key, this.definition(item)]
    const { name, package: home, types } = item.interface
    const isNamed = name !== undefined
    const full = isNamed
      ? nameInPackage(home, name)
      : new Ours(this.#packages, types.values()).interface(item.interface)
    return [key, full, ourStability(item.stability)]
  }

  interface(one: WitInterface): unknown {
    return {
      ...ourDocs(one),
      types: Array.from(one.types, ([name, each]) => [name, this.definition(each)]),
      functions: Array.from(one.functions, ([name, each]) => [name, this.function(each)]),
    }
  }

  function(one: WitFunction): unknown {
    const { async, parameters, result }: FunctionType = one.type
    return {
      ...ourDocs(one),
      async,
      parameters: parameters.map(({ name, type }) => `${name}: ${this.#reference(type)}`),
      result: result && this.#reference(result),
    }
  }

  definition(one: TypeDefinition): unknown {
    const { type, aliasOf, partDocs } = one
    const text = type.kind === 'resource' ? 'resource' : this.#structure(type)
    return { ...ourDocs(one), type: aliasOf ? `= ${nameOf(aliasOf)}` : text, parts: [...partDocs] }
  }

  #reference(type: ValueType): string {
    return this.#names.get(type) ?? this.#structure(type)
  }

  #structure(type: ValueType): string {
    const part = (one: ValueType | undefined) => (one === undefined ? '_' : this.#reference(one))
    switch (type.kind) {
      case 'record':
        return `record{${type.fields.map((field) => `${field.name}: ${part(field.type)}`)}}`
      case 'variant':
        return `variant{${type.cases.map((one) => (one.type ? `${one.name}: ${part(one.type)}` : one.name))}}`
      case 'enum':
      case 'flags':
        return `${type.kind}{${type.names}}`
      case 'tuple':
        return `tuple<${type.types.map(part)}>`
      case 'option':
        return `option<${part(type.type)}>`
      case 'list':
        return `list<${part(type.element)}${type.length === undefined ? '' : `,${type.length}`}>`
      case 'map':
        return `map<${part(type.key)},${part(type.value)}>`
      case 'result':
        return `result<${part(type.ok)},${part(type.error)}>`
      case 'stream':
      case 'future':
        return `${type.kind}<${part(type.element)}>`
      case 'own':
        return this.#names.get(type.resource)!
      case 'borrow':
        return `borrow<${this.#names.get(type.resource)!}>`
      default:
        return type.kind
    }
  }
}

function isUse({ aliasOf, owner }: TypeDefinition): boolean {
  return aliasOf !== undefined && aliasOf.owner !== owner
}

function nameOf({ owner, name }: TypeDefinition): string {
  const isNamed = owner.kind === 'interface' && owner.name !== undefined
  return `${isNamed ? nameInPackage(owner.package, owner.name!) : local}.${name}`
}

function ourDocs({
  docs,
  stability,
}: {
  docs: string | undefined
  stability: Stability | undefined
}): object {
  return { docs, stability: ourStability(stability) }
}

function ourStability(stability: Stability | undefined): unknown {
  if (stability === undefined) return undefined
  const value = stability.kind === 'since' ? stability.version : stability.feature
  return [stability.kind, value, stability.deprecated]
}
