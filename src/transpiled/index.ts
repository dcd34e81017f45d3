/**
 * What the modules import that `tenon transpile` writes. Nothing here is for programs: it changes with the code that is
 * written, and belongs to the same version of Tenon.
 *
 * @module
 */
export * from '../compile/glue/source-names.ts'
export { bindLift, bindLower } from '../compile/glue/bind.ts'
export { guestMemory } from '../compile/glue/memory.ts'
export { AsyncState } from '../runtime/async/async-state.ts'
export { makeBuiltin } from '../runtime/async/builtins/make-builtin.ts'
export { ComponentInstance } from '../runtime/component-instance.ts'
export { importsFrom } from '../esm/imports-from.ts'
export { GuestResource } from '../runtime/guest-resource.ts'
export { linkImports } from './link-imports.ts'
export { markBlocking } from '../runtime/may-block.ts'
export { resourceDrop, resourceNew, resourceRep } from '../runtime/resource-builtins.ts'
export { adapters } from './adapters.ts'
export { ClosedInstance, exportedClosed } from './closed-instance.ts'
export {
  compileFile,
  type GetCoreModule,
  plainCall,
  provideModules,
  withCoreModules,
} from './core-modules.ts'
export { component, componentOf, exportedComponent, instantiateComponent, Live } from './components.ts'
export { compiledModule } from '../runtime/core-module.ts'
export { describeImport } from '../describe-import.ts'
export { execute, executeSteps } from './execute.ts'
export { bare, exportedClass, withExactNames } from './exports.ts'
export {
  bound,
  calleeOf,
  exported,
  exportedAgain,
  lifted,
  liftUnsuspended,
  tasks,
  writtenElements,
} from './functions.ts'
export { memoriesOf, takeMemories } from './memories.ts'
export { Instance, type InstantiateOptions } from './instance.ts'
export { instantiateModule, reallocIn, runIn, startIn } from './tasks.ts'
