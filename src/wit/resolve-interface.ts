import type { Gates } from './gates.ts'
import type { Identifier, InterfaceBody, UsePath, UseSyntax, Annotations } from './syntax.ts'
import type { PackageName, TypeDefinition, WitFunction, WitInterface } from './package.ts'
import type { Problems } from './problems.ts'
import { DefinitionResolver } from './resolve-definitions.ts'
import { FunctionResolver } from './resolve-function.ts'
import type { ResolvedInterface } from './resolved-item.ts'
import { type Name, TypeScope } from './type-scope.ts'
import type { Section } from './package-sources.ts'

/** Finds the interface that a path names; reports what is none. */
export type InterfaceLookup = (path: UsePath) => ResolvedInterface | undefined

/** What is the same for all of a package. */
export interface ResolveContext {
  readonly package: PackageName
  readonly gates: Gates
  readonly problems: Problems
}

/** @param at its name, or where it is written inside of a world: the label */
export function resolveInterface(
  context: ResolveContext,
  { source }: Section,
  syntax: Annotations & {
    readonly body: InterfaceBody
    readonly name: string | undefined
    readonly at: Identifier
  },
  lookUp: InterfaceLookup,
): ResolvedInterface {
  const { gates, problems } = context
  const scope = new TypeScope(source, problems)
  const types = new Map<string, TypeDefinition>()
  const functions = new Map<string, WitFunction>()
  const { docs, name, body, at } = syntax
  const stability = gates.stability(source, syntax.attributes)
  const place = scope.place(at)
  const own = { package: context.package, types, functions, place }
  const model: WitInterface = { kind: 'interface', name, docs, stability, ...own }
  const excluded = !gates.includes(stability, context.package, place)
  const definitions = new DefinitionResolver(scope, model, gates)
  defineTypes(definitions, body, lookUp)
  for (const [each, found] of typesOf(scope.names)) {
    types.set(each, found.definition)
    if (excluded) refuseTypeOfExcluded(definitions, found, place)
  }
  defineFunctions(scope, body, context, functions)
  return { kind: 'interface', model, names: scope.names, place, excluded }
}

/** What a gate leaves out cannot hold what it does not. */
function refuseTypeOfExcluded(
  definitions: DefinitionResolver,
  { definition }: Extract<Name, { kind: 'type' }>,
  place: ResolvedInterface['place'],
): void {
  definitions.refuseExcluded(definition.place.span, { kind: 'excluded', place }, 'interface')
}

export function defineTypes(
  definitions: DefinitionResolver,
  { uses, types }: { readonly uses: readonly UseSyntax[]; readonly types: InterfaceBody['types'] },
  lookUp: InterfaceLookup,
): void {
  for (const use of uses) definitions.use(use, () => lookUp(use.path))
  definitions.define(uses, types)
}

export function* typesOf(
  names: ReadonlyMap<string, Name>,
): Generator<readonly [string, Extract<Name, { kind: 'type' }>]> {
  for (const [name, found] of names) if (found.kind === 'type') yield [name, found]
}

function defineFunctions(
  scope: TypeScope,
  body: InterfaceBody,
  context: ResolveContext,
  into: Map<string, WitFunction>,
): void {
  const resolver = new FunctionResolver(scope, context.package, context.gates)
  for (const syntax of body.functions) {
    if (syntax.kind === 'resource') {
      for (const member of resolver.functionsOf(syntax)) into.set(member.name, member)
      continue
    }
    scope.define(syntax.name, { kind: 'function', place: scope.place(syntax.name) })
    const made = resolver.function(syntax)
    if (made !== undefined) into.set(made.name, made)
  }
}
