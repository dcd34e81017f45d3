import type { ByteRange } from '../component/component.ts'
import { refuse } from './malformed-plan.ts'

/** They lie in the file, one after or before the other: a file asks to compile no more than it has. */
export function checkCoreModules(ranges: readonly ByteRange[], { length }: Uint8Array): void {
  let end = 0
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    if (range.start < end || range.end < range.start || range.end > length)
      refuse(`core module at ${range.start} to ${range.end}, in a file of ${length} bytes`)
    end = range.end
  }
}
