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
export { type DecodedWit, decodeWit } from './decode-wit.ts'
export { encodePackage } from './encode-package.ts'
export { type InterfaceWit, interfaceOf } from './interface-of.ts'
export { type ComponentWit, type WorldNames, worldOf } from './world-of.ts'
export { type TargetBreak, targets } from './targets.ts'
export { printWit } from './print-wit.ts'
export type { Unprintable } from './world-reader.ts'
export { interfaceType, worldType } from './world-type.ts'
export { findWorld } from './find-world.ts'
export { formatWit } from './format.ts'
export { importize } from './importize.ts'
export { witToJson } from './json.ts'
export type * from './json-model.ts'
export { type PackageFile, packageFiles } from './package-files.ts'
export { mergePackages } from './merge-packages.ts'
export { packagesOfWorld } from './packages-of-world.ts'
export { printFunction } from './print-function.ts'
export { printPackage } from './print-package.ts'
export { printType, type TypeNames } from './print-type.ts'
export { replaceWorld } from './replace-world.ts'
export type { WitFile } from './package-sources.ts'
export type { Place } from './problems.ts'
export type { SemverChange } from './semver/changes.ts'
export { semverCheck, type SemverOptions } from './semver/semver-check.ts'
export type { Bump, SemverReport } from './semver/report.ts'
export { type ResolvedWit, type ResolveOptions, resolveWit, type WitSources } from './resolve.ts'
