/** Damaged copies of a file, the same ones in every run. */
import type { ByteRange } from '../../src/component/component.ts'

/** A generator of integers in [0, 2³²), the same ones for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

/**
 * A copy with one to three bytes changed (a bit flipped, or any value), or cut, or with bytes inserted or removed.
 * Half of the damage falls outside of `modules`, which are nearly all of a file but no part of the component layer.
 */
export function mutate(bytes: Uint8Array, modules: readonly ByteRange[], next: () => number): Uint8Array {
  const kind = next() % 16
  if (kind === 0) return bytes.slice(0, next() % bytes.length)
  if (kind === 1) return splice(bytes, placeOf(bytes, modules, next), 0, next() % 5)
  if (kind === 2) return splice(bytes, placeOf(bytes, modules, next), 1 + (next() % 4), 0)
  const mutant = bytes.slice()
  for (let changes = 1 + (next() % 3); changes > 0; changes--)
    change(mutant, placeOf(bytes, modules, next), next)
  return mutant
}

/**
 * Mutants of the same length with one to three bytes changed, all outside of `modules`: each call changes the same copy, and
 * undoes what the one before changed. Copies of large files take longer than all that is done with them.
 */
export function mutantsOutside(
  bytes: Uint8Array,
  modules: readonly ByteRange[],
  next: () => number,
): () => Uint8Array {
  const mutant = bytes.slice()
  let places: readonly number[] = []
  return () => {
    for (const place of places) mutant[place] = bytes[place]!
    places = Array.from({ length: 1 + (next() % 3) }, () => {
      const place = placeOutside(bytes, modules, next)
      change(mutant, place, next)
      return place
    })
    return mutant
  }
}

function change(mutant: Uint8Array, place: number, next: () => number): void {
  if (next() % 2) mutant[place]! ^= 1 << (next() % 8)
  else mutant[place] = next() & 0xff
}

function placeOf(bytes: Uint8Array, modules: readonly ByteRange[], next: () => number): number {
  return next() % 2 ? next() % bytes.length : placeOutside(bytes, modules, next)
}

function placeOutside(bytes: Uint8Array, modules: readonly ByteRange[], next: () => number): number {
  const inside = modules.reduce((sum, { start, end }) => sum + end - start, 0)
  let place = next() % (bytes.length - inside)
  for (const { start, end } of modules) if (place >= start) place += end - start
  return place
}

function splice(bytes: Uint8Array, at: number, removed: number, inserted: number): Uint8Array {
  const rest = bytes.subarray(Math.min(bytes.length, at + removed))
  const result = new Uint8Array(at + inserted + rest.length)
  result.set(bytes.subarray(0, at))
  result.set(rest, at + inserted)
  return result
}
