import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../../test/support/fast-check.ts'
import { encode } from '../binary/encode.ts'
import { encodePackage } from '../wit/encode-package.ts'
import { resolveWit } from '../wit/resolve.ts'
import { Session } from './testing/session.ts'

const count = 4

/** A package that needs those whose numbers are lower, as far as they are asked for. */
interface Package {
  readonly number: number
  readonly needs: readonly number[]
  readonly type: string
}

function textOf({ number, needs, type }: Package): string {
  const uses = needs.map((need) => `use a:p${need}/i.{t as t${need}};`)
  const records = needs.map((need) => `record r${need} { t: t${need} }`)
  return `package a:p${number};\ninterface i { ${uses.join(' ')} type t = ${type}; ${records.join(' ')} }\n`
}

/** With what it needs of others, as they would be if `t` of all of them was `u8`. */
function bytesOf(one: Package): Uint8Array {
  const file = (each: Package) => ({ name: `p${each.number}.wit`, text: textOf(each) })
  const dependencies = one.needs.map((number) => [file({ number, needs: [], type: 'u8' })])
  return encode(encodePackage(resolveWit({ files: [file(one)], dependencies }).main))
}

const packages = fc
  .record({
    number: fc.nat(count - 1),
    lower: fc.uniqueArray(fc.nat(count - 2), { maxLength: 2 }),
    type: fc.constantFrom('u8', 'u8', 'u8', 'string'),
  })
  .map(({ number, lower, type }) => ({ number, needs: lower.filter((each) => each < number), type }))

const edits = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('text', 'binary', 'both', 'no file'), one: packages }),
    fc.record({
      kind: fc.constant('typing'),
      one: packages,
      offset: fc.nat(80),
      letters: fc.oneof(fc.constantFrom('', ' '), fc.string()),
    }),
  ),
  { minLength: 1, maxLength: 8 },
)
type Edit = typeof edits extends fc.Arbitrary<(infer E)[]> ? E : never

/** An editor in which main.wit is open, whose package is like the others. */
class Editing {
  readonly disk = new Map<string, string | Uint8Array>()
  readonly session = new Session()
  #text = ''

  type(text: string): void {
    this.#text = text
    this.session.type('/app/main.wit', text)
  }

  apply(edit: Edit): void {
    const { kind, one } = edit
    if ('letters' in edit) {
      const text = `${textOf({ ...one, number: count, needs: [...one.needs, one.number] })}world w { import i; }`
      const [start, end] = [text.slice(0, edit.offset), text.slice(edit.offset)]
      this.type(start + edit.letters.replaceAll('|', '') + end)
      return
    }
    const path = `/app/deps/p${one.number}`
    this.#put(`${path}.wit`, kind === 'text' || kind === 'both' ? textOf(one) : undefined)
    this.#put(`${path}.wasm`, kind === 'binary' || kind === 'both' ? bytesOf(one) : undefined)
    this.session.tell('workspace/didChangeWatchedFiles', { changes: [] })
  }

  #put(path: string, contents: string | Uint8Array | undefined): void {
    if (contents === undefined) {
      this.disk.delete(path)
      this.session.remove(path)
    } else {
      this.disk.set(path, contents)
      this.session.write(path, contents)
    }
  }

  /** All that can be asked about the open text; what was wrong and is not any more is left out, as nothing was said of it to a new editor. */
  answers(session = this.session): unknown {
    const textDocument = { uri: 'file:///app/main.wit' }
    const problems = Object.entries(session.problems()).filter(([, found]) => found.length > 0)
    const about = Array.from(this.#text.matchAll(/\w+/g), ({ index }) => {
      const before = this.#text.slice(0, index).split('\n')
      const params = { textDocument, position: { line: before.length - 1, character: before.at(-1)!.length } }
      return ['completion', 'hover', 'definition', 'references', 'documentSymbol', 'prepareRename'].map(
        (what) => session.ask(`textDocument/${what}`, params),
      )
    })
    return { problems, about }
  }

  /** Those of a server that knows nothing of what was before. */
  answersAfresh(): unknown {
    const session = new Session(Object.fromEntries(this.disk))
    session.type('/app/main.wit', this.#text)
    return this.answers(session)
  }
}

test('after any edits, the server answers as one that was started just now', () => {
  let wellFormed = 0
  fc.assert(
    fc.property(edits, (sequence) => {
      const editing = new Editing()
      for (let number = 0; number < count; number++)
        editing.apply({ kind: number % 2 === 0 ? 'text' : 'binary', one: { number, needs: [], type: 'u8' } })
      editing.type(textOf({ number: count, needs: [0, 1, 2, 3], type: 'u8' }))
      for (const edit of sequence) {
        editing.apply(edit)
        const answers = editing.answers()
        assert.deepEqual(answers, editing.answersAfresh())
        if ((answers as { problems: unknown[] }).problems.length === 0) wellFormed++
      }
    }),
    { numRuns: 40 },
  )
  assert.ok(wellFormed > 10, `only ${wellFormed} times nothing was wrong`)
})
