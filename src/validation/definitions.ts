import { readCoreModuleType } from '../binary/core-module.ts'
import type { Component, CoreModuleDefinition, Definition, TypeDefinition } from '../component/component.ts'
import type { ComponentType } from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import { checkAlias } from './aliases.ts'
import { checkCanon } from './canons.ts'
import { checkInOrder } from './check-in-order.ts'
import { finishComponent } from './component-types.ts'
import { checkCoreInstance } from './core-instances.ts'
import { checkCoreImports, checkCoreType } from './core-types.ts'
import { checkTypeDefinition } from './defined-types.ts'
import { checkExport, checkImport } from './imports-exports.ts'
import { checkInstance } from './instances.ts'
import { Scope } from './scope.ts'
import { refuseValues } from './values.ts'

/** Checks the definitions of a component in order: each sees only those before it (Explainer.md, "Component Definitions"). */
export function checkComponent(component: Component, scope: Scope): ComponentType {
  countOneMore(scope)
  // With the one at hand.
  const counts = { 'core-module': 0, component: 0 }
  const title = ({ kind }: Definition): string => {
    const name = kind.replace('-', ' ')
    return kind === 'core-module' || kind === 'component' ? `${name} ${counts[kind] - 1}` : `${name} section`
  }
  const valid = checkInOrder(scope, component.definitions, title, (definition) => {
    const { kind } = definition
    if (kind === 'core-module' || kind === 'component') counts[kind]++
    checkDefinition(component, scope, definition)
  })
  if (!valid) scope.reporter.skip()
  return finishComponent(scope)
}

function checkDefinition(component: Component, scope: Scope, definition: Definition): void {
  const { spaces } = scope
  switch (definition.kind) {
    case 'custom':
      return
    case 'core-module':
      checkCoreModule(component, scope, definition)
      break
    case 'core-instance':
      spaces.coreInstances.add(checkCoreInstance(scope, definition.instance))
      break
    case 'core-type':
      checkCoreType(scope, definition.type)
      break
    case 'component':
      spaces.components.add(
        checkComponent(definition.component, new Scope('component', scope.context, scope)),
      )
      break
    case 'instance':
      spaces.instances.add(checkInstance(scope, definition.instance))
      break
    case 'alias':
      checkAlias(scope, definition.sort, definition.target)
      break
    case 'type':
      scope.reporter.shift = shiftOf(definition)
      spaces.types.add(checkTypeDefinition(scope, definition.type))
      break
    case 'canon':
      checkCanon(scope, definition.canon)
      break
    case 'import':
      checkImport(scope, definition.name, definition.type)
      break
    case 'export':
      checkExport(scope, definition.name, definition.item, definition.type)
      break
    case 'start':
    case 'value':
      refuseValues(scope.refuse)
      break
  }
}

/** Core module or component, wherever it stands in the file. */
function countOneMore({ reporter, context }: Scope): void {
  if (context.modulesAndComponents === limits.modulesAndComponents)
    reporter.exceeds('the count of core modules and components in one file', limits.modulesAndComponents)
  context.modulesAndComponents++
}

/** Declarations of a repeated type have the offsets of the first. They follow the opcode and their count. */
function shiftOf({ offset, type }: TypeDefinition): number {
  if (type.kind !== 'component' && type.kind !== 'instance') return 0
  const [first] = type.declarations
  if (first === undefined) return 0
  const countSize = Math.ceil(Math.log2(type.declarations.length + 1) / 7)
  const shift = offset + 1 + countSize - first.offset
  // A few bytes are the padding of the count.
  return Math.abs(shift) < 5 ? 0 : shift
}

function checkCoreModule({ bytes }: Component, scope: Scope, { range }: CoreModuleDefinition): void {
  const { spaces, refuse, reporter, context } = scope
  countOneMore(scope)
  const type = readCoreModuleType(bytes, range, reporter.path())
  checkCoreImports(type.imports, refuse)
  const problem = context.checkModule?.(bytes.subarray(range.start, range.end))
  if (problem) {
    reporter.offset = range.start + (problem.offset ?? 0)
    refuse(problem.message)
  }
  spaces.coreModules.add(type)
}
