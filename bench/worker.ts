/**
 * The process of one contestant: prepares and times what the harness asks for. Each has its own, so that no contestant's
 * types, garbage or compiled code disturb another's.
 */
import { type ContestantName, contestants } from './contestants.ts'
import { groups } from './groups.ts'

/** What the harness asks for, and what it is answered. */
export type Request = { readonly prepare: { readonly group: string; readonly index: number } } | 'sample'
export type Answer =
  | { readonly result: string }
  | { readonly nanoseconds: number }
  | { readonly error: string }

/** Milliseconds. A sample is long against the clock's resolution and short against a machine's moods. */
const sampleLength = 10
const warmUpLength = 250

type Loop = (times: number) => unknown

const { load } = await contestants[process.argv[2] as ContestantName]()
const contestant = await load()

let loop: Loop = () => undefined
let times = 1
let operations = 1
let collectsFirst = false

async function prepare(group: string, index: number): Promise<string> {
  const scenario = groups[group]![index]!
  loop = scenario.prepare(contestant)
  operations = scenario.operations ?? 1
  collectsFirst = scenario.collectsFirst ?? false
  const result = JSON.stringify(await loop(3))
  const end = performance.now() + warmUpLength
  times = 1
  do {
    const taken = await time()
    times = Math.max(1, Math.min(times * 2, Math.round((times * sampleLength) / taken)))
  } while (performance.now() < end)
  return result ?? ''
}

/** Milliseconds of one sample. */
async function time(): Promise<number> {
  if (collectsFirst) gc?.()
  const start = performance.now()
  await loop(times)
  return performance.now() - start
}

async function answer(request: Request): Promise<Answer> {
  if (request === 'sample') return { nanoseconds: ((await time()) * 1e6) / times / operations }
  return { result: await prepare(request.prepare.group, request.prepare.index) }
}

process.on('message', (request: Request) => {
  answer(request)
    .catch((error): Answer => ({ error: error instanceof Error ? error.message : String(error) }))
    .then((it) => process.send!(it))
})
process.on('disconnect', () => process.exit())
process.send!({ result: '' } satisfies Answer)
