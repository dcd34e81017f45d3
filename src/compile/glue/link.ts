/** Generated source → function: what its names stand for. */
import { ComponentError } from '../../errors.ts'
import { elementsOf, ownProperty } from '../../runtime/elements.ts'
import { BorrowScope } from '../../runtime/handle.ts'
import { nextStamp } from '../../runtime/resource.ts'
import { callSuspendable, runningCall } from '../../runtime/suspendable.ts'
import { isThenable } from '../../runtime/thenable.ts'
import { words } from '../../runtime/thread.ts'
import { isInstance } from '../../runtime/thrown.ts'
import { checkBorrowsDropped, lendHandle, liftOwn, lowerBorrow, lowerOwn, reserveOwn } from './handles.ts'
import { Image } from './image.ts'
import { Loans } from './loans.ts'
import { toOffset } from './memory.ts'
import {
  copyNumbers,
  liftNumbers,
  loadNumbers,
  lowerNumbers,
  ownNumbers,
  typedArray,
  typedLength,
} from './numeric-list.ts'
import {
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
import { changedBorrow, changedNumbers, changedOwn } from './recheck.ts'
import { Scratch, sharedScratch } from './scratch.ts'
import type { Generated } from './source.ts'
import {
  liftLatin1OrUtf16,
  liftLatin1OrUtf16Long,
  liftUtf16,
  liftUtf8,
  lowerLatin1OrUtf16,
  lowerUtf16,
  lowerUtf8,
  taggedLength,
  taggedLengthLong,
} from './strings.ts'

const helpers = {
  BorrowScope,
  ComponentError,
  Image,
  Loans,
  Scratch,
  bitsOfF32,
  bitsOfF64,
  callSuspendable,
  changedBorrow,
  changedNumbers,
  changedOwn,
  charOf,
  checkBorrowsDropped,
  codePointOf,
  copyNumbers,
  elementsOf,
  enumName,
  f32OfBits,
  f64OfBits,
  invalidDiscriminant,
  isInstance,
  isThenable,
  lendHandle,
  liftLatin1OrUtf16,
  liftLatin1OrUtf16Long,
  liftNumbers,
  liftOwn,
  liftUtf16,
  liftUtf8,
  loadNumbers,
  lowerBorrow,
  lowerLatin1OrUtf16,
  lowerNumbers,
  lowerOwn,
  lowerUtf16,
  lowerUtf8,
  newArray,
  nextStamp,
  ownNumbers,
  ownProperty,
  reserveOwn,
  runningCall,
  sharedScratch,
  taggedLength,
  taggedLengthLong,
  toOffset,
  typedArray,
  typedLength,
  words,
}

const helperNames = Object.keys(helpers)
const helperValues = Object.values(helpers)

/**
 * Evaluates source, once; the result makes functions. The text is one function expression, which may name helpers,
 * `bound` and the members of it that `members` lists, and the constants and resources of `shared`.
 */
export function link<Bound, F>({ text, shared }: Generated, members: readonly string[]): (bound: Bound) => F {
  const constants = [...shared.constants]
  const resources = [...shared.resources.values()]
  const source = [
    '"use strict"',
    'return (bound) => {',
    `  const { ${members.join(', ')} } = bound`,
    ...resources.map((name, i) => `  const ${name} = bound.resources[${i}]`),
    ...resources.map((name) => `  const ${name}$inside = ${name}.owner === bound.instance`),
    `  return ${text}`,
    '}',
  ].join('\n')
  const make = new Function(...helperNames, ...constants.map(([, name]) => name), source)
  return make(...helperValues, ...constants.map(([value]) => value))
}
