import type { ResourceType, ValueType } from '../component/value-type.ts'
import type { Span } from '../diagnostics/span.ts'
import { type Excluded, excludedBy, excludedDetails, excludedReference } from './excluded.ts'
import type { Gates } from './gates.ts'
import type { Stability, TypeDefinition, WitInterface, WitWorld } from './package.ts'
import { TypeResolver } from './resolve-type.ts'
import { handlesOf } from './resource-handles.ts'
import type { ResolvedInterface } from './resolved-item.ts'
import type { CaseSyntax, Identifier, TypeDefinitionSyntax, UseSyntax } from './syntax.ts'
import { type Edge, topologicalOrder } from './topological-order.ts'
import { referencesOf } from './type-references.ts'
import type { Name, TypeScope } from './type-scope.ts'

/** Defines the types of one interface or world: first what it uses, then its own, each behind those that it needs. */
export class DefinitionResolver {
  readonly #scope: TypeScope
  readonly #owner: WitInterface | WitWorld
  readonly #gates: Gates
  readonly #types: TypeResolver

  constructor(scope: TypeScope, owner: WitInterface | WitWorld, gates: Gates) {
    this.#scope = scope
    this.#owner = owner
    this.#gates = gates
    this.#types = new TypeResolver(scope)
  }

  /** @param lookUp what is used; undefined where it was reported that there is no such interface */
  use(syntax: UseSyntax, lookUp: () => ResolvedInterface | undefined): void {
    const { source } = this.#scope
    const stability = this.#gates.stability(source, syntax.attributes)
    const externalId = this.#gates.externalId(source, syntax.attributes)
    const isExcluded = stability?.kind === 'unstable' && !this.#included(stability, syntax.path.name)
    const from = isExcluded ? undefined : lookUp()
    for (const { name, as } of syntax.names) {
      const local = as ?? name
      const place = this.#scope.place(name)
      if (isExcluded || !this.#included(stability, name)) {
        this.#scope.define(local, { kind: 'excluded', ...excludedBy(stability, place) })
        continue
      }
      const found = this.#used(name, from)
      if (found !== undefined) {
        this.#scope.references?.add(place, found.place)
        if (as !== undefined) this.#scope.references?.add(this.#scope.place(as), found.place, true)
      }
      if (found?.kind === 'excluded') this.#refuseExcluded(name, local, found)
      else if (found === undefined) this.#scope.define(local, { kind: 'broken', place })
      else {
        const { type, handles } = found.definition
        const aliasOf = found.definition
        const definition = this.#definition(local, { type, handles, aliasOf, stability, externalId, place })
        this.#scope.define(local, { ...found, definition, place: this.#scope.place(local) })
      }
    }
  }

