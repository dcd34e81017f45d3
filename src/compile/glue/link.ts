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
import type { Factory } from './bind.ts'
import type { References } from './binding.ts'
import { Image } from './image.ts'
import { Loans } from './loans.ts'
import { toOffset } from './memory.ts'
import {
  copyNumbers,
  liftBytes,
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

/** What source may name. */
const helpers = {
  BorrowScope,
  ComponentError,
  Image,
  Loans,
  Scratch,
  bitsOfF32,
  bitsOfF64,
  /** Lowered functions have one of their own. */
  bytesOf: liftBytes,
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

export const helperNames: readonly string[] = Object.keys(helpers)
const helperValues = Object.values(helpers)

/**
 * Source as an expression that makes a function from `bound`. It may name helpers, and the constants of `shared`.
 *
 * @param members of `bound`, that the text may name
 */
export function factoryText({ text, shared }: Generated, members: readonly string[]): string {
  const resources = [...shared.resources.values()]
  const used = members.filter((member) => new RegExp(`\\b${member}\\b`).test(text))
  if (resources.length > 0 && !used.includes('instance')) used.push('instance')
  return [
    '(bound) => {',
    ...(used.length > 0 ? [`  const { ${used.join(', ')} } = bound`] : []),
    ...resources.map((name, i) => `  const ${name} = bound.resources[${i}]`),
    ...resources.map((name) => `  const ${name}$inside = ${name}.owner === instance`),
    `  return ${text}`,
    '}',
  ].join('\n')
}

/** What its text refers to, in the order of its names. */
export function referencesOf({ shared }: Generated): References {
  return { resources: [...shared.resources.keys()], sites: shared.sites }
}

/** Evaluates source, once; the result makes functions. */
export function link<Bound>(generated: Generated, members: readonly string[]): Factory<Bound> {
  const constants = [...generated.shared.constants]
  const source = `"use strict"\nreturn ${factoryText(generated, members)}`
  const make = new Function(...helperNames, ...constants.map(([, name]) => name), source)
  return {
    references: referencesOf(generated),
    make: make(...helperValues, ...constants.map(([value]) => value)),
  }
}
