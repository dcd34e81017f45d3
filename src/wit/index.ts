/**
 * WIT: texts resolved to packages, whose types are those of components.
 *
 * @module
 */
import '../engine.ts'
export type { ComponentType, ExternType, FunctionType, InstanceType } from '../component/extern-type.ts'
export type { ResourceType, ValueType } from '../component/value-type.ts'
export { WitError } from '../errors.ts'
export type { Features } from './gates.ts'
export type {
  PackageName,
  ResourceHandles,
  Stability,
  TypeDefinition,
  WitFunction,
  WitInterface,
  WitPackage,
  WitWorld,
  WorldItem,
} from './package.ts'
export { encodePackage } from './encode-package.ts'
export { interfaceType, worldType } from './world-type.ts'
export { formatWit } from './format.ts'
export { printPackage } from './print-package.ts'
export type { WitFile } from './package-sources.ts'
export { type ResolvedWit, type ResolveOptions, resolveWit, type WitSources } from './resolve.ts'
