/**
 * The texts of the reference suite and of wit-component's tests: assembled to the same bytes as by wasm-tools
 * (`reference-bytes.golden.txt`), and printed so that the text means the same bytes again.
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { encode } from '../../src/binary/encode.ts'
import type { Component, Definition as ComponentItem, ExternName } from '../../src/component/component.ts'
import { Source } from '../../src/diagnostics/source.ts'
import { DecodeError, WatError } from '../../src/errors.ts'
import { parseWat, printWat } from '../../src/wat/index.ts'
import { type Definition, parseScript } from '../../src/wat/script.ts'

const conformance = new URL('../../../shared/conformance/', import.meta.url)
const skip = !existsSync(conformance) && 'there is no ../shared/conformance beside this checkout'

/** File → line → the first half of the SHA-256 of what wasm-tools makes of the text there. */
const golden = new Map<string, Map<number, string>>()
for (const line of readFileSync(new URL('reference-bytes.golden.txt', import.meta.url), 'utf8').split('\n')) {
  const entry = /^ {2}(\d+) ([\da-f]{16})$/.exec(line)
  if (entry) [...golden.values()].at(-1)!.set(Number(entry[1]), entry[2]!)
  else if (line !== '' && !line.startsWith('#')) golden.set(line, new Map())
}

/** What a script or text file defines, by line. */
function definitionsIn(file: string): [line: number, form: Definition['form']][] {
  const text = readFileSync(new URL(file, conformance), 'utf8')
  if (file.endsWith('.wat')) return [[1, { kind: 'text', text }]]
  return parseScript(new Source(file, text)).directives.flatMap((directive) => {
    const of = 'action' in directive ? directive.action : directive
    return 'definition' in of && typeof of.definition === 'object'
      ? [[directive.line, of.definition.form]]
      : []
  })
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16)
}

describe('texts become the bytes that wasm-tools makes of them', { skip }, () => {
  for (const [file, lines] of golden) {
    test(`${file}: ${lines.size}`, { skip: !existsSync(new URL(file, conformance)) && 'not there' }, () => {
      const texts = new Map(definitionsIn(file))
      for (const [line, wanted] of lines) {
        const form = texts.get(line)
        assert.ok(form?.kind === 'text', `${file}:${line}: no text`)
        assert.equal(hash(parseWat(form.text, { path: `${file}:${line}` })), wanted, `${file}:${line}`)
      }
    })
  }
})

/** Bytes, or what was wrong with the text. */
function bytesOf(form: Definition['form']): Uint8Array | undefined {
  try {
    return form.kind === 'binary' ? form.bytes : parseWat(form.text)
  } catch (error) {
    assert.ok(error instanceof WatError, String(error))
    return undefined
  }
}

/** Undefined for what is malformed. */
function printed(bytes: Uint8Array): string | undefined {
  try {
    return printWat(bytes)
  } catch (error) {
    assert.ok(error instanceof DecodeError, String(error))
    return undefined
  }
}

/** What text cannot say: where sections end, padding, old prefixes of names, attributes that are there twice. */
function inText(component: Component): Component {
  const item = (definition: ComponentItem): ComponentItem => {
    if (definition.kind === 'component') return { ...definition, component: inText(definition.component) }
    return 'name' in definition && typeof definition.name === 'object'
      ? ({ ...definition, name: plain(definition.name) } as ComponentItem)
      : definition
  }
  return { ...component, layout: undefined, definitions: component.definitions.map(item) }
}

function plain(name: ExternName): ExternName {
  return { ...name, prefix: name.attributes.length > 0 ? 2 : 0 }
}

function twice(component: Component): boolean {
  return component.definitions.some((definition) => {
    if (definition.kind !== 'import') return false
    const kinds = definition.name.attributes.map(({ kind }) => kind)
    return new Set(kinds).size < kinds.length
  })
}

describe('printed texts mean the same bytes', { skip }, () => {
  const files = skip
    ? []
    : globSync(['component-model/**/*.wast', 'wit-component/**/*.wat', 'wac/**/*.wat'], { cwd: conformance })
  for (const file of files.map((name) => name.replaceAll('\\', '/')).sort()) {
    test(file, () => {
      for (const [line, form] of definitionsIn(file)) {
        const bytes = bytesOf(form)
        const text = bytes && printed(bytes)
        if (!bytes || text === undefined) continue
        const isComponent = bytes[6] === 1
        if (isComponent && twice(decode(bytes))) continue
        const again = parseWat(text, { path: `${file}:${line}` })
        const wanted = isComponent ? encode(inText(decode(bytes))) : bytes
        assert.deepEqual(again, new Uint8Array(wanted), `${file}:${line}`)
        assert.equal(printWat(again), text, `${file}:${line}`)
      }
    })
  }
})

/** wasm-tools does not use the names of tags in exports. */
const printedOtherwise = 'wit-component/components/link-tag/component.wat'

describe('components are printed as by wasm-tools', { skip }, () => {
  const pattern = 'wit-component/components/*/component.wat'
  for (const file of skip ? [] : globSync(pattern, { cwd: conformance }).sort()) {
    if (file.replaceAll('\\', '/') === printedOtherwise) continue
    test(file, () => {
      const text = readFileSync(new URL(file, conformance), 'utf8')
      const printed = printWat(parseWat(text))
      // Only we say where the names are, if not at the end.
      assert.equal(printed.replace(/^ *\(@names.*\)\n/gm, ''), text)
    })
  }
})
