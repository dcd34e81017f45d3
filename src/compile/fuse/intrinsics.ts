/** What adapters leave to JavaScript: errors, handles, and leaving an instance where something waits for that. */
import type { AdapterModule, CoreSignature } from './adapter-module.ts'

const always = {
  /** Link, code, and two numbers of the fault (a pointer and a length, say): traps. */
  fault: { parameters: ['i32', 'i32', 'i64', 'i64'], results: [] },
  /** Link; the callee's instances are not as they were marked. */
  leave: { parameters: ['i32'], results: [] },
  /** Link; an exception came out of the callee, or of a `realloc`: traps. */
  uncaught: { parameters: ['i32'], results: [] },
} as const satisfies Record<string, CoreSignature>

const forHandles = {
  /** Site and handle: moves it, and returns the handle on the other side. */
  own: { parameters: ['i32', 'i32'], results: ['i32'] },
  /** Site and handle: what the callee, which implements the resource, knows it by. */
  repOf: { parameters: ['i32', 'i32'], results: ['i32'] },
  /** Site and handle: the call that it was lent to by `repOf` is over. */
  endLend: { parameters: ['i32', 'i32'], results: [] },
  /** Of one call: what it lends. */
  openLoans: { parameters: ['i32'], results: ['externref'] },
  /** Loans, site and handle: lends it, and returns what the callee knows it by. */
  borrow: { parameters: ['externref', 'i32', 'i32'], results: ['i32'] },
  /** Gives back what was lent, if the callee has dropped it. */
  closeLoans: { parameters: ['externref'], results: [] },
} as const satisfies Record<string, CoreSignature>

const signatures = { ...always, ...forHandles }

export type IntrinsicName = keyof typeof signatures
export type HandleIntrinsicName = keyof typeof forHandles

/** By name, the index of the function. */
export type Intrinsics = Readonly<Record<IntrinsicName, number>>

/** @param handles whether any value has handles; those intrinsics are not imported where none has */
export function importIntrinsics(module: AdapterModule, handles: boolean): Intrinsics {
  const names = Object.keys(handles ? signatures : always) as IntrinsicName[]
  const indices = names.map((name) => [name, module.importFunction(name, signatures[name])])
  return Object.fromEntries(indices) as Intrinsics
}
