import type { InlineExport, InstanceExpr, InstantiateArg } from '../component/component.ts'
import type { ExternType, InstanceType } from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import { checkExternName } from './extern-names.ts'
import { freshResources, typeOfItem } from './imports-exports.ts'
import type { Exports } from './origin.ts'
import { ExternList, type Scope } from './scope.ts'
import { Matching } from './subtyping.ts'

/** `instance` (Binary.md, "Instance Definitions") */
export function checkInstance(scope: Scope, expr: InstanceExpr): InstanceType {
  return scope.store.checkSize(
    expr.kind === 'instantiate' ? instantiate(scope, expr) : inlineInstance(scope, expr.exports),
  )
}

type Instantiate = Extract<InstanceExpr, { kind: 'instantiate' }>

/**
 * The arguments take the place of the imports in the types of the exports, and the component's own resource types become
 * fresh ones that belong to this component (Explainer.md, "Type Checking").
 */
function instantiate(scope: Scope, expr: Instantiate): InstanceType {
  const { spaces, store } = scope
  const component = spaces.components.get(expr.component)
  const args = typesOfArguments(scope, expr.args)
  const { imported, defined } = store.bound(component)
  const matching = new Matching(store, imported)
  for (const [name, type] of component.imports) {
    const arg = args.get(name)
    if (!arg) scope.refuse(`missing import named \`${name}\``)
    const mismatch = matching.extern(arg, type)
    if (mismatch !== undefined) scope.refuse(`type mismatch for import \`${name}\`: ${mismatch}`)
  }
  const { substitution } = matching
  freshResources(scope, defined, substitution, (resource) => scope.definedResources.set(resource, undefined))
  const { exportAttributes: attributes } = component
  const exports = new Map<string, ExternType>()
  store.work(component.exports.size)
  for (const [name, type] of component.exports) {
    exports.set(name, type.kind === 'instance' ? substitution.instanceLater(type) : substitution.extern(type))
  }
  return {
    kind: 'instance',
    exports,
    ...(attributes && { attributes }),
  }
}

function typesOfArguments(scope: Scope, args: readonly InstantiateArg[]): ReadonlyMap<string, ExternType> {
  if (args.length > limits.instantiationArguments) {
    scope.reporter.exceeds('the count of instantiation arguments', limits.instantiationArguments)
  }
  const types = new Map<string, ExternType>()
  for (const { name, item } of args) {
    const type = typeOfItem(scope, item)
    if (types.has(name)) {
      scope.refuse(`instantiation argument \`${name}\` conflicts with previous argument \`${name}\``)
    }
    types.set(name, type)
  }
  return types
}

/**
 * An instance put together from what is there. It makes no index space of its own, so that no resource has a name in it that
 * `[method]r.f` could refer to.
 */
function inlineInstance(scope: Scope, items: readonly InlineExport[]): InstanceType {
  if (items.length > limits.instantiationExports) {
    scope.reporter.exceeds('the count of inline exports', limits.instantiationExports)
  }
  const side = new ExternList('export')
  for (const { name, item } of items) {
    const type = typeOfItem(scope, item)
    checkExternName(side, name, type, scope.refuse)
    side.add(name, type)
  }
  const { types: exports, attributes } = side
  const type: InstanceType = { kind: 'instance', exports, ...(attributes && { attributes }) }
  scope.store.origin(type).sources = sourcesOf(scope, items)
  return type
}

/** Mostly one or two. */
const manySources = 8

/** What aliases took all of the items from; undefined where one of them has another origin. */
function sourcesOf({ spaces }: Scope, items: readonly InlineExport[]): readonly Exports[] | undefined {
  const sources: Exports[] = []
  for (const { item } of items) {
    const space = item.sort === 'func' ? spaces.funcs : item.sort === 'type' ? spaces.types : undefined
    const source = space?.sourceOf(item.index)
    if (source === undefined) return undefined
    if (sources.includes(source)) continue
    if (sources.length === manySources) return undefined
    sources.push(source)
  }
  return sources
}
