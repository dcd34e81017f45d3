/**
 * What editors ask of texts in WAC and WIT, in memory: problems, completion, what names mean, formatting. The language server answers with
 * the same, see `tenon lsp`.
 *
 * @module
 */
import '../engine.ts'
export { WacError, WitError } from '../errors.ts'
export type { Completion, CompletionKind } from './completion-item.ts'
export { type Hover, LanguageDocument, type TextFile, wacDocument, witDocument } from './language-document.ts'
