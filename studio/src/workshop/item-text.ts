import { type ExternType, printExtern } from 'tenon/compose'
import type { ItemSummary } from '../contract/workshop.ts'
import { cut, limits } from './limits.ts'

/** Types of packages stay the same as long as the packages do. */
const printed = new WeakMap<ExternType, string>()

/** In one line of WIT. */
export function itemText(type: ExternType): string {
  let text = printed.get(type)
  if (text === undefined) {
    text = cut(printExtern(type), limits.line)
    printed.set(type, text)
  }
  return text
}

/** To be read on a block: `run` of `wasi:cli/run@0.2.3`. */
export function labelOf(name: string): string {
  return cut(/\/([^/@]*)(?:@.*)?$/.exec(name)?.[1] ?? name, limits.line)
}

export function summaries(externs: ReadonlyMap<string, ExternType>): ItemSummary[] {
  return Array.from(externs, ([name, type]) => ({ name, type: itemText(type) }))
}
