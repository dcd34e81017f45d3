/** Formatted WIT has the same tokens and comments, resolves to the same, and is not changed by formatting it again. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readWitSources } from '../../src/cli/read-wit.ts'
import { Source } from '../../src/diagnostics/source.ts'
import { WitError } from '../../src/errors.ts'
import { formatWit } from '../../src/wit/format.ts'
import { endOfBlockComment, Lexer } from '../../src/wit/lex.ts'
import { printPackage } from '../../src/wit/print-package.ts'
import { Problems } from '../../src/wit/problems.ts'
import { resolveWit, type WitSources } from '../../src/wit/resolve.ts'
import fc from '../support/fast-check.ts'
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

describe('formatted texts', { skip }, () => {
  it('are found', () => assert.ok(texts.size > 200, `${texts.size}`))

  it('keep their tokens and their comments', () => {
    for (const [path, text] of texts) assertKept(text, path)
  })

  it('keep them with comments anywhere', () => {
    const comment = fc.constantFrom(
      '/* c */',
      '// c\n',
      '/// d\n',
      '/** d\r\n   * e */',
      '\n\n\n',
      '\r\n',
      '/* /* n */ // */ // f \n',
    )
    const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), comment })
    const any = fc.record({
      path: fc.constantFrom(...texts.keys()),
      edits: fc.array(edit, { minLength: 1, maxLength: 12 }),
    })
    fc.assert(
      fc.property(any, ({ path, edits }) => {
        const text = texts.get(path)!
        const gaps = gapsOf(text)
        const sorted = edits
          .map(({ at, comment: one }) => ({ at: gaps[Math.floor(at * (gaps.length - 1))]!, comment: one }))
          .sort((a, b) => b.at - a.at)
        const edited = sorted.reduce((whole, one) => insert(whole, one.at, ` ${one.comment}`), text)
        assertKept(edited, path)
      }),
      { numRuns },
    )
  })
})

describe('formatted packages resolve to the same', { skip }, () => {
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

  it('and printed ones are formatted', () => {
    for (const [name, sources] of readWasi()) {
      const text = printPackage(resolveWit(sources, { features: 'all' }).main)
      if (!text.split('\n').some((line) => line.length > 100)) assert.equal(formatWit(text), text, name)
    }
  })
})

function assertSame({ files, dependencies = [] }: WitSources): void {
  const formatted = (group: WitSources['files']): WitSources['files'] =>
    group.map(({ name, text }) => ({ name, text: formatWit(new TextDecoder().decode(text as Uint8Array)) }))
  const again = { files: formatted(files), dependencies: dependencies.map(formatted) }
  const options = { features: new Set(['active']) }
  const [before, after] = [{ files, dependencies }, again].map((each) => resolveWit(each, options).packages)
  assert.deepEqual(structureOf(after!), structureOf(before!))
  assert.deepEqual(
    after!.map((each) => printPackage(each)),
    before!.map((each) => printPackage(each)),
  )
}

function assertKept(text: string, name: string): void {
  const once = formatWit(text, name)
  assert.equal(formatWit(once), once, name)
  assert.deepEqual(gist(once), gist(text), name)
  assert.doesNotMatch(once, /^\s*\n|[^\n]$|\n\n$/, name)
  assert.doesNotMatch(once.replaceAll(/\/\*[\s\S]*?\*\//g, 'x'), /[ \t]\n|\n\n\n/, name)
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

/** Tokens and comments in order, without the commas behind last elements. */
function gist(text: string): string[] {
  const found: string[] = []
  for (const { token, comments } of tokensOf(text)) {
    const before = comments.map((one) => one.replaceAll('\r\n', '\n').trimEnd())
    if ((token === '}' || token === ')' || token === '>') && found.at(-1) === ',') {
      found.pop()
    }
    found.push(...before, token)
  }
  return found
}

function tokensOf(text: string): { token: string; start: number; comments: string[] }[] {
  const lexer = new Lexer(new Source('a.wit', text), new Problems())
  const found = []
  for (;;) {
    const comments = commentsIn(text.slice(lexer.previousEnd, lexer.start))
    found.push({ token: lexer.text(), start: lexer.start, comments })
    if (lexer.kind === 'eof') return found
    lexer.advance()
  }
}

function commentsIn(gap: string): string[] {
  const at = gap.indexOf('/')
  if (at === -1) return []
  const newline = gap.indexOf('\n', at)
  const lineEnd = newline === -1 ? gap.length : newline
  const end = gap[at + 1] === '/' ? lineEnd : endOfBlockComment(gap, at)
  return [gap.slice(at, end), ...commentsIn(gap.slice(end))]
}

/** Where a comment may stand: before each token, but not within a version. */
function gapsOf(text: string): number[] {
  const versions = [...text.matchAll(/\d+\.\d+\.\d+[-+.\w]*/g)].map(({ index, 0: all }) => [
    index,
    index + all.length,
  ])
  return tokensOf(text)
    .map(({ start }) => start)
    .filter((start) => !versions.some(([from, to]) => start > from! && start < to!))
}

function insert(text: string, at: number, what: string): string {
  return `${text.slice(0, at)}${what}${text.slice(at)}`
}
