/** Formatted WIT has the same tokens and comments, resolves to the same, and is not changed by formatting it again. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readWitSources } from '../../src/cli/read-wit.ts'
import { WitError } from '../../src/errors.ts'
import { formatWit } from '../../src/wit/format.ts'
import { printPackage } from '../../src/wit/print-package.ts'
import { resolveWit, type WitSources } from '../../src/wit/resolve.ts'
import fc from '../support/fast-check.ts'
import { assertKept, commentEdits, withComments } from '../support/formatted-text.ts'
import { readWasi } from './read-wasi.ts'
import { structureOf } from './reference-structure.ts'

const vectors = fileURLToPath(new URL('../../../shared/conformance/', import.meta.url))
const skip = !existsSync(vectors) && 'there is no ../shared/conformance beside this checkout'
const numRuns = Number(process.env.TENON_RUNS ?? 300)

/** By path. */
const texts = new Map(
  (skip ? [] : globSync('{wit,wasi}/**/*.wit', { cwd: vectors }).sort()).flatMap((path) => {
    const text = readFileSync(`${vectors}${path}`, 'utf8')
    return format(text) === undefined ? [] : [[path, text] as const]
  }),
)

/** Those that resolve without others. */
const alone = new Set([...texts.keys()].filter((path) => resolves(texts.get(path)!)))

describe('formatted texts', { skip }, () => {
  it('are found', () => assert.ok(texts.size > 200 && alone.size > 50, `${texts.size} ${alone.size}`))

  it('keep their tokens and their comments', () => {
    for (const [path, text] of texts) assertKept(formatWit, text, path)
  })

  it('keep them with comments anywhere', () => {
    const any = fc.record({
      path: fc.constantFrom(...texts.keys()),
      edits: commentEdits,
    })
    fc.assert(
      fc.property(any, ({ path, edits }) => {
        const text = withComments(texts.get(path)!, edits)
        assertKept(formatWit, text, path)
        if (alone.has(path)) assertSame({ files: [{ name: path, text }] })
      }),
      { numRuns },
    )
  })
})

describe('formatted packages resolve to the same, and printed ones are formatted', { skip }, () => {
  const folder = `${vectors}wit/ui/`
  const names = skip ? [] : readdirSync(folder).filter((name) => name.endsWith('.wit.json'))
  for (const file of names) {
    const name = file.slice(0, -'.wit.json'.length)
    const path = existsSync(`${folder}${name}.wit`) ? `${folder}${name}.wit` : `${folder}${name}`
    // These have dependencies that are not text.
    if (!['simple-wasm-text', 'kinds-of-deps'].includes(name))
      it(name, () => assertSame(readWitSources(path)))
  }
  for (const [name, sources] of readWasi()) it(`wasi ${name}`, () => assertSame(sources))
})

function resolves(text: string): boolean {
  try {
    resolveWit({ files: [{ name: 'a.wit', text }] }, { features: new Set(['active']) })
    return true
  } catch (error) {
    assert.ok(error instanceof WitError)
    return false
  }
}

function assertSame({ files, dependencies = [] }: WitSources): void {
  const formatted = (group: WitSources['files']): WitSources['files'] =>
    group.map(({ name, text }) => ({
      name,
      text: formatWit(typeof text === 'string' ? text : new TextDecoder().decode(text)),
    }))
  const again = { files: formatted(files), dependencies: dependencies.map(formatted) }
  const options = { features: new Set(['active']) }
  const [before, after] = [{ files, dependencies }, again].map((each) => resolveWit(each, options).packages)
  assert.deepEqual(structureOf(after!), structureOf(before!))
  const printed = before!.map((each) => printPackage(each))
  assert.deepEqual(
    after!.map((each) => printPackage(each)),
    printed,
  )
  // What is printed is formatted, but that long lines are not broken.
  for (const text of printed) if (!/.{101}/.test(text)) assert.equal(formatWit(text), text)
}

/** Undefined where it does not parse. */
function format(text: string): string | undefined {
  try {
    return formatWit(text)
  } catch (error) {
    assert.ok(error instanceof WitError)
    return undefined
  }
}
