/** The two components of `guests/composed` as a live composition, in which the one that is called can be exchanged. */
import { readFileSync } from 'node:fs'
import { composedFile } from './guests.ts'
import type { Composed } from './values.ts'

const dist = new URL('../dist/', import.meta.url).href
const { decode }: typeof import('../src/binary/index.ts') = await import(`${dist}binary/index.js`)
const { Composition }: typeof import('../src/compose/index.ts') = await import(`${dist}compose/index.js`)
const { LiveComposition }: typeof import('../src/live/index.ts') = await import(`${dist}live/index.js`)

/** @param isSwappable whether it can be; otherwise the two are one tree, as if they had been written as one component */
export async function exchangeable(isSwappable: boolean): Promise<Composed> {
  const { definitions } = decode(readFileSync(composedFile))
  const [callee, caller] = definitions.flatMap((one) => (one.kind === 'component' ? [one.component] : []))
  const added = new Composition().add('bench:callee', callee!).add('bench:caller', caller!)
  let [graph, part] = added.instantiate('bench:callee')
  const args: Record<string, typeof part> = {}
  for (const name of ['add', 'string-length', 'bytes-length']) {
    const [aliased, item] = graph.alias(part, name)
    graph = aliased
    args[name] = item
  }
  let [whole, user] = graph.instantiate('bench:caller', args)
  for (const name of ['run-add', 'run-string', 'run-bytes']) {
    const [aliased, item] = whole.alias(user, name)
    whole = aliased.export(item, name)
  }
  const live = await LiveComposition.instantiate(whole, {}, { swappable: isSwappable ? [part] : [] })
  // The types of a component are known at run time only.
  const composed = live.exports as unknown as Composed
  return { ...composed, runUnchecked: composed.runString }
}
