/** One interface of a world, or the world itself: what is declared together, and what its names are. */
import type { ResourceType, ValueType } from '../../component/value-type.ts'
import { type ExternNameParts, parseExternName } from '../../component/names.ts'
import { assignShortNames, shortNamesOf } from '../../runtime/names.ts'
import type { TypeDefinition, WitFunction, WitInterface, WitWorld, WorldItem } from '../../wit/package.ts'
import type { Role } from './function.ts'
import { claim, typeNames } from './identifiers.ts'
import type { Room } from './room.ts'
import type { Position, TypeNames } from './value-type.ts'

export type InterfaceItem = Extract<WorldItem, { kind: 'interface' }>

export type Direction = 'import' | 'export'

/** A name that one scope has from another. */
export interface Used {
  readonly scope: Scope
  readonly foreign: string
  readonly local: string
}

/** Where the definitions of an interface or a world are, as seen by one that uses them. */
export type FindScope = (owner: WitInterface | WitWorld) => Scope | undefined

export class Scope implements TypeNames {
  /** The extern name under which the world has it; undefined for the world's own scope. */
  readonly key: string | undefined
  readonly direction: Direction
  readonly role: Role
  readonly types: readonly TypeDefinition[]
  readonly functions: readonly WitFunction[]
  /** Every identifier that is declared in it. */
  readonly taken = new Set<string>()
  /** Names declared around it, which can hide globals as well. */
  outer: ReadonlySet<string> = new Set()
  #streamable: string | undefined
  #resourceMembers: ReadonlyMap<string, readonly ResourceMember[]> | undefined
  readonly #room: Room
  readonly #texts: Readonly<Record<Position, Map<ValueType, string>>> = {
    passed: new Map(),
    received: new Map(),
    either: new Map(),
  }
  readonly #visible: readonly TypeDefinition[]
  readonly #names = new Map<TypeDefinition, string>()
  readonly #byType = new Map<ValueType | ResourceType, string>()

  /** @param visible what it imports or exports of its types; a world only imports them */
  constructor(
    key: string | undefined,
    direction: Direction,
    role: Role,
    types: readonly TypeDefinition[],
    functions: readonly WitFunction[],
    room: Room,
    visible: readonly TypeDefinition[] = types,
  ) {
    this.#room = room
    this.key = key
    this.direction = direction
    this.role = role
    this.types = types
    this.functions = functions
    this.#visible = visible
    const names = typeNames(types.map(({ name }) => name))
    for (const [i, definition] of types.entries()) this.#define(definition, names[i]!)
  }

  #define(definition: TypeDefinition, name: string): void {
    const { type, handles } = definition
    this.taken.add(name)
    this.#names.set(definition, name)
    if (!this.#byType.has(type)) this.#byType.set(type, name)
    if (handles === undefined) return
    this.#byType.set(handles.own, name)
    this.#byType.set(handles.borrow, name)
  }

  /** The identifier of one of its definitions. */
  identifier(definition: TypeDefinition): string {
    return this.#names.get(definition)!
  }

  nameOf(type: ValueType | ResourceType): string | undefined {
    return this.#byType.get(type)
  }

  global(name: string): string {
    return this.taken.has(name) || this.outer.has(name) ? `globalThis.${name}` : name
  }

  streamable(): string {
    this.#streamable ??= this.claim('Streamable')
    return this.#streamable
  }

  /** The name that was asked for, if it was. */
  get streamableName(): string | undefined {
    return this.#streamable
  }

  /** Types share their parts, and a text does not: it can be far longer than the type is large. */
  remember(type: ValueType, position: Position, print: () => string): string {
    const texts = this.#texts[position]
    const text = texts.get(type) ?? print()
    texts.set(type, text)
    return this.charged(text)
  }

  /** @throws {TenonError} code `limit`, where the world has become too long */
  charged(text: string): string {
    this.#room.charge(text.length)
    return text
  }

  claim(name: string): string {
    return claim(name, this.taken)
  }

  /** Whether a definition is among its own. */
  has(definition: TypeDefinition): boolean {
    return this.#names.has(definition)
  }

  /** Constructors, methods and statics of a resource, which are functions of the scope. */
  membersOf(resource: string): readonly ResourceMember[] {
    this.#resourceMembers ??= Map.groupBy(
      this.functions.flatMap(resourceMember),
      ({ parts }) => parts.resource,
    )
    return this.#resourceMembers.get(resource) ?? []
  }

  /** What it has from others: those of its definitions that are another scope's. */
  uses(find: FindScope): readonly (Used & { readonly definition: TypeDefinition })[] {
    return this.types.flatMap((definition) => {
      const { aliasOf } = definition
      if (aliasOf === undefined || this.has(aliasOf)) return []
      const scope = find(aliasOf.owner)
      if (!scope?.has(aliasOf)) return []
      const foreign = scope.identifier(aliasOf)
      return [{ definition, scope, foreign, local: this.identifier(definition) }]
    })
  }

  /**
   * Its functions and classes, and those instances, as they are at run time: each with its names there, the exact one first.
   *
   * @param instances by extern name, with the types of what is behind them; undefined where that is nothing
   */
  members(instances: ReadonlyMap<string, string | undefined> = new Map()): readonly Member[] {
    const members = new Map<string, MemberKind>()
    const wanted = new Map<string, readonly string[]>()
    for (const [name, type] of instances) {
      wanted.set(name, shortNamesOf(name, 'instance'))
      if (type !== undefined) members.set(name, { kind: 'instance', type })
    }
    for (const definition of this.#visible) {
      const { name, type, aliasOf } = definition
      const isClass = type.kind === 'resource' && (this.direction === 'export' || aliasOf === undefined)
      if (isClass) members.set(name, { kind: 'class', definition })
      // What is imported under a name takes the name, also where nothing has to be given for it.
      if (isClass || this.direction === 'import')
        wanted.set(name, shortNamesOf(name, isClass ? 'resource' : 'type'))
    }
    for (const fn of this.functions) {
      const isMember = fn.name.startsWith('[')
      if (!isMember) members.set(fn.name, { kind: 'function', function: fn })
      if (!isMember || this.direction === 'import') wanted.set(fn.name, shortNamesOf(fn.name, 'function'))
    }
    const { short } = assignShortNames(wanted)
    return Array.from(members, ([name, member]) => ({ ...member, keys: [name, ...(short.get(name) ?? [])] }))
  }
}

/** A function that is a part of a class. */
export interface ResourceMember {
  readonly function: WitFunction
  readonly parts: Extract<ExternNameParts, { readonly resource: string }>
}

function resourceMember(fn: WitFunction): readonly ResourceMember[] {
  const parts = parseExternName(fn.name)
  return 'resource' in parts ? [{ function: fn, parts }] : []
}

type MemberKind =
  | { readonly kind: 'function'; readonly function: WitFunction }
  | { readonly kind: 'class'; readonly definition: TypeDefinition }
  | { readonly kind: 'instance'; readonly type: string }

export type Member = MemberKind & { readonly keys: readonly string[] }
