/**
 * Bindings: declarations in TypeScript for those who run a component, and components as JavaScript modules.
 *
 * @module
 */
import '../engine.ts'
export { generateTypes, type TypesOptions } from './declarations/generate-types.ts'
export { transpile, type Transpiled, type TranspileOptions } from './transpile/transpile.ts'
export { guestTypes } from './declarations/guest-types.ts'
export { moduleTypes, type ModuleTypesOptions } from './declarations/module-types.ts'
