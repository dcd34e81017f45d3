/** Damaged texts and bytes give typed errors and nothing else; what is well-formed all the same prints and parses. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { Source } from '../../src/diagnostics/source.ts'
import { DecodeError, WatError } from '../../src/errors.ts'
import { parseWat, printWat } from '../../src/wat/index.ts'
import { parseScript } from '../../src/wat/script.ts'
import { random } from '../hostile/mutate.ts'

const runs = Number(process.env.TENON_RUNS ?? 4_000)
const suite = new URL('../../../shared/conformance/component-model/', import.meta.url)

const skip = !existsSync(suite) && 'no ../shared/conformance beside this checkout'

/** Texts that are not long, each as its tokens and the white space between them. */
function referenceTexts(): string[][] {
  const texts: string[][] = []
  for (const file of globSync('**/*.wast', { cwd: suite }).sort()) {
    for (const directive of parseScript(new Source(file, readFileSync(new URL(file, suite), 'utf8')))
      .directives) {
      if (!('definition' in directive) || typeof directive.definition !== 'object') continue
      const { form } = directive.definition
      if (form.kind === 'text' && form.text.length < 3_000) texts.push(form.text.match(token) ?? [])
    }
  }
  return texts
}

const token = /"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+|\s+/g

function mutate(texts: readonly string[][], next: () => number): string {
  const any = (): string[] => texts[next() % texts.length]!
  const tokens = [...any()]
  for (let changes = 1 + (next() % 3); changes > 0; changes--) {
    const at = next() % tokens.length
    const other = any()
    const donor = other[next() % other.length]!
    const kind = next() % 4
    if (kind === 0) tokens.splice(at, 1)
    else if (kind === 1) tokens.splice(at, 0, donor)
    else if (kind === 2) tokens[at] = donor
    else tokens.splice(at, 0, tokens[next() % tokens.length]!)
  }
  return tokens.join('')
}

test(`${runs} damaged texts of components`, {
  skip: !existsSync(suite) && 'no ../shared/conformance beside this checkout',
}, () => {
  const texts = referenceTexts()
  const next = random(0x7e_87_00)
  let accepted = 0
  for (let i = 0; i < runs; i++) {
    const text = mutate(texts, next)
    let bytes: Uint8Array
    try {
      bytes = parseWat(text)
    } catch (error) {
      assert.ok(error instanceof WatError, `${text}\n${(error as Error).stack}`)
      assert.match(error.message, /--> <text>(?: \(quoted\))*:\d+:\d+/)
      continue
    }
    accepted++
    // What was assembled is well-formed but for what the text gives as bytes, and prints to a text for the same bytes.
    try {
      if (bytes[6] === 1) decode(bytes)
      const again = printWat(bytes)
      assert.equal(printWat(parseWat(again)), again, text)
    } catch (error) {
      assert.ok(error instanceof DecodeError, `${text}\n${(error as Error).stack}`)
    }
  }
  assert.ok(accepted > runs / 20, `only ${accepted} texts were accepted`)
})

test(`${runs} damaged components, printed`, { skip }, () => {
  const files = referenceTexts().flatMap((tokens) => {
    try {
      return [parseWat(tokens.join(''))]
    } catch {
      return []
    }
  })
  const next = random(0x0b_17_e5)
  let wellFormed = 0
  for (let i = 0; i < runs; i++) {
    const mutant = files[next() % files.length]!.slice()
    mutant[8 + (next() % Math.max(1, mutant.length - 8))] = next()
    let text: string
    try {
      text = printWat(mutant)
    } catch (error) {
      assert.ok(error instanceof DecodeError, String(error))
      continue
    }
    try {
      assert.equal(printWat(parseWat(text)), text)
      wellFormed++
    } catch (error) {
      // The one thing that bytes can say and text cannot.
      assert.ok(error instanceof WatError && error.message.includes('is given twice'), `${text}\n${error}`)
    }
  }
  assert.ok(wellFormed > runs / 20, `only ${wellFormed} were well-formed`)
})
