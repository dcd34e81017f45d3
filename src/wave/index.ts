/**
 * WAVE, the text encoding of component values, as people type it on a command line; and values as JSON.
 *
 * @module
 */
import '../engine.ts'
export { propertyNames } from '../component/js-name.ts'
export { isTaggedOption } from '../component/option-shape.ts'
export { WaveError } from '../errors.ts'
export { fromJson, type Json, toJson } from './json.ts'
export { type Call, parseCall, toArguments } from './parse-call.ts'
export { parseValue } from './parse-value.ts'
export { printValue } from './print-value.ts'
