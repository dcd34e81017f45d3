/** Imports, and the exports of instances and components that only run time knows: what is declared gets registers. */
import type { Declaration, ExternName, ExternTypeSyntax } from '../component/component.ts'
import type { ComponentSurface, ExternKind, ImportItem, PlanImport } from './plan.ts'
import { defineCoreType, defineType, freshResource } from './define-type.ts'
import { defineAlias } from './alias.ts'
import { unsupported } from './unsupported.ts'
import { Scope } from './scope.ts'
import type { Symbolic, TypeClosure } from './symbolic.ts'

/** What is declared, as what it is to its user, and as what must come from outside. */
interface Declared {
  readonly symbolic: Symbolic
  readonly import: PlanImport
}

/** `path`: the name of the instance it is a member of, if any. */
export function declare(scope: Scope, name: ExternName, type: ExternTypeSyntax, path?: string): Declared {
  scope.builder.compilation.countStep()
  const { symbolic, item } = declareItem(scope, name.name, type, path)
  return { symbolic, import: planImport(name, item) }
}

function planImport({ name, attributes }: ExternName, item: ImportItem): PlanImport {
  let versionSuffix: string | undefined
  let implemented: string | undefined
  let externalId: string | undefined
  for (const attribute of attributes) {
    if (attribute.kind === 'version-suffix') versionSuffix = attribute.suffix
    if (attribute.kind === 'implements') implemented = attribute.interface
    if (attribute.kind === 'external-id') externalId = attribute.id
  }
  return { name, versionSuffix, implements: implemented, externalId, item }
}

interface DeclaredItem {
  readonly symbolic: Symbolic
  readonly item: ImportItem
}

function declareItem(
  scope: Scope,
  name: string,
  type: ExternTypeSyntax,
  path: string | undefined,
): DeclaredItem {
  const label = path === undefined ? name : `${path}#${name}`
  switch (type.kind) {
    case 'function':
      return declareFunction(scope, type.type, label)
    case 'instance':
      return declareInstance(scope, type.type, label)
    case 'type':
      return declareType(scope, name, type.bound)
    case 'core-module':
      return declareModule(scope, type.type)
    case 'component':
      return declareComponent(scope, type.type)
    case 'value':
      return unsupported('value imports and exports')
  }
}

function declareFunction(scope: Scope, index: number, label: string): DeclaredItem {
  const type = scope.get('type', index)
  if (type.kind !== 'function') return scope.refuse(`type index ${index} is not a function type`)
  const register = scope.builder.register('functions')
  return {
    symbolic: { sort: 'func', type, item: { from: 'register', function: register }, label },
    item: { kind: 'function', register, type, label },
  }
}

function declareInstance(scope: Scope, index: number, label: string): DeclaredItem {
  const type = scope.get('type', index)
  if (type.kind !== 'instance type') return scope.refuse(`type index ${index} is not an instance type`)
  const exports = new Map<string, Symbolic>()
  const imports: PlanImport[] = []
  walkDeclarations(scope, type, (inner, declaration) => {
    if (declaration.kind !== 'export') return scope.refuse('an instance type has no imports')
    const declared = declare(inner, declaration.name, declaration.type, label)
    exports.set(declaration.name.name, declared.symbolic)
    imports.push(declared.import)
    return declared.symbolic
  })
  return { symbolic: { sort: 'instance', exports }, item: { kind: 'instance', exports: imports } }
}

type TypeBound = Extract<ExternTypeSyntax, { kind: 'type' }>['bound']

function declareType(scope: Scope, name: string, bound: TypeBound): DeclaredItem {
  if (bound.kind === 'eq') {
    return { symbolic: { sort: 'type', type: scope.get('type', bound.index) }, item: { kind: 'type' } }
  }
  const type = freshResource(name)
  return {
    symbolic: { sort: 'type', type },
    item: { kind: 'resource', resource: scope.builder.resource(type) },
  }
}

function declareModule(scope: Scope, index: number): DeclaredItem {
  const type = scope.get('core type', index)
  if (type.kind !== 'module') return scope.refuse(`core type index ${index} is not a module type`)
  const register = scope.builder.register('modules')
  return {
    symbolic: {
      sort: 'core module',
      item: { from: 'register', module: register },
      owner: scope.builder,
      memory: type.memory,
    },
    item: { kind: 'core-module', register, type: type.surface },
  }
}

function declareComponent(scope: Scope, index: number): DeclaredItem {
  const type = scope.get('type', index)
  if (type.kind !== 'component type') return scope.refuse(`type index ${index} is not a component type`)
  const register = scope.builder.register('components')
  return {
    symbolic: { sort: 'component', from: 'register', register, type, owner: scope.builder },
    item: { kind: 'component', register, type: surfaceOf(type.declarations) },
  }
}

function surfaceOf(declarations: readonly Declaration[]): ComponentSurface {
  const named = (kind: 'import' | 'export'): { name: string; kind: ExternKind }[] =>
    declarations.flatMap((declaration) =>
      declaration.kind === kind ? [{ name: declaration.name.name, kind: kindOf(declaration.type) }] : [],
    )
  return { imports: named('import'), exports: named('export') }
}

function kindOf(type: ExternTypeSyntax): ExternKind {
  if (type.kind === 'value') return unsupported('value imports and exports')
  if (type.kind === 'type') return type.bound.kind === 'eq' ? 'type' : 'resource'
  return type.kind
}

/**
 * Resolves a component or instance type for one use. `extern` says what an import or export declarator stands for;
 * it becomes a definition that later declarators may refer to.
 */
export function walkDeclarations(
  scope: Scope,
  type: TypeClosure,
  extern: (inner: Scope, declaration: Declaration & { kind: 'import' | 'export' }) => Symbolic,
): void {
  const inner = new Scope(scope.builder, scope.instance, type.scope)
  for (const declaration of type.declarations) {
    inner.offset = declaration.offset
    inner.builder.compilation.countStep()
    switch (declaration.kind) {
      case 'core-type':
        defineCoreType(inner, declaration.type)
        break
      case 'type':
        defineType(inner, declaration.type)
        break
      case 'alias':
        defineAlias(inner, declaration.sort, declaration.target)
        break
      case 'import':
      case 'export':
        inner.defineSymbolic(extern(inner, declaration))
        break
    }
  }
}
