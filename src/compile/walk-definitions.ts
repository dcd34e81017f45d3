import type {
  ByteRange,
  Component,
  Definition,
  ExportDefinition,
  ImportDefinition,
} from '../component/component.ts'
import { defineAlias } from './alias.ts'
import { defineCanon } from './canon.ts'
import { defineCoreInstance } from './core-instance.ts'
import { defineCoreType, defineType } from './define-type.ts'
import { defineInstance } from './instantiate-component.ts'
import type { Scope } from './scope.ts'
import type { Symbolic, SymbolicModule } from './symbolic.ts'
import { unsupported } from './unsupported.ts'

/** What an import stands for: an argument, or something from outside. */
export type ResolveImport = (definition: ImportDefinition) => Symbolic

/** Instantiates a component symbolically, one definition after the other; returns what it exports. */
export function walkDefinitions(
  scope: Scope,
  component: Component,
  resolveImport: ResolveImport,
): ReadonlyMap<string, Symbolic> {
  const exports = new Map<string, Symbolic>()
  for (const definition of component.definitions) {
    scope.offset = definition.offset
    scope.builder.compilation.countStep()
    walkDefinition(scope, definition, resolveImport, exports)
  }
  return exports
}

function walkDefinition(
  scope: Scope,
  definition: Definition,
  resolveImport: ResolveImport,
  exports: Map<string, Symbolic>,
): void {
  switch (definition.kind) {
    case 'custom':
      break
    case 'core-module':
      scope.define('core module', fileModule(scope, definition.range))
      break
    case 'core-instance':
      defineCoreInstance(scope, definition.instance)
      break
    case 'core-type':
      defineCoreType(scope, definition.type)
      break
    case 'component':
      scope.define('component', {
        sort: 'component',
        from: 'definition',
        definition: definition.component,
        scope,
      })
      break
    case 'instance':
      defineInstance(scope, definition.instance)
      break
    case 'alias':
      defineAlias(scope, definition.sort, definition.target)
      break
    case 'type':
      defineType(scope, definition.type)
      break
    case 'canon':
      defineCanon(scope, definition.canon)
      break
    case 'import':
      scope.defineSymbolic(resolveImport(definition))
      break
    case 'export':
      defineExport(scope, definition, exports)
      break
    case 'start':
      unsupported('component start functions')
      break
    case 'value':
      unsupported('value definitions')
  }
}

function fileModule(scope: Scope, range: ByteRange): SymbolicModule {
  const { compilation } = scope.builder
  return {
    sort: 'core module',
    item: { from: 'file', module: compilation.module(range) },
    owner: undefined,
    memory: (name) => compilation.memory(range, name),
  }
}

/** An export is a definition of its own, another name for the one that it exports. */
function defineExport(scope: Scope, { name, item }: ExportDefinition, exports: Map<string, Symbolic>): void {
  const exported = named(scope, scope.symbolic(item.sort, item.index), name.name)
  exports.set(name.name, exported)
  scope.defineSymbolic(exported)
}

/**
 * Of a lift the last name given stays: the outermost export is the one that users call. Of a resource type the first: what
 * the component that defines it calls it, whatever others export it as.
 */
function named(scope: Scope, symbolic: Symbolic, name: string): Symbolic {
  if (symbolic.sort === 'type' && symbolic.type.kind === 'resource') symbolic.type.name ??= name
  if (symbolic.sort !== 'func' || symbolic.item.from !== 'lift') return symbolic
  scope.builder.nameLift(symbolic.item.lift, name)
  return { ...symbolic, label: name }
}
