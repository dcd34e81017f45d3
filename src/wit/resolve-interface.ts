import type { FunctionType } from '../component/extern-type.ts'
import { refuseCaseClashes } from './case-clashes.ts'
import { type Excluded, excludedBy } from './excluded.ts'
import type { Gates } from './gates.ts'
import type {
  Annotations,
  FunctionTypeSyntax,
  Identifier,
  InterfaceBody,
  UsePath,
  UseSyntax,
} from './syntax.ts'
import type { PackageName, TypeDefinition, WitFunction, WitInterface } from './package.ts'
import type { Problems } from './problems.ts'
import type { References } from './references.ts'
import { DefinitionResolver } from './resolve-definitions.ts'
import { namedSignature } from './parse-function.ts'
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
  /** WAC: the function types around interfaces and worlds. */
  readonly functionTypes?: ReadonlyMap<string, FunctionType>
  /** Where it is wanted which names refer to what. */
  readonly references?: References | undefined
}

/** WAC: `type b = a` is a function type where `a`, which stands before it, is one. */
export function withFunctionTypes<T extends Pick<InterfaceBody, 'types' | 'functionTypes'>>(body: T): T {
  if (body.functionTypes.length === 0) return body
  const names = new Set(body.functionTypes.map(({ name }) => name.name))
  const types: T['types'][number][] = []
  const functionTypes = [...body.functionTypes]
  for (const each of body.types) {
    if (each.kind === 'alias' && each.type.kind === 'name' && names.has(each.type.name)) {
      names.add(each.name.name)
      functionTypes.push({ ...each, kind: 'function-type', signature: namedSignature(each.type) })
    } else types.push(each)
  }
  return { ...body, types, functionTypes }
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
  const scope = new TypeScope(source, problems, context.references)
  const types = new Map<string, TypeDefinition>()
  const functions = new Map<string, WitFunction>()
  const { docs, name, at } = syntax
  const body = withFunctionTypes(syntax.body)
  const stability = gates.stability(source, syntax.attributes)
  const place = scope.place(at)
  const own = { package: context.package, types, functions, place }
  const model: WitInterface = { kind: 'interface', name, docs, stability, ...own }
  const excluded = !gates.includes(stability, context.package, place)
  context.references?.addScope(place, scope.names)
  const definitions = new DefinitionResolver(scope, model, gates)
  defineTypes(definitions, body, lookUp)
  for (const [each, found] of typesOf(scope.names)) {
    types.set(each, found.definition)
    if (excluded) refuseTypeOfExcluded(definitions, found, excludedBy(stability, place))
  }
  defineFunctions(scope, body, context, functions)
  refuseCaseClashes(scope)
  return { kind: 'interface', model, names: scope.names, place, excluded }
}

/** What a gate leaves out cannot hold what it does not. */
function refuseTypeOfExcluded(
  definitions: DefinitionResolver,
  { definition }: Extract<Name, { kind: 'type' }>,
  excluded: Excluded,
): void {
  definitions.refuseExcluded((definition.place ?? excluded.place).span, excluded, 'an interface')
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

export function defineFunctionTypes(
  scope: TypeScope,
  resolver: FunctionResolver,
  types: readonly FunctionTypeSyntax[],
): void {
  for (const syntax of types) {
    const { name } = syntax
    const place = scope.place(name)
    const type = resolver.function(syntax)?.type
    scope.define(name, type ? { kind: 'function-type', type, place } : { kind: 'broken', place })
  }
}

function defineFunctions(
  scope: TypeScope,
  body: InterfaceBody,
  context: ResolveContext,
  into: Map<string, WitFunction>,
): void {
  const resolver = new FunctionResolver(scope, context.package, context.gates)
  defineFunctionTypes(scope, resolver, body.functionTypes)
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
