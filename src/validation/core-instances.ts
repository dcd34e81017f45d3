import type { CoreInlineExport, CoreInstanceExpr } from '../component/component.ts'
import type { CoreExternType } from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import { coreMismatch } from './core-subtyping.ts'
import type { CoreInstanceType } from './index-spaces.ts'
import type { Scope } from './scope.ts'

/** `core:instance` (Binary.md, "Instance Definitions") */
export function checkCoreInstance(scope: Scope, expr: CoreInstanceExpr): CoreInstanceType {
  return expr.kind === 'instantiate'
    ? instantiateModule(scope, expr)
    : { exports: inlineExports(scope, expr.exports) }
}

type Instantiate = Extract<CoreInstanceExpr, { kind: 'instantiate' }>

/** Imports have two names: the argument's, and that of one of its exports. */
function instantiateModule(scope: Scope, expr: Instantiate): CoreInstanceType {
  const { spaces } = scope
  const module = spaces.coreModules.get(expr.module)
  const args = new Map<string, CoreInstanceType>()
  for (const { name, instance } of expr.args) {
    if (args.has(name)) scope.refuse(`duplicate module instantiation argument named \`${name}\``)
    args.set(name, spaces.coreInstances.get(instance))
  }
  scope.store.work(module.imports.length)
  for (const { module: from, name, type } of module.imports) {
    const arg = args.get(from)
    if (!arg) scope.refuse(`missing module instantiation argument named \`${from}\``)
    const given = arg.exports.get(name)
    if (!given)
      scope.refuse(`module instantiation argument \`${from}\` does not export an item named \`${name}\``)
    const mismatch = coreMismatch(given, type)
    if (mismatch !== undefined) {
      scope.refuse(
        `type mismatch for export \`${name}\` of module instantiation argument \`${from}\`: ${mismatch}`,
      )
    }
  }
  return { exports: module.exports }
}

function inlineExports(
  scope: Scope,
  items: readonly CoreInlineExport[],
): ReadonlyMap<string, CoreExternType> {
  if (items.length > limits.instantiationExports) {
    scope.reporter.exceeds('the count of inline exports', limits.instantiationExports)
  }
  const exports = new Map<string, CoreExternType>()
  for (const item of items) {
    const type = typeOfCoreItem(scope, item)
    if (exports.has(item.name))
      scope.refuse(`duplicate instantiation export name \`${item.name}\` already defined`)
    exports.set(item.name, type)
  }
  return exports
}

function typeOfCoreItem({ spaces, refuse }: Scope, { sort, index }: CoreInlineExport): CoreExternType {
  switch (sort) {
    case 'func':
      return spaces.coreFuncs.get(index)
    case 'table':
      return spaces.coreTables.get(index)
    case 'memory':
      return spaces.coreMemories.get(index)
    case 'global':
      return spaces.coreGlobals.get(index)
    case 'tag':
      return spaces.coreTags.get(index)
    default:
      return refuse(`core instances cannot export a core ${sort}`)
  }
}
