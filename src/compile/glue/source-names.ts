/**
 * What generated source may name: functions of the runtime, under the names that it uses. Source that is evaluated gets them
 * as arguments, modules that are written import them.
 */
export { ComponentError } from '../../errors.ts'
export { errorContextOf } from '../../runtime/async/error-context.ts'
export { addShared, errorContextAt } from '../../runtime/async/table-entry.ts'
export { elementsOf, ownProperty } from '../../runtime/elements.ts'
export { BorrowScope } from '../../runtime/handle.ts'
export { nextStamp } from '../../runtime/resource.ts'
export { callSuspendable, runningCall } from '../../runtime/suspendable.ts'
export { isThenable } from '../../runtime/thenable.ts'
export { words } from '../../runtime/thread.ts'
export { isInstance } from '../../runtime/thrown.ts'
export { asyncEnds, AsyncReference, Futures } from './async-ends.ts'
export { checkBorrowsDropped, lendHandle, liftOwn, lowerBorrow, lowerOwn, reserveOwn } from './handles.ts'
export { Loans } from './loans.ts'
export { toOffset } from './memory.ts'
export {
  copyNumbers,
  // Lowered functions have one of their own.
  liftBytes as bytesOf,
  liftNumbers,
  loadNumbers,
  lowerNumbers,
  ownNumbers,
  typedArray,
  typedLength,
} from './numeric-list.ts'
export { MixedImage } from './mixed-image.ts'
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
} from './operations.ts'
export { changedBorrow, changedNumbers, changedOwn } from './recheck.ts'
export { freeScratch, Scratch } from './scratch.ts'
export {
  liftLatin1OrUtf16,
  liftLatin1OrUtf16Long,
  liftUtf16,
  liftUtf8,
  lowerLatin1OrUtf16,
  lowerUtf16,
  taggedLength,
  taggedLengthLong,
} from './strings.ts'
export { TextImage } from './text-image.ts'
