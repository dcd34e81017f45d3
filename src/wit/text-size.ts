import { limits } from '../component/limits.ts'
import type { Source } from '../diagnostics/source.ts'
import type { Problems } from './problems.ts'

/** Reports a text that is larger than `limits.witText`; nothing of it is read. */
export function refuseSize(source: Source, problems: Problems): void {
  problems.report({ source, span: { start: 0, end: 0 } }, 'this text is too large', {
    notes: [`one text has at most ${limits.witText / 2 ** 20} MiB: a package can have several`],
  })
}
