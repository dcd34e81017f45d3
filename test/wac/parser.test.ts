/** The tests of `wac-parser`'s parser: what it reads is read, what it refuses is refused at the same place. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseDocument } from '../../src/compose/wac/parse.ts'
import { Source } from '../../src/diagnostics/source.ts'
import { WitError } from '../../src/errors.ts'
import { Problems } from '../../src/wit/problems.ts'
import { readRefusal } from './reference-refusal.ts'

const folder = fileURLToPath(new URL('../../../shared/conformance/wac/parser/', import.meta.url))
const skip = !existsSync(folder) && 'there is no ../shared/conformance/wac beside this checkout'
const documents = (path: string): string[] =>
  skip ? [] : readdirSync(path).filter((name) => name.endsWith('.wac'))

describe('WAC that parses', { skip }, () => {
  it('is found', () => assert.equal(documents(folder).length, 7))
  for (const name of documents(folder)) {
    it(name, () => {
      const problems = new Problems()
      const source = new Source(name, readFileSync(folder + name, 'utf8'))
      const document = parseDocument(source, problems)
      problems.throwIfAny()
      const reference = JSON.parse(readFileSync(`${folder}${name}.result`, 'utf8')) as {
        statements: readonly object[]
      }
      const kinds = document!.statements.map(({ kind }) =>
        kind === 'import' || kind === 'let' || kind === 'export' ? kind : 'type',
      )
      const wanted = reference.statements.map((each) => Object.keys(each)[0]!.toLowerCase())
      assert.deepEqual(kinds, wanted)
      const found = new Set(ours(document))
      const missing = [...theirs(reference)].filter((each) => !found.has(each))
      assert.deepEqual(missing, [])
    })
  }
})

describe('WAC that does not parse', { skip }, () => {
  const failing = `${folder}fail/`
  it('is found', () => assert.equal(documents(failing).length, 12))
  for (const name of documents(failing)) {
    it(name, () => {
      const text = readFileSync(failing + name, 'utf8')
      const wanted = readRefusal(readFileSync(`${failing}${name}.result`, 'utf8'))
      const source = new Source(name, text)
      const problems = new Problems()
      parseDocument(source, problems)
      const error = captured(() => problems.throwIfAny())
      const { span } = error.diagnostics[0]!.labels[0]!
      // The end of the text is shown where it is, not at the last token before it.
      if (wanted.message.includes('found end of input')) assert.equal(span.start, text.length)
      else assert.deepEqual(source.position(span.start), wanted.place, error.message)
    })
  }
})

function captured(action: () => void): WitError {
  try {
    action()
  } catch (error) {
    assert.ok(error instanceof WitError, String(error))
    return error
  }
  return assert.fail('it was not refused')
}

/** Every name and every expression with its place, of the reference's tree: `12+3 abc`, `10+20`. */
function* theirs(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return
  const { span, string, primary } = node as Partial<Record<string, { offset: number; length: number }>>
  const isName = typeof string === 'string' && /^[\w-]+$/.test(string)
  if (span && isName) yield `${span.offset}+${span.length} ${string}`
  if (span && primary) yield `${span.offset}+${span.length}`
  for (const each of Object.values(node)) yield* theirs(each)
}

/** The same of our tree. */
function* ours(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null || node instanceof Source) return
  const { start, end, name, text } = node as Partial<Record<string, number | string>>
  if (typeof start === 'number' && typeof end === 'number') {
    yield `${start}+${end - start}`
    yield `${start}+${end - start} ${name ?? text}`
  }
  for (const each of Object.values(node)) yield* ours(each)
}
