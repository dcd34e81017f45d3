/** Lists of numbers: typed arrays in JavaScript, one copy on the way. */
import { MAX_LIST_BYTE_LENGTH } from '../../abi/strings.ts'
import type { NumberList, NumberListClass } from '../../component/number-list.ts'
import { isAttached } from '../../runtime/elements.ts'
import type { GuestMemory } from './memory.ts'

// The getters themselves: a caller's object may have properties of these names that do anything.
const classNameOf = /* @__PURE__ */ getterOf(Symbol.toStringTag)
const lengthOf = /* @__PURE__ */ getterOf('length')
const bufferOf = /* @__PURE__ */ getterOf('buffer')
const offsetOf = /* @__PURE__ */ getterOf('byteOffset')
const setNumbers = /* @__PURE__ */ (() => Uint8Array.prototype.set)()

function getterOf(property: PropertyKey): () => unknown {
  return Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), property)!.get!
}

/** The value, if it is a typed array of that class (of any realm, or of a subclass), and its buffer is still there. */
export function typedArray(value: unknown, className: string): NumberList | undefined {
  return ArrayBuffer.isView(value) && classNameOf.call(value) === className && isAttached(value)
    ? (value as NumberList)
    : undefined
}

/** Its length, whatever its properties say. */
export function typedLength(array: NumberList): number {
  return lengthOf.call(array) as number
}

/** A copy, which nobody else can change. */
export function ownNumbers(array: NumberList, length: number, Class: NumberListClass): NumberList {
  return new Class(bufferOf.call(array) as ArrayBufferLike, offsetOf.call(array) as number, length).slice()
}

/** Allocates a list and copies the numbers into it; returns the pointer. */
export function lowerNumbers(
  memory: GuestMemory,
  array: NumberList,
  length: number,
  Class: NumberListClass,
): number {
  const offset = offsetOf.call(array) as number
  const size = Class.BYTES_PER_ELEMENT
  const pointer = memory.allocate(size - 1, length * size, 'list')
  const source = typedLength(array) === length ? array : resized(memory, array, offset, length, Class)
  copyNumbers(memory.views, source, length, pointer, Class)
  return pointer
}

/** An array that `realloc` made another length: a view of this very memory. What was in it is still there. */
function resized(
  memory: GuestMemory,
  array: NumberList,
  offset: number,
  length: number,
  Class: NumberListClass,
): NumberList {
  const detached = typedLength(array) < length
  const buffer = detached ? memory.views.bytes.buffer : (bufferOf.call(array) as ArrayBufferLike)
  return new Class(buffer, offset, length)
}

/** Copies the numbers to a place that was checked. */
export function copyNumbers(
  { bytes }: { readonly bytes: Uint8Array },
  array: NumberList,
  length: number,
  address: number,
  Class: NumberListClass,
): void {
  // Signed or not, single bytes are the same.
  const target = Class.BYTES_PER_ELEMENT === 1 ? bytes : new Class(bytes.buffer, address, length)
  setNumbers.call(target, array as never, target === bytes ? address : 0)
}

/** Above this a buffer that is not zeroed first is worth the detour through Node's Buffer (measured). */
const LARGE = 256 * 1024

interface UnzeroedBuffers {
  allocUnsafeSlow(byteLength: number): Uint8Array<ArrayBuffer>
}

const unzeroed = /* @__PURE__ */ findUnzeroed()

function findUnzeroed(): UnzeroedBuffers['allocUnsafeSlow'] | undefined {
  return (globalThis as { Buffer?: Partial<UnzeroedBuffers> }).Buffer?.allocUnsafeSlow
}

export function liftBytes(memory: GuestMemory, pointer: number, length: number): Uint8Array {
  checkList(memory, pointer, length, 1)
  const { bytes } = memory.views
  const end = pointer + length
  if (length < LARGE || unzeroed === undefined) return bytes.slice(pointer, end)
  const copy = new Uint8Array(unzeroed(length).buffer, 0, length)
  copy.set(bytes.subarray(pointer, end))
  return copy
}

/** A view: for host functions that say they finish with it before they return or await. */
export function borrowBytes(memory: GuestMemory, pointer: number, length: number): Uint8Array {
  checkList(memory, pointer, length, 1)
  return memory.views.bytes.subarray(pointer, pointer + length)
}

export function liftNumbers(
  memory: GuestMemory,
  pointer: number,
  length: number,
  Class: NumberListClass,
): NumberList {
  checkList(memory, pointer, length, Class.BYTES_PER_ELEMENT)
  return loadNumbers(memory, pointer, length, Class)
}

/** From a place that was checked. NaNs are canonicalized (CanonicalABI.md, "Loading", `canonicalize_nan64`). */
export function loadNumbers(
  memory: GuestMemory,
  pointer: number,
  length: number,
  Class: NumberListClass,
): NumberList {
  const array = new Class(memory.views.bytes.buffer, pointer, length).slice()
  if (array instanceof Float64Array || array instanceof Float32Array) canonicalizeNaNs(array)
  return array
}

function canonicalizeNaNs(array: Float64Array | Float32Array): void {
  for (let i = 0; i < array.length; i++) if (Number.isNaN(array[i])) array[i] = Number.NaN
}

/** @param size bytes of one element, which are its alignment too */
function checkList(memory: GuestMemory, pointer: number, length: number, size: number): void {
  const byteLength = length * size
  if (byteLength > MAX_LIST_BYTE_LENGTH) memory.checkLength(byteLength, MAX_LIST_BYTE_LENGTH, 'list')
  memory.check(pointer, size - 1, byteLength, 'list')
}
