/** The core modules of a component in the form in which they are instantiated, in the place of the original ones. */
import { type RewrittenCoreModule, rewriteCoreModule } from '../binary/rewrite-core-module.ts'
import type { ByteRange } from '../component/component.ts'
import { DecodeError } from '../errors.ts'
import { concatenated, type Edit, sectionEdits } from './edits.ts'

/** What `rewriteCoreModule` says of a module, beside its bytes. */
export type RewrittenForm = Omit<RewrittenCoreModule, 'bytes'>

export interface LinkableModule {
  /** Where it lies in the changed file. */
  readonly range: ByteRange
  /** Undefined for a module that stayed as it was. */
  readonly form: RewrittenForm | undefined
}

export interface LinkableFile {
  readonly bytes: Uint8Array
  /** By the modules' indices. */
  readonly modules: readonly LinkableModule[]
  readonly edits: readonly Edit[]
}

/** @param ranges of core modules, none in another */
export function linkableFile(component: Uint8Array, ranges: readonly ByteRange[]): LinkableFile {
  const parts: Uint8Array[] = []
  const modules: LinkableModule[] = []
  const edits: Edit[] = []
  let [from, length, edited] = [0, 0, 0]
  const add = (part: Uint8Array): void => {
    parts.push(part)
    length += part.length
  }
  const inOrder = ranges
    .map((range, index) => ({ range, index }))
    .sort((a, b) => a.range.start - b.range.start)
  for (const { range, index } of inOrder) {
    add(component.subarray(from, range.start))
    const start = length
    const original = component.subarray(range.start, range.end)
    const rewritten = rewrite(original)
    if (rewritten) {
      for (const { skip, removed, inserted } of sectionEdits(original, rewritten.bytes)) {
        edits.push({ skip: length - edited + skip, removed, inserted })
        edited = length + skip + removed
        length = edited
      }
      length = start
    }
    add(rewritten?.bytes ?? original)
    modules[index] = { range: { start, end: length }, form: rewritten && formOf(rewritten) }
    from = range.end
  }
  add(component.subarray(from))
  return { bytes: edits.length > 0 ? concatenated(parts) : component, modules, edits }
}

/** Undefined also for what cannot be rewritten: whoever instantiates it is told why. */
function rewrite(module: Uint8Array): RewrittenCoreModule | undefined {
  try {
    return rewriteCoreModule(module)
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

function formOf({ memories, start, codeShift }: RewrittenCoreModule): RewrittenForm {
  return { memories, start, codeShift }
}
