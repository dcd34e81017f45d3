/**
 * Bindings: declarations in TypeScript for those who run a component.
 *
 * @module
 */
import '../engine.ts'
export { generateTypes, type TypesOptions } from './declarations/generate-types.ts'
export { moduleTypes, type ModuleTypesOptions } from './declarations/module-types.ts'
