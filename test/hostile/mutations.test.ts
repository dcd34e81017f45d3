/**
 * Damaged components: whatever bytes come, there is a typed error or a component, soon. What is still a component is executed, in a
 * worker that is ended after a second. `TENON_MUTATIONS=N` damages each example N times.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { buildPythonGuest, type PythonGuest } from '../../examples/build-python.ts'
import { decode } from '../../src/binary/decode.ts'
import { compile } from '../../src/compile/compile.ts'
import type { ByteRange, Component } from '../../src/component/component.ts'
import { TenonError } from '../../src/errors.ts'
import { validate } from '../../src/validation/index.ts'
import { damage } from './damage.ts'
import { mutantsOutside, mutate, random } from './mutate.ts'

const rustRuns = Number(process.env.TENON_MUTATIONS ?? 10_000)
const pythonRuns = Number(process.env.TENON_MUTATIONS ?? 500)
const seed = 0x7e_40_51
const rustGuests = ['adder', 'interfaced-adder', 'kv-store', 'calculator']
const pythonGuests: readonly PythonGuest[] = ['adder', 'interfaced-adder']

/** The code of the typed error that refuses it; undefined for a component. */
function refusal(mutant: Uint8Array): string | undefined {
  try {
    const component = decode(mutant)
    validate(component)
    compile(component)
    return undefined
  } catch (error) {
    if (error instanceof TenonError) return error.code
    throw error
  }
}

function moduleRanges({ definitions }: Component): ByteRange[] {
  return definitions.flatMap((definition) => {
    if (definition.kind === 'core-module') return [definition.range]
    return definition.kind === 'component' ? moduleRanges(definition.component) : []
  })
}

function report(t: { diagnostic(message: string): void }, ends: ReadonlyMap<string, number>): void {
  const summary = Array.from(ends, ([end, count]) => `${end} ${count}`).join(', ')
  t.diagnostic(summary)
  for (const end of ['decode', 'validation', 'returned'])
    assert.ok(ends.has(end), `none ended with ${end}: ${summary}`)
}

describe('damaged Rust components', { concurrency: 2 }, () => {
  for (const guest of rustGuests) {
    test(`${guest}, ${rustRuns} times`, async (t) => {
      const bytes = new Uint8Array(readFileSync(`examples/${guest}/rust/${guest}.wasm`))
      const next = random(seed)
      const modules = moduleRanges(decode(bytes))
      report(t, await damage(bytes, rustRuns, () => mutate(bytes, modules, next), refusal))
    })
  }
})

describe('damaged Python components', () => {
  for (const guest of pythonGuests) {
    test(`${guest}, ${pythonRuns} times outside of its core modules`, async (t) => {
      const built = await buildPythonGuest(guest)
      if ('reason' in built) return t.skip(`${built.reason}; to install it: ${built.cure}`)
      const bytes = new Uint8Array(readFileSync(built.path))
      const mutant = mutantsOutside(bytes, moduleRanges(decode(bytes)), random(seed))
      report(t, await damage(bytes, pythonRuns, mutant, refusal))
    })
  }
})
