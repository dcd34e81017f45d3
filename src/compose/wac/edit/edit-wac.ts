import type { WitFile } from '../../../wit/package-sources.ts'
import { formatWac } from '../format.ts'
import type { PackageFinder } from '../package-finder.ts'
import { connect } from './connect.ts'
import { disconnect } from './disconnect.ts'
import { Draft } from './draft.ts'
import { editsBetween } from './edits-between.ts'
import { addExport, exportAll, removeExport, renameExport } from './export.ts'
import { importOpen } from './import.ts'
import { instantiate } from './instantiate.ts'
import { remove } from './remove.ts'
import { rename } from './rename.ts'
import { setPackage } from './set-package.ts'
import { applyEdits, type TextEdit } from './text-edit.ts'
import type { WacAction } from './wac-action.ts'

export interface EditedWac {
  readonly text: string
  /** What makes it of the text before: sorted, none overlapping another. */
  readonly edits: readonly TextEdit[]
  /** Of what was made: the name of an instance or an import in the text, or of an export. */
  readonly name: string | undefined
}

/**
 * Changes what a WAC text composes, and nothing else of it: comments, blank lines and the form in which things are written stay. A text that
 * is as `formatWac` has it is so afterwards, too.
 *
 * What is wrong with other statements is no matter; the text has to be readable, though. Types are not compared: the analysis of the new
 * text says what does not fit.
 *
 * @param finder where its packages come from
 * @throws {WacEditError}
 * @example
 * const text = 'package my:app; let sink = new my:sink {}; let app = new my:app { ... };'
 * const sink = { kind: 'component', component: await assemble('(component (import "x" (func)) (export "log" (func 0)))') }
 * const app = { kind: 'component', component: await assemble('(component (import "log" (func)))') }
 * const finder = { find: (name) => (name === 'my:app' ? app : sink) }
 * const action = { kind: 'connect', instance: 'app', argument: 'log', from: 'sink', export: 'log' }
 * editWac({ name: 'app.wac', text }, finder, action).edits // [{ start: 66, end: 66, text: 'log: sink.log, ' }]
 */
export function editWac(file: WitFile, finder: PackageFinder, action: WacAction): EditedWac {
  const draft = new Draft(file, finder)
  const before = draft.text
  const name = perform(draft, action)
  const steps = draft.text === before ? [...draft.pending] : undefined
  const edited = applyEdits(draft.text, draft.pending)
  const text = edited !== before && isFormatted(before) ? formatWac(edited) : edited
  // What took several steps, or was formatted, is compared with how it began.
  return { text, edits: steps && text === edited ? steps : editsBetween(before, text), name }
}

function isFormatted(text: string): boolean {
  return formatWac(text) === text
}

/** @returns the name of what was made */
function perform(draft: Draft, action: WacAction): string | undefined {
  switch (action.kind) {
    case 'instantiate':
      return instantiate(draft, action)
    case 'import':
      return importOpen(draft, action)
    case 'export':
      return addExport(draft, action)
    case 'connect':
      connect(draft, action)
      return undefined
    case 'disconnect':
      disconnect(draft, action)
      return undefined
    case 'export-all':
      exportAll(draft, action)
      return undefined
    case 'rename-export':
      renameExport(draft, action)
      return undefined
    case 'remove-export':
      removeExport(draft, action)
      return undefined
    case 'rename':
      rename(draft, action)
      return undefined
    case 'remove':
      remove(draft, action)
      return undefined
    case 'set-package':
      setPackage(draft, action)
      return undefined
  }
}
