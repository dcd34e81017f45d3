/**
 * Components looked at and not run: what is inside, how large it is, who uses what, and what is wrong with it.
 *
 * @module
 */
import '../engine.ts'
export { renderHexFrame } from '../diagnostics/hex-frame.ts'
export type { CallPath, Step } from './call-graph.ts'
export { examine, type Examination, type ExamineOptions } from './examine.ts'
export { type ComponentNode, type FileNode, type ModuleNode, modulesOf } from './file-tree.ts'
export { hashOf } from './hash-of.ts'
export {
  inspect,
  type InspectOptions,
  type Inspection,
  type ModuleReference,
  type Reach,
  type Report,
  type ReportedItem,
} from './inspection.ts'
export { describeItems } from './item-names.ts'
export type { ImportItem, ModuleUse } from './wiring.ts'
