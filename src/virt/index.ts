/**
 * Components that answer for the host: fixed environment, clocks and random numbers, no files, no network.
 *
 * @module
 */
import '../engine.ts'
export { CompositionError } from '../errors.ts'
export { encodeComposition } from '../compose/encode-composition.ts'
export type { Part, Plugged } from '../compose/plug.ts'
export { type Virtualization, virtualize } from './virtualize.ts'
