import type { ExternName, ExternTypeSyntax, SortIndex } from '../component/component.ts'
import type { ExternType, InstanceType } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import type { ResourceType } from '../component/value-type.ts'
import { checkExternName } from './extern-names.ts'
import { type Exports, Origin } from './origin.ts'
import type { Scope } from './scope.ts'
import { SubstitutedExports } from './substituted-exports.ts'
import { Substitution } from './substitution.ts'
import { Matching } from './subtyping.ts'
import { refuseValues } from './values.ts'
import { checkVisibility } from './visibility.ts'

/** An import definition, or an import declaration of a component type. */
export function checkImport(scope: Scope, name: ExternName, syntax: ExternTypeSyntax): void {
  addExtern(scope, 'import', name, bringIn(scope, 'import', declaredType(scope, name, syntax)))
}

/** An export declaration of a component or instance type. */
export function checkExportDeclaration(scope: Scope, name: ExternName, syntax: ExternTypeSyntax): void {
  addExtern(scope, 'export', name, bringIn(scope, 'export', declaredType(scope, name, syntax)))
}

/** An export definition: the type of the item, or the wider one that is ascribed to it. */
export function checkExport(
  scope: Scope,
  name: ExternName,
  item: SortIndex,
  syntax: ExternTypeSyntax | undefined,
): void {
  const type = typeOfItem(scope, item)
  const exported = syntax ? ascribe(scope, name, type, syntax) : exportedType(scope, name, type)
  addExtern(scope, 'export', name, exported)
}

function exportedType(scope: Scope, name: ExternName, type: ExternType): ExternType {
  if (type.kind !== 'type') return type
  return { kind: 'type', bound: 'eq', type: scope.store.named(type.type, name.name) }
}

/** What is ascribed hides the rest: its open resource types are other ones from here on. */
function ascribe(scope: Scope, name: ExternName, type: ExternType, syntax: ExternTypeSyntax): ExternType {
  const ascribed = declaredType(scope, name, syntax)
  const mismatch = new Matching(scope.store, openResources(scope, ascribed)).extern(type, ascribed)
  if (mismatch !== undefined) {
    scope.refuse(`ascribed type of export is not compatible with item's type: \`${name.name}\`: ${mismatch}`)
  }
  return bringIn(scope, 'export', ascribed)
}

function openResources({ store }: Scope, type: ExternType): ReadonlySet<ResourceType> {
  if (type.kind === 'instance') return store.bound(type).defined
  const isFresh = type.kind === 'type' && type.bound === 'sub' && type.type.kind === 'resource'
  return new Set(isFresh ? [type.type as ResourceType] : [])
}

/** Adds an item to both its index space and its side. */
function addExtern(scope: Scope, kind: 'import' | 'export', name: ExternName, type: ExternType): void {
  const list = scope.side(kind)
  checkVisibility(scope, list, name.name, type)
  checkExternName(list, name, type, scope.refuse)
  list.add(name, type)
  addToSpace(scope, type)
}

/** @param source what it was taken from, where anybody may ask for that */
export function addToSpace({ spaces, refuse }: Scope, type: ExternType, source?: Exports): void {
  switch (type.kind) {
    case 'function':
      spaces.funcs.add(type, source)
      break
    case 'instance':
      spaces.instances.add(type)
      break
    case 'component':
      spaces.components.add(type)
      break
    case 'core-module':
      spaces.coreModules.add(type)
      break
    case 'type':
      spaces.types.add(type.type, source)
      break
    case 'value':
      refuseValues(refuse)
      break
  }
}

/** `externtype`, each index looked up (Binary.md, "Type Definitions"). */
function declaredType(scope: Scope, name: ExternName, syntax: ExternTypeSyntax): ExternType {
  const { spaces, store, refuse } = scope
  switch (syntax.kind) {
    case 'core-module': {
      const type = spaces.coreTypes.get(syntax.type)
      return type.kind === 'core-module'
        ? type
        : refuse(`core type index ${syntax.type} is not a module type`)
    }
    case 'function':
    case 'component':
    case 'instance': {
      const type = spaces.types.get(syntax.type)
      if (type.kind === syntax.kind) return type
      return refuse(
        `type index ${syntax.type} is not ${syntax.kind === 'instance' ? 'an' : 'a'} ${syntax.kind} type`,
      )
    }
    case 'type':
      if (syntax.bound.kind === 'sub-resource') {
        return { kind: 'type', bound: 'sub', type: { kind: 'resource', name: name.name } }
      }
      return { kind: 'type', bound: 'eq', type: store.named(spaces.types.get(syntax.bound.index), name.name) }
    case 'value':
      return refuseValues(refuse)
  }
}

/**
 * An imported or exported thing is there, where its declared type only says what it would be: the resource types that
 * the type leaves open become fresh ones of this scope (Explainer.md, "Type Checking").
 */
function bringIn(scope: Scope, kind: 'import' | 'export', type: ExternType): ExternType {
  if (type.kind === 'instance') return openInstance(scope, kind, type)
  if (type.kind === 'type' && type.bound === 'sub') own(scope, kind, type.type)
  return type
}

function openInstance(scope: Scope, kind: 'import' | 'export', type: InstanceType): InstanceType {
  const { store } = scope
  const { defined } = store.bound(type)
  const isFirst = store.open(type)
  if (isFirst && defined.size === 0) return type
  const origin = store.origin(type)
  // The named types of an instance are its own, even where another one was declared with the same type.
  const anew = isFirst ? undefined : origin.type === type ? origin : new Origin(type)
  if (anew !== undefined && anew !== origin) store.work(type.exports.size)
  const substitution = new Substitution(store, { anew })
  freshResources(scope, defined, substitution, (resource) => own(scope, kind, resource))
  return { ...type, exports: SubstitutedExports.of(type, origin, substitution) }
}

function own(scope: Scope, kind: 'import' | 'export', type: TypeEntity): void {
  if (type.kind !== 'resource') return
  if (kind === 'import') scope.importedResources.add(type)
  else scope.definedResources.set(type, undefined)
}

/** New resource types for old ones, which the substitution puts in. */
export function freshResources(
  { store }: Scope,
  roots: Iterable<ResourceType>,
  substitution: Substitution,
  take: (resource: ResourceType) => void,
): void {
  for (const root of roots) {
    store.work()
    const resource: ResourceType = { kind: 'resource', name: root.name }
    substitution.replaceResource(root, resource)
    take(resource)
  }
}

/** The type of something that an export, an argument or an inline export refers to. */
export function typeOfItem({ spaces, refuse }: Scope, { sort, index }: SortIndex): ExternType {
  switch (sort) {
    case 'func':
      return spaces.funcs.get(index)
    case 'component':
      return spaces.components.get(index)
    case 'instance':
      return spaces.instances.get(index)
    case 'type':
      return { kind: 'type', bound: 'eq', type: spaces.types.get(index) }
    case 'core module':
      return spaces.coreModules.get(index)
    case 'value':
      return refuseValues(refuse)
    default:
      return refuse(
        `a ${sort} cannot leave its component: of the core sorts, only modules can be imported and exported`,
      )
  }
}
