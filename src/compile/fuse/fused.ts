/** Back ends with adapters: calls between components go from wasm to wasm. */
import type { BackEnd } from '../../runtime/back-end.ts'
import { glue } from '../glue/glue.ts'
import { fuse } from './fuse.ts'

/**
 * Adapters are no source text: they serve also where code must not be generated from strings. What makes them is read at the first
 * call: a command loads it only then.
 */
export function withAdapters(backEnd: BackEnd): BackEnd {
  return { ...backEnd, fuse: (calls) => fuse(calls) }
}

/** The one that is used where nothing else is asked for. */
export const fused: BackEnd = { ...withAdapters(glue), name: 'fused' }
