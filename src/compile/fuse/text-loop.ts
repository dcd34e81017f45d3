/** Walks over text in memory: sixteen bytes at once where that can be, else one character after the other. */
import type { PointerType } from '../../abi/pointer.ts'
import type { Code } from './code.ts'

/** What is left of a text, and where it lies. */
export interface Text {
  readonly memory: number
  readonly pointer: PointerType
  /** Local with the address of what is left. */
  readonly at: number
  /** Local with the bytes that are left: an i32, because a text has less than 2²⁸. Counted so that a text may end where addresses do. */
  readonly left: number
}

export interface Steps {
  /** Pushes whether the vector in a local is none of the easy ones; undefined where all are easy. */
  readonly hard: ((vector: number) => void) | undefined
  /** Does an easy vector. */
  readonly vector: (vector: number) => void
  /** Does one character, and goes past it with `skip`. */
  readonly character: () => void
}

export function walk(code: Code, text: Text, { hard, vector, character }: Steps): void {
  const { at, left, memory } = text
  const chunk = code.local('v128')
  const stop = code.local('i32')
  code.loop((next) => {
    code.block((slow) => {
      code.get(left).i32(16).op('i32.lt_u').brIf(slow)
      code.get(at).access('v128.load', memory).set(chunk)
      if (hard !== undefined) {
        hard(chunk)
        code.brIf(slow)
      }
      vector(chunk)
      skip(code, text, 16)
      code.br(next)
    })
    // Not a vector again before the characters of this one are done.
    code.get(left).i32(16).op('i32.sub').i32(0)
    code.get(left).i32(16).op('i32.gt_u', 'select').set(stop)
    code.loop((again) => {
      code.get(left, stop).op('i32.gt_s')
      code.if(() => {
        character()
        code.br(again)
      })
    })
    code.get(left).brIf(next)
  })
}

export function skip(code: Code, { at, left, pointer }: Text, bytes: number): void {
  advance(code, at, pointer, bytes)
  code.get(left).i32(bytes).op('i32.sub').set(left)
}

/** Adds to an address in a local. */
export function advance(code: Code, address: number, pointer: PointerType, bytes: number): void {
  code.get(address).int(pointer, bytes).op(`${pointer}.add`).set(address)
}

/** Pushes whether a vector of bytes has one that is no ASCII. */
export function beyondAscii(code: Code): (vector: number) => void {
  return (vector) => {
    code.get(vector).op('i8x16.bitmask')
  }
}
