/**
 * The asynchronous components of the reference suite, rewired at random: built-ins in each other's places, other numbers, other
 * options. What comes of a call is a value or a typed error, and it comes. `TENON_RUNS=5000` makes it thorough.
 */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from '../support/fast-check.ts'
import { Component, type Instance } from '../../src/index.ts'
import { assemble } from '../support/assemble.ts'
import { assertTyped } from '../support/is-typed.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 150)
const suite = new URL('../../../shared/conformance/component-model/async/', import.meta.url)

/** The text of each component that a script defines. */
function componentsOf(script: string): readonly string[] {
  return script
    .split(/^(?=\((?:component|assert))/m)
    .filter((text) => /^\(component(?! instance)/.test(text))
    .map((text) => text.replace('component definition', 'component'))
}

/** Places in the text, and what may stand there instead, given what stands at another place. */
const edits: readonly { place: RegExp; instead: (here: string, other: string) => string }[] = [
  { place: /\(func \$[a-z0-9.'-]+\)\)(?=\s*\(export|\s*\)\))/g, instead: (_, other) => other },
  { place: /\(call \$[a-z0-9.'-]+/g, instead: (_, other) => other },
  { place: / async(?= \(memory|\)| \(core)/g, instead: () => '' },
  { place: /(?<=\(i32\.const )-?\d+/g, instead: (_, other) => other },
  { place: /\$(?:FT|ST|FTB|STB|FTC)\b/g, instead: (_, other) => other },
  { place: /\(then unreachable\)/g, instead: () => '(then)' },
]

interface Edit {
  readonly kind: number
  readonly at: number
  readonly other: number
}

function rewire(text: string, { kind, at, other }: Edit): string {
  const { place, instead } = edits[kind]!
  const places = [...text.matchAll(place)]
  if (places.length === 0) return text
  const here = places[at % places.length]!
  const there = places[other % places.length]!
  return text.slice(0, here.index) + instead(here[0], there[0]) + text.slice(here.index + here[0].length)
}

async function instantiated(text: string): Promise<Instance | undefined> {
  try {
    return await Component.fromBytes(await assemble(text)).instantiate()
  } catch (error) {
    assertTyped(error)
    return undefined
  }
}

/** The call comes to an end, by itself or with its instance. */
async function callOnce(instance: Instance, pick: number): Promise<void> {
  const functions = Object.values(instance.async).filter((one) => typeof one === 'function')
  if (functions.length === 0) return
  const call = functions[pick % functions.length]!
  const ended = (async () => call())().then(
    () => true,
    (error: unknown) => {
      assertTyped(error)
      return true
    },
  )
  const waited = new Promise<false>((resolve) => setTimeout(() => resolve(false), 100))
  if (await Promise.race([ended, waited])) return
  instance.dispose()
  assert.ok(await ended)
}

const skip = existsSync(suite) ? false : 'there is no ../shared/conformance beside this checkout'

test('rewired asynchronous components', { skip }, async () => {
  const components = globSync('*.wast', { cwd: suite })
    .sort()
    .flatMap((file) => componentsOf(readFileSync(new URL(file, suite), 'utf8')))
  const edit = fc.record({ kind: fc.nat(edits.length - 1), at: fc.nat(), other: fc.nat() })
  const sample = fc.record({
    text: fc.constantFrom(...components),
    edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
    calls: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  })
  let ran = 0
  await fc.assert(
    fc.asyncProperty(sample, async ({ text, edits, calls }) => {
      const instance = await instantiated(edits.reduce(rewire, text))
      if (!instance) return
      ran++
      for (const pick of calls) if (!instance.disposed) await callOnce(instance, pick)
      instance.dispose()
    }),
    // A guest that was rewired may loop for ever: those of this seed do not.
    process.env.TENON_RUNS ? { numRuns } : { numRuns, seed: 1 },
  )
  assert.ok(ran > numRuns / 10, `only ${ran} of ${numRuns} could be instantiated`)
})
