import fc from 'fast-check'

/**
 * Random numbers for fast-check, the same ones for the same seeds (mulberry32).
 *
 * @example
 * seededRandom(1, 2).nextInt(0, 99) === seededRandom(1, 2).nextInt(0, 99) // true
 */
export function seededRandom(...seeds: readonly number[]): fc.Random {
  return new fc.Random(generator(seeds.reduce((state, seed) => mix(state ^ seed), 0)))
}

interface Generator {
  clone(): Generator
  /** In [-2³¹, 2³¹). */
  next(): number
  getState(): readonly number[]
}

function generator(seed: number): Generator {
  let state = seed | 0
  return {
    clone: () => generator(state),
    next: () => {
      state = (state + 0x6d2b79f5) | 0
      return mix(state)
    },
    getState: () => [state],
  }
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), value | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return mixed ^ (mixed >>> 14)
}
