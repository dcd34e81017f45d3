import type {
  Declaration,
  ExternName,
  ExternTypeSyntax,
  FunctionTypeSyntax,
  NameAttribute,
  TypeSyntax,
  ValueTypeReference,
  ValueTypeSyntax,
} from '../component/component.ts'
import type { FunctionType } from '../component/extern-type.ts'
import type { TypeIndex } from '../component/indices.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { fieldSyntax, type TypeReferences, valueTypeSyntax } from '../component/value-type-syntax.ts'
import { externalIdAttributes } from './extern-attributes.ts'
import type { TypeDefinition } from './package.ts'

/** Brings a type of another interface into a scope: the index that it has there. */
export type Borrowing = (definition: TypeDefinition) => TypeIndex

/**
 * The declarations of one instance type or component type, with the types that were declared. What has a name is declared
 * under it; what has none is declared where it is first met, and once.
 */
export class TypeDeclarations {
  readonly list: Declaration[] = []
  #types = 0
  /** By the type objects of definitions. */
  readonly #named = new Map<ValueType, TypeIndex>()
  /** By resource, and by the handles of each of its names. */
  readonly #resources = new Map<ResourceType | ValueType, TypeIndex>()
  readonly #anonymous = new Map<string, TypeIndex>()
  readonly #used = new Map<TypeDefinition, TypeIndex>()
  readonly #references: TypeReferences = {
    value: (type) => this.#value(type),
    resource: (handle) => (this.#resources.get(handle) ?? this.#resources.get(handle.resource))!,
  }

  /** @param direction of its name: components import the types of worlds */
  define(definition: TypeDefinition, direction: 'import' | 'export', borrow: Borrowing): void {
    const { name, type, handles, externalId } = definition
    const isFresh = type.kind === 'resource' && definition.aliasOf === undefined
    const bound = isFresh
      ? ({ kind: 'sub-resource' } as const)
      : ({ kind: 'eq', index: this.#body(definition, borrow) } as const)
    const index = this.#newType()
    this.extern(direction, name, { kind: 'type', bound }, externalIdAttributes(externalId))
    if (type.kind !== 'resource') {
      this.#named.set(type, index)
      return
    }
    if (!this.#resources.has(type)) this.#resources.set(type, index)
    this.#resources.set(handles!.own, index)
    this.#resources.set(handles!.borrow, index)
  }

  #body(definition: TypeDefinition, borrow: Borrowing): TypeIndex {
    const { type, aliasOf, owner } = definition
    if (aliasOf !== undefined && aliasOf.owner !== owner) return this.#use(aliasOf, borrow)
    if (aliasOf !== undefined) {
      const { handles } = aliasOf
      return handles ? this.#resources.get(handles.own)! : this.#named.get(aliasOf.type as ValueType)!
    }
    return this.type({ kind: 'value', type: this.#structure(type as ValueType) })
  }

  #use(definition: TypeDefinition, borrow: Borrowing): TypeIndex {
    const known = this.#used.get(definition)
    if (known !== undefined) return known
    const index = borrow(definition)
    this.#used.set(definition, index)
    return index
  }

  function(type: FunctionType): TypeIndex {
    const syntax: FunctionTypeSyntax = {
      kind: 'function',
      async: type.async,
      parameters: fieldSyntax(type.parameters, this.#references),
      result: type.result && this.#value(type.result),
    }
    return this.#once(syntax, syntax)
  }

  type(type: TypeSyntax): TypeIndex {
    this.list.push({ kind: 'type', type, offset: 0 })
    return this.#newType()
  }

  alias(target: Extract<Declaration, { kind: 'alias' }>['target']): TypeIndex {
    this.list.push({ kind: 'alias', sort: 'type', target, offset: 0 })
    return this.#newType()
  }

  extern(
    direction: 'import' | 'export',
    name: string,
    type: ExternTypeSyntax,
    attributes: readonly NameAttribute[] = [],
  ): void {
    this.list.push({ kind: direction, name: externName(name, attributes), type, offset: 0 })
  }

  #newType(): TypeIndex {
    return this.#types++ as TypeIndex
  }

  #once(syntax: object, type: TypeSyntax): TypeIndex {
    const key = JSON.stringify(syntax)
    const known = this.#anonymous.get(key)
    if (known !== undefined) return known
    const index = this.type(type)
    this.#anonymous.set(key, index)
    return index
  }

  #value(type: ValueType): ValueTypeReference {
    const named = this.#named.get(type)
    if (named !== undefined) return named
    const syntax = this.#structure(type)
    return syntax.kind === 'primitive' ? syntax.type : this.#once(syntax, { kind: 'value', type: syntax })
  }

  #structure(type: ValueType): ValueTypeSyntax {
    return valueTypeSyntax(type, this.#references)
  }
}

export function externName(name: string, attributes: readonly NameAttribute[] = []): ExternName {
  return { name, prefix: attributes.length > 0 ? 2 : 0, attributes }
}
