import type { LiveResource } from '../../contract/run.ts'
import { functionName } from '../timeline/rows.ts'

/** The call that made a resource, as people write it: `counter.constructor(1)`. */
export function originOf({ from }: Pick<LiveResource, 'from'>): string {
  const end = from.indexOf('(')
  return end === -1 ? functionName(from) : functionName(from.slice(0, end)) + from.slice(end)
}
