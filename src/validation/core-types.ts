import type {
  CoreExternSyntax,
  CoreModuleDeclaration,
  CoreModuleTypeSyntax,
  CoreType,
} from '../component/component.ts'
import type {
  CoreExternType,
  CoreImport,
  CoreLimits,
  CoreModuleType,
  CoreValueType,
} from '../component/extern-type.ts'
import { functionForm } from '../component/function-form.ts'
import type { CoreTypeIndex } from '../component/indices.ts'
import { limits } from '../component/limits.ts'
import type { Refuse } from '../component/resolve-type.ts'
import { addRecType, definedType, indexIn, isShared } from './core-rec-types.ts'
import { type CoreTypeEntity, IndexSpace } from './index-spaces.ts'
import type { Scope } from './scope.ts'

/** `core:deftype` */
export function checkCoreType(scope: Scope, type: CoreType): void {
  const { coreTypes } = scope.spaces
  if (type.kind === 'module') coreTypes.add(checkModuleType(scope, type))
  else addRecType(coreTypes, type, scope.store, scope.refuse)
}

/** `core:moduletype`: its types live in a space of their own. */
function checkModuleType(scope: Scope, { declarations }: CoreModuleTypeSyntax): CoreModuleType {
  const space = new IndexSpace<CoreTypeEntity>(scope.reporter, 'type', limits.types)
  const imports: CoreImport[] = []
  const exports = new Map<string, CoreExternType>()
  for (const declaration of declarations) {
    switch (declaration.kind) {
      case 'type':
        addModuleTypeDefinition(scope, space, declaration.type)
        break
      case 'alias':
        space.add(aliasedType(scope, space, declaration))
        break
      case 'import':
        imports.push({
          module: declaration.module,
          name: declaration.name,
          type: coreExternType(space, declaration.type, scope.refuse),
        })
        break
      case 'export':
        if (exports.has(declaration.name))
          scope.refuse(`duplicate export name \`${declaration.name}\` already defined`)
        exports.set(declaration.name, coreExternType(space, declaration.type, scope.refuse))
        break
    }
  }
  checkCoreImports(imports, scope.refuse)
  return { kind: 'core-module', imports, exports }
}

function addModuleTypeDefinition(scope: Scope, space: IndexSpace<CoreTypeEntity>, type: CoreType): void {
  if (type.kind === 'module') scope.refuse('module types cannot be defined within module types')
  addRecType(space, type, scope.store, scope.refuse)
}

type AliasDeclaration = Extract<CoreModuleDeclaration, { kind: 'alias' }>

function aliasedType(
  scope: Scope,
  space: IndexSpace<CoreTypeEntity>,
  { count, index }: AliasDeclaration,
): CoreTypeEntity {
  if (count === 0) return space.get(index)
  let target: Scope = scope
  for (let i = 1; i < count; i++) {
    target.closed = false
    target =
      target.outer ?? scope.refuse(`invalid outer alias count of ${count}: there are ${i} enclosing scopes`)
  }
  const type = target.spaces.coreTypes.get(index)
  return type.kind === 'sub' ? type : scope.refuse('module types cannot be aliased within module types')
}

/** A core module's imports cannot be told apart by position, so their two names must differ. */
export function checkCoreImports(imports: readonly CoreImport[], refuse: Refuse): void {
  const seen = new Map<string, Set<string>>()
  let names = new Set<string>()
  let last: string | undefined
  for (const { module, name } of imports) {
    // Most are imported from the same module as the one before.
    if (module !== last) {
      names = seen.get(module) ?? new Set()
      seen.set(module, names)
      last = module
    }
    const count = names.size
    names.add(name)
    if (names.size === count) refuse(`duplicate import name \`${module}:${name}\` already defined`)
  }
}

function coreExternType(
  space: IndexSpace<CoreTypeEntity>,
  syntax: CoreExternSyntax,
  refuse: Refuse,
): CoreExternType {
  switch (syntax.kind) {
    case 'func':
      return { kind: 'func', ...signature(space, syntax.type, refuse) }
    case 'tag': {
      const type = signature(space, syntax.type, refuse)
      if (type.results.length > 0) refuse('invalid exception type: non-empty tag result type')
      return { kind: 'tag', ...type }
    }
    case 'table':
      checkIndices(space, syntax.element, refuse)
      checkTable(syntax.limits, refuse)
      if (syntax.limits.shared && !isShared(syntax.element, (index) => definedType(space, index, refuse)))
        refuse('shared tables must have a shared element type')
      return syntax
    case 'memory':
      checkMemory(syntax.limits, syntax.pageSizeLog2, refuse)
      return syntax
    case 'global':
      checkIndices(space, syntax.type, refuse)
      return syntax
  }
}

type Signature = Omit<Extract<CoreExternType, { kind: 'func' }>, 'kind'>

/** The function type at an index. */
export function signature(
  space: IndexSpace<CoreTypeEntity>,
  index: CoreTypeIndex,
  refuse: Refuse,
): Signature {
  const entity = space.get(index)
  if (entity.kind !== 'sub' || entity.type.type.kind !== 'func') {
    return refuse(`type index ${index} is not a function type`)
  }
  const { parameters, results } = entity.type.type
  return { parameters, results, ...functionForm(entity.type) }
}

function checkIndices(space: IndexSpace<CoreTypeEntity>, type: CoreValueType, refuse: Refuse): void {
  const index = indexIn(type)
  if (index !== undefined) definedType(space, index, refuse)
}

function checkLimits({ minimum, maximum }: CoreLimits, refuse: Refuse): void {
  if (maximum !== undefined && minimum > maximum) {
    refuse(`size minimum must not be greater than maximum: found ${minimum} and ${maximum}`)
  }
}

function checkTable(size: CoreLimits, refuse: Refuse): void {
  checkLimits(size, refuse)
  const most = (1n << (size.index64 ? 64n : 32n)) - 1n
  if (size.minimum > most || (size.maximum ?? 0n) > most) refuse('table size must be at most 2^32-1 elements')
}

function checkMemory(size: CoreLimits, pageSizeLog2: number, refuse: Refuse): void {
  if (pageSizeLog2 !== 0 && pageSizeLog2 !== 16) refuse(`invalid custom page size: 2^${pageSizeLog2}`)
  checkLimits(size, refuse)
  const pages = 1n << BigInt((size.index64 ? 64 : 32) - pageSizeLog2)
  if (size.minimum > pages || (size.maximum ?? 0n) > pages) {
    refuse(`memory size must be at most ${pages} pages`)
  }
  if (size.shared && size.maximum === undefined) refuse('shared memory must have maximum size')
}