  #included(stability: Stability | undefined, span: Span): boolean {
    return (
      stability === undefined || this.#gates.includes(stability, this.#owner.package, this.#scope.place(span))
    )
  }

  #used(
    name: Identifier,
    from: ResolvedInterface | undefined,
  ): Extract<Name, { kind: 'type' | 'excluded' }> | undefined {
    if (from === undefined) return undefined
    if (from.excluded) return { kind: 'excluded', ...excludedBy(from.model.stability, from.place) }
    const found = from.names.get(name.name)
    if (found?.kind === 'type' || found?.kind === 'excluded') return found
    const from_ = { ...from.place, text: 'in this interface' }
    if (found?.kind === 'function')
      this.#scope.report(name, `cannot import function \`${name.name}\``, {
        related: [{ ...found.place, text: 'a function' }],
        notes: ['only types can be used: import the interface to call its functions'],
      })
    else if (found === undefined) {
      const types = [...from.names].filter(([, { kind }]) => kind === 'type').map(([each]) => each)
      const notes = this.#scope.didYouMean(name.name, types)
      this.#scope.report(name, `type \`${name.name}\` does not exist`, { related: [from_], notes })
    }
    return undefined
  }

  #refuseExcluded(name: Identifier, local: Identifier, found: Excluded): void {
    this.refuseExcluded(name, found)
    this.#scope.define(local, { kind: 'broken', place: this.#scope.place(name) })
  }

  refuseExcluded(span: Span, found: Excluded, what = 'a type'): void {
    this.#scope.report(span, excludedReference(what), excludedDetails(found))
  }

  define(uses: readonly UseSyntax[], definitions: readonly TypeDefinitionSyntax[]): void {
    const own = this.#distinct(definitions)
    this.#scope.declared = own
    for (const definition of this.#inOrder(uses, own)) this.#define(definition)
  }

  /** Without those whose name is taken. */
  #distinct(definitions: readonly TypeDefinitionSyntax[]): Map<string, TypeDefinitionSyntax> {
    const own = new Map<string, TypeDefinitionSyntax>()
    for (const definition of definitions) {
      const { name } = definition
      const other = own.get(name.name)
      if (other !== undefined) {
        this.#scope.report(name, `name \`${name.name}\` is defined more than once`, {
          related: [{ ...this.#scope.place(other.name), text: 'first defined here' }],
        })
      } else own.set(name.name, definition)
    }
    return own
  }

  #inOrder(
    uses: readonly UseSyntax[],
    own: ReadonlyMap<string, TypeDefinitionSyntax>,
  ): Iterable<TypeDefinitionSyntax> {
    if (this.#standInOrder(own)) return own.values()
    const { order, cycles } = topologicalOrder(this.#graph(uses, own))
    for (const { edge, names } of cycles) this.#refuseCycle(edge, names, own)
    const left = new Set(own.keys())
    const sorted = order.flatMap((name) => own.get(name) ?? [])
    for (const { name } of sorted) left.delete(name.name)
    for (const name of left) {
      const identifier = own.get(name)!.name
      if (!this.#scope.names.has(name))
        this.#scope.define(identifier, { kind: 'broken', place: this.#scope.place(identifier) })
    }
    return sorted
  }

  #standInOrder(own: ReadonlyMap<string, TypeDefinitionSyntax>): boolean {
    const { names } = this.#scope
    const seen = new Set<string>()
    let inOrder = true
    for (const definition of own.values()) {
      const { start, name } = definition.name
      referencesOf(definition, (to) => {
        if (own.has(to) ? !seen.has(to) : (names.get(to)?.place.span.start ?? 0) > start) inOrder = false
      })
      seen.add(name)
    }
    return inOrder
  }

  #graph(
    uses: readonly UseSyntax[],
    own: ReadonlyMap<string, TypeDefinitionSyntax>,
  ): Map<string, Edge<Span>[]> {
    const used = uses.flatMap(({ names }) => names.map(({ name, as }) => as ?? name))
    const all = [...used, ...Array.from(own.values(), ({ name }) => name)].sort((a, b) => a.start - b.start)
    const graph = new Map<string, Edge<Span>[]>(all.map(({ name }) => [name, []]))
    for (const definition of own.values()) {
      referencesOf(definition, (to, from) => graph.get(definition.name.name)!.push({ to, from }))
    }
    return graph
  }

  #refuseCycle(
    edge: Edge<Span>,
    names: readonly string[],
    own: ReadonlyMap<string, TypeDefinitionSyntax>,
  ): void {
    const around = names.slice(0, 5).flatMap((name) => own.get(name) ?? [])
    this.#scope.report(edge.from, `type \`${edge.to}\` depends on itself`, {
      related: around.map(({ name }) => ({ ...this.#scope.place(name), text: 'part of the cycle' })),
      notes: ['a type cannot contain itself: a resource can stand in for it'],
    })
  }

  #define(syntax: TypeDefinitionSyntax): void {
    const { name } = syntax
    const place = this.#scope.place(name)
    const stability = this.#gates.stability(this.#scope.source, syntax.attributes)
    const externalId = this.#gates.externalId(this.#scope.source, syntax.attributes)
    const included = this.#included(stability, name)
    this.#types.begin()
    const { type, handles, aliasOf } = this.#typeOf(syntax, included)
    const { depth, borrows, excluded } = this.#types
    if (!included) {
      this.#scope.define(name, { kind: 'excluded', ...excludedBy(stability, place) })
      return
    }
    if (excluded !== undefined && syntax.kind !== 'record') this.refuseExcluded(name, excluded)
    const partDocs = partDocsOf(syntax)
    const { docs } = syntax
    const definition = this.#definition(name, {
      type,
      handles,
      aliasOf,
      stability,
      externalId,
      place,
      docs,
      partDocs,
    })
    this.#scope.define(name, { kind: 'type', definition, place, depth, borrows })
  }

  #definition(
    { name }: Identifier,
    rest: Pick<TypeDefinition, 'type' | 'handles' | 'aliasOf' | 'externalId' | 'place'> & {
      readonly stability: Stability | undefined
      readonly docs?: string | undefined
      readonly partDocs?: ReadonlyMap<string, string>
    },
  ): TypeDefinition {
    return { kind: 'type', name, owner: this.#owner, docs: undefined, partDocs: noDocs, ...rest }
  }

  #typeOf(
    syntax: TypeDefinitionSyntax,
    included: boolean,
  ): Pick<TypeDefinition, 'type' | 'handles' | 'aliasOf'> {
    if (syntax.kind === 'resource') {
      const type: ResourceType = { kind: 'resource', name: syntax.name.name }
      return { type, handles: handlesOf(type), aliasOf: undefined }
    }
    if (syntax.kind !== 'alias') return { type: this.#composite(syntax, included), ...plain }
    if (syntax.type.kind !== 'name') return { type: { ...this.#types.type(syntax.type, 0) }, ...plain }
    const aliased = this.#types.lookUp(syntax.type.name, syntax.type)
    if (aliased === undefined) return { type: { kind: 'bool' }, ...plain }
    this.#types.depth = aliased.depth
    this.#types.borrows = aliased.borrows
    const { definition } = aliased
    if (definition.type.kind !== 'resource')
      return { type: { ...definition.type }, handles: undefined, aliasOf: definition }
    return { type: definition.type, handles: handlesOf(definition.type), aliasOf: definition }
  }

  #composite(
    syntax: Exclude<TypeDefinitionSyntax, { kind: 'resource' | 'alias' }>,
    included: boolean,
  ): ValueType {
    switch (syntax.kind) {
      case 'record':
        this.#checkLabels(syntax.fields, 'field')
        return { kind: 'record', fields: syntax.fields.map((field) => this.#field(field, included)) }
      case 'variant':
        this.#checkLabels(syntax.cases, 'case')
        if (syntax.cases.length === 0)
          this.#scope.report(syntax.name, 'empty variant', { notes: ['a variant has at least one case'] })
        return {
          kind: 'variant',
          cases: syntax.cases.map(({ name, type }) => ({
            name: name.name,
            type: this.#types.optional(type, 1),
          })),
        }
      case 'enum':
        if (syntax.cases.length === 0)
          this.#scope.report(syntax.name, 'empty enum', { notes: ['an enum has at least one case'] })
        break
      case 'flags':
        if (syntax.cases.length > mostFlags) this.#refuseFlags(syntax)
    }
    this.#checkLabels(syntax.cases, syntax.kind === 'enum' ? 'case' : 'flag')
    return { kind: syntax.kind, names: syntax.cases.map(({ name }) => name.name) }
  }

  #refuseFlags({ name, cases }: { readonly name: Identifier; readonly cases: readonly CaseSyntax[] }): void {
    this.#scope.report(name, `cannot have more than ${mostFlags} flags: there are ${cases.length}`, {
      related: [{ ...this.#scope.place(cases[mostFlags]!.name), text: 'one too many' }],
      notes: ['a second type can have the rest'],
    })
  }

  #field(syntax: Parameters<TypeResolver['field']>[0], included: boolean): ReturnType<TypeResolver['field']> {
    const field = this.#types.field(syntax, 1)
    const { excluded } = this.#types
    if (excluded !== undefined && included) this.refuseExcluded(syntax.name, excluded)
    this.#types.excluded = undefined
    return field
  }

  /** Explainer.md, "Name Uniqueness": upper and lower case are one. */
  #checkLabels(parts: readonly { readonly name: Identifier }[], what: string): void {
    const seen = new Map<string, Identifier>()
    for (const { name } of parts) {
      const key = name.name.toLowerCase()
      const other = seen.get(key)
      if (other === undefined) seen.set(key, name)
      else
        this.#scope.report(name, `${what} \`${name.name}\` is defined more than once`, {
          related: [{ ...this.#scope.place(other), text: 'first defined here' }],
        })
    }
  }
}

/** Explainer.md, "Type Definitions". */
const mostFlags = 32

const noDocs: ReadonlyMap<string, string> = new Map()
const plain = { handles: undefined, aliasOf: undefined }

function partDocsOf(syntax: TypeDefinitionSyntax): ReadonlyMap<string, string> {
  let parts: readonly Pick<CaseSyntax, 'name' | 'docs'>[] = []
  if (syntax.kind === 'record') parts = syntax.fields
  else if (syntax.kind !== 'alias' && syntax.kind !== 'resource') parts = syntax.cases
  if (!parts.some(({ docs }) => docs !== undefined)) return noDocs
  return new Map(parts.flatMap(({ name, docs }) => (docs === undefined ? [] : [[name.name, docs]])))
}
