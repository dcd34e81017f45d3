import { bytes } from './groups/bytes.ts'
import { calls } from './groups/calls.ts'
import { composed } from './groups/composed.ts'
import { files } from './groups/files.ts'
import { instances } from './groups/instances.ts'
import { records } from './groups/records.ts'
import { recycling } from './groups/recycling.ts'
import { several } from './groups/several.ts'
import { strings } from './groups/strings.ts'
import { swap } from './groups/swap.ts'
import type { Scenario } from './scenario.ts'

/** What is timed inside running processes, by the words that `npm run bench -- WORD …` takes. */
export const groups: Readonly<Record<string, readonly Scenario[]>> = {
  calls,
  strings,
  bytes,
  records,
  several,
  instances,
  recycling,
  files,
  composed,
  swap,
}
