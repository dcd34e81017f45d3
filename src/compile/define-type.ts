import type { CoreCompositeType, CoreModuleTypeSyntax, CoreType, TypeSyntax } from '../component/component.ts'
import { resolveFunctionType, resolveValueType, type TypeEntity } from '../component/resolve-type.ts'
import type { CoreFuncIndex } from '../component/indices.ts'
import type { Scope } from './scope.ts'
import type { AddressType, NamedResource, SymbolicCoreType, TypeClosure } from './symbolic.ts'

/** A `deftype`, resolved for this instantiation. A resource type is fresh. */
export function defineType(scope: Scope, syntax: TypeSyntax): void {
  scope.define('type', resolveType(scope, syntax))
}

function resolveType(scope: Scope, syntax: TypeSyntax): TypeEntity | TypeClosure {
  switch (syntax.kind) {
    case 'value':
      return resolveValueType(syntax.type, scope.lookup)
    case 'function':
      return resolveFunctionType(syntax, scope.lookup)
    case 'component':
      return { kind: 'component type', declarations: syntax.declarations, scope }
    case 'instance':
      return { kind: 'instance type', declarations: syntax.declarations, scope }
    case 'resource':
      return defineResource(scope, syntax.destructor)
  }
}

function defineResource(scope: Scope, destructor: CoreFuncIndex | undefined): NamedResource {
  const type = freshResource()
  scope.builder.addStep({
    kind: 'define-resource',
    resource: scope.builder.resource(type),
    instance: scope.instance,
    destructor: destructor === undefined ? undefined : scope.get('core func', destructor).item,
  })
  return type
}

export function freshResource(name?: string): NamedResource {
  return { kind: 'resource', name }
}

/** A core type section's entry: a `rec` group fills as many places as it has types. */
export function defineCoreType(scope: Scope, type: CoreType): void {
  if (type.kind === 'module') scope.define('core type', moduleType(type))
  else
    for (const { type: one } of type.types)
      scope.define('core type', { kind: 'other', parameter: threadParameter(one) })
}

/** Of the function that a thread starts with. */
function threadParameter(type: CoreCompositeType): AddressType | undefined {
  const only = type.kind === 'func' && type.parameters.length === 1 ? type.parameters[0] : undefined
  return only === 'i32' || only === 'i64' ? only : undefined
}

function moduleType({ declarations }: CoreModuleTypeSyntax): SymbolicCoreType {
  const memories = new Map<string, AddressType>()
  for (const declaration of declarations) {
    if (declaration.kind !== 'export' || declaration.type.kind !== 'memory') continue
    memories.set(declaration.name, declaration.type.limits.index64 ? 'i64' : 'i32')
  }
  return {
    kind: 'module',
    surface: {
      imports: declarations.flatMap((declaration) =>
        declaration.kind === 'import'
          ? [{ module: declaration.module, name: declaration.name, kind: declaration.type.kind }]
          : [],
      ),
      exports: declarations.flatMap((declaration) =>
        declaration.kind === 'export' ? [{ name: declaration.name, kind: declaration.type.kind }] : [],
      ),
    },
    memory: (name) => memories.get(name) ?? 'i32',
  }
}
