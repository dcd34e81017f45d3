/**
 * Compositions that run without having been written, and parts of them that are exchanged meanwhile.
 *
 * @module
 */
import '../engine.ts'
export { CompositionError } from '../errors.ts'
export {
  type LiveCall,
  LiveComposition,
  type LiveObserver,
  type LiveOptions,
  type Replacement,
} from './live-composition.ts'
