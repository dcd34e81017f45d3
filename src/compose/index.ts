/**
 * Components composed: a graph of them, checked as it is made, and written as one component.
 *
 * @module
 */
import '../engine.ts'
export type { ComponentType, ExternType } from '../component/extern-type.ts'
export {
  CompositionError,
  type CompositionProblem,
  type TypeDifference,
  WacEditError,
  type WacEditProblem,
  WacError,
} from '../errors.ts'
export { type ComparedItem, compareExterns, type ExternComparison } from './compare-externs.ts'
export { Composition, type Edge } from './composition.ts'
export type { CompositionJson } from './composition-json.ts'
export type { CompositionNode, NodeId } from './composition-node.ts'
export { encodeComposition, type EncodeOptions } from './encode-composition.ts'
export { isGivenByWasi } from './given-by-wasi.ts'
export { nameOnTrack } from '../component/interface-path.ts'
export { linkerProgram, type LinkerProgram, type LinkerProgramOptions } from './linker-program.ts'
export type { OpenImport, Wanting } from './open-imports.ts'
export { type NamedComponent, packageNameFor } from './package-name.ts'
export type { Package } from './package-source.ts'
export {
  type Connection,
  describeMisfit,
  type Misfit,
  type Part,
  plug,
  type Plugged,
} from './plug.ts'
export {
  analyzeWac,
  type BrokenInstance,
  type WacAnalysis,
  type WacArgument,
  type WacExport,
  type WacName,
  type WacNode,
} from './wac/analyze.ts'
export { type EditedWac, editWac } from './wac/edit/edit-wac.ts'
export { editsBetween } from './wac/edit/edits-between.ts'
export { newDocument } from './wac/edit/new-document.ts'
export type { TextEdit } from './wac/edit/text-edit.ts'
export type { NodeReference, WacAction } from './wac/edit/wac-action.ts'
export { formatWac } from './wac/format.ts'
export type { FoundPackage, PackageFinder } from './wac/package-finder.ts'
export { type ResolvedWac, resolveWac, type WacOptions } from './wac/resolve.ts'
export type { WrittenArgument, WrittenSource } from './wac/written-arguments.ts'
export { printExtern } from './type-difference.ts'
export { misfitOf } from './type-fit.ts'
export { type Candidate, type ExplainedImport, explainImports } from './explain-imports.ts'
