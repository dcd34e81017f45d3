/**
 * What the modules import that `tenon transpile` writes. Nothing here is for programs: it changes with the code that is
 * written, and belongs to the same version of Tenon.
 *
 * @module
 */
export { bindLift, bindLower } from '../compile/glue/bind.ts'
export {
  checkBorrowsDropped,
  lendHandle,
  liftOwn,
  lowerBorrow,
  lowerOwn,
  reserveOwn,
} from '../compile/glue/handles.ts'
export { Image } from '../compile/glue/image.ts'
export { Loans } from '../compile/glue/loans.ts'
export { guestMemory, toOffset } from '../compile/glue/memory.ts'
export {
  copyNumbers,
  liftBytes as bytesOf,
  liftNumbers,
  loadNumbers,
  lowerNumbers,
  ownNumbers,
  typedArray,
  typedLength,
} from '../compile/glue/numeric-list.ts'
export {
  bitsOfF32,
  bitsOfF64,
  charOf,
  codePointOf,
  enumName,
  f32OfBits,
  f64OfBits,
  invalidDiscriminant,
  newArray,
} from '../compile/glue/operations.ts'
export { changedBorrow, changedNumbers, changedOwn } from '../compile/glue/recheck.ts'
export { Scratch, sharedScratch } from '../compile/glue/scratch.ts'
export {
  liftLatin1OrUtf16,
  liftLatin1OrUtf16Long,
  liftUtf16,
  liftUtf8,
  lowerLatin1OrUtf16,
  lowerUtf16,
  lowerUtf8,
  taggedLength,
  taggedLengthLong,
} from '../compile/glue/strings.ts'
export { ComponentError } from '../errors.ts'
export { AsyncState } from '../runtime/async/async-state.ts'
export { makeBuiltin } from '../runtime/async/builtins/make-builtin.ts'
export { ComponentInstance } from '../runtime/component-instance.ts'
export { importsFrom } from '../esm/imports-from.ts'
export { elementsOf, ownProperty } from '../runtime/elements.ts'
export { GuestResource } from '../runtime/guest-resource.ts'
export { BorrowScope } from '../runtime/handle.ts'
export { linkImports } from '../runtime/imports.ts'
export { markBlocking } from '../runtime/may-block.ts'
export { resourceDrop, resourceNew, resourceRep } from '../runtime/resource-builtins.ts'
export { nextStamp } from '../runtime/resource.ts'
export { callSuspendable, runningCall } from '../runtime/suspendable.ts'
export { isThenable } from '../runtime/thenable.ts'
export { words } from '../runtime/thread.ts'
export { isInstance } from '../runtime/thrown.ts'
export { adapters } from './adapters.ts'
export { ClosedInstance, exportedClosed } from './closed-instance.ts'
export { compileFile, type GetCoreModule, provideModules, withCoreModules } from './core-modules.ts'
export { component, componentOf, exportedComponent, instantiateComponent, Live } from './components.ts'
export { compiledModule } from '../runtime/core-module.ts'
export { describeImport } from '../describe-import.ts'
export { execute, executeSteps } from './execute.ts'
export { bare, exportedClass, withExactNames } from './exports.ts'
export { bound, calleeOf, exported, exportedAgain, lifted, liftUnsuspended, tasks } from './functions.ts'
export { Instance, type InstantiateOptions } from './instance.ts'
export { instantiateModule, reallocIn, runIn, startIn } from './tasks.ts'
