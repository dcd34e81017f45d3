import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from '../../test/support/fast-check.ts'
import { encode } from '../binary/encode.ts'
import { limits } from '../component/limits.ts'
import { type Analysis, analyzeWit, type ParsedFile, parseWitFile } from './analyze.ts'
import { readPackages } from './binary-packages.ts'
import { encodePackage } from './encode-package.ts'
import { keyOf } from './references.ts'
import { resolveWit } from './resolve.ts'
import { ResolvedBefore } from './resolved-before.ts'

/** Files by name, each a package; what did not change is not parsed again. */
class Folder {
  readonly #files = new Map<string, ParsedFile>()

  write(name: string, text: string): void {
    this.#files.set(name, parseWitFile({ name, text }))
  }

  remove(name: string): void {
    this.#files.delete(name)
  }

  get groups(): ParsedFile[][] {
    return [...this.#files.values()].map((file) => [file])
  }
}

const bottom = 'package a:bottom; interface i { type t = u32; record r { t: t } }'
const middle = 'package a:middle; interface i { use a:bottom/i.{r}; f: func(r: r); }'
const top = 'package a:top; world w { import a:middle/i; }'
const other = 'package a:other; interface i { use a:bottom/i.{t}; f: func() -> t; }'

function chain(): Folder {
  const folder = new Folder()
  for (const [i, text] of [bottom, middle, top, other].entries()) folder.write(`${i}.wit`, text)
  return folder
}

/** The packages that are not what they were. */
function changed(before: Analysis, now: Analysis): string[] {
  return [...now.packages.keys()].filter((name) => now.packages.get(name) !== before.packages.get(name))
}

describe('resolved again is', () => {
  const cases: readonly (readonly [what: string, act: (folder: Folder) => void, again: readonly string[]])[] =
    [
      ['nothing where nothing changed', () => {}, []],
      ['a package whose text changed', (folder) => folder.write('2.wit', `${top} // more`), ['a:top']],
      [
        'what needs it, too',
        (folder) => folder.write('1.wit', `${middle} interface j {}`),
        ['a:middle', 'a:top'],
      ],
      [
        'all that needs it',
        (folder) => folder.write('0.wit', `// First.\n${bottom}`),
        ['a:bottom', 'a:middle', 'a:other', 'a:top'],
      ],
      ['what needed one that is gone', (folder) => folder.remove('1.wit'), ['a:top']],
      ['one that is new', (folder) => folder.write('4.wit', 'package a:new;'), ['a:new']],
    ]
  for (const [what, act, again] of cases) {
    test(what, () => {
      const folder = chain()
      const known = new ResolvedBefore()
      const before = analyzeWit(folder.groups, [], known)
      act(folder)
      const now = analyzeWit(folder.groups, [], known)
      assert.deepEqual(changed(before, now), again)
      assert.deepEqual(told(now), told(analyzeWit(folder.groups)))
    })
  }

  test('what needed something that came back', () => {
    const folder = chain()
    const known = new ResolvedBefore()
    analyzeWit(folder.groups, [], known)
    folder.remove('0.wit')
    assert.equal(analyzeWit(folder.groups, [], known).problems.length, 2)
    folder.write('0.wit', bottom)
    assert.deepEqual(analyzeWit(folder.groups, [], known).problems, [])
  })
})

test('too much that is wrong is told as far as ever', () => {
  const folder = new Folder()
  for (let i = 0; i < 5; i++) {
    const wrong = Array.from({ length: limits.problems / 4 }, (_, n) => `type t${n} = none${n};`)
    folder.write(`${i}.wit`, `package a:p${i}; interface i { ${wrong.join(' ')} }`)
  }
  const known = new ResolvedBefore()
  const first = analyzeWit(folder.groups, [], known).problems
  assert.equal(first.length, limits.problems)
  assert.deepEqual(analyzeWit(folder.groups, [], known).problems, first)
  folder.write('0.wit', `package a:p0; interface i { ${'type t = none; '.repeat(2 * limits.problems)} }`)
  assert.equal(analyzeWit(folder.groups, [], known).problems.length, limits.problems)
})

test('packages in binary form take part', () => {
  const { packages } = resolveWit({ files: [{ name: 'b.wit', text: bottom }] })
  const binary = readPackages({ name: 'bottom.wasm', text: encode(encodePackage(packages[0]!)) })
  const folder = new Folder()
  folder.write('1.wit', middle)
  const known = new ResolvedBefore()
  for (const more of ['', ' interface j {}', '']) {
    folder.write('1.wit', middle + more)
    assert.deepEqual(analyzeWit(folder.groups, [binary], known).problems, [])
  }
  assert.equal(analyzeWit(folder.groups, [], known).problems.length, 1)
})

/** All that is told of texts, as data without cycles. */
function told({ problems, references, packages }: Analysis): unknown {
  const found = Array.from(references.all(), ({ from, to, renames }) => [keyOf(from), keyOf(to), renames])
  const models = Array.from(packages.values(), ({ name, interfaces, worlds }) => [
    name,
    Array.from(interfaces.values(), ({ types, functions }) => [[...types.keys()], [...functions.keys()]]),
    Array.from(worlds.values(), ({ imports, exports }) => [[...imports.keys()], [...exports.keys()]]),
  ])
  const said = problems.map(({ message, labels, notes }) => [
    message,
    notes,
    labels.map((label) => [keyOf(label), label.text]),
  ])
  return { problems: said, references: found.sort(), models }
}

/** Packages that need each other in a circle at times, have names that are not there, or are not there themselves. */
const edits = fc.array(
  fc.record({
    file: fc.nat(4),
    removes: fc.boolean(),
    needs: fc.array(fc.nat(5), { maxLength: 3 }),
    name: fc.constantFrom('t', 't', 't', 'u'),
  }),
  { minLength: 1, maxLength: 12 },
)

test('after any edits, what is told is what a look from the beginning tells', () => {
  fc.assert(
    fc.property(edits, (sequence) => {
      const folder = new Folder()
      const known = new ResolvedBefore()
      for (const { file, removes, needs, name } of sequence) {
        const uses = needs.map((need, i) => `use a:p${need}/i.{t as t${i}};`)
        const text = `package a:p${file}; interface i { type ${name} = u8; ${uses.join(' ')} }`
        if (removes) folder.remove(`${file}.wit`)
        else folder.write(`${file}.wit`, text)
        assert.deepEqual(told(analyzeWit(folder.groups, [], known)), told(analyzeWit(folder.groups)))
      }
    }),
    { numRuns: 150 },
  )
})
