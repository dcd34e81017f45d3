/** Core modules of others: what is printed is parsed to the same module, and printed the same again. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { ByteReader } from '../../binary/byte-reader.ts'
import { decodeModule } from '../../binary/core/decode-module.ts'
import { encodeModule } from '../../binary/core/encode-module.ts'
import { readInstructions } from '../../binary/core/instruction-reader.ts'
import type { CoreModule, FunctionBody } from '../../binary/core/module.ts'
import { decode } from '../../binary/decode.ts'
import type { Component } from '../../component/component.ts'
import { Source } from '../../diagnostics/source.ts'
import { WatError } from '../../errors.ts'
import { type Node, parseSExpressions } from '../s-expression.ts'
import { parseCoreModule, parseModuleText } from './parse-module.ts'
import { printModule } from './print-module.ts'

/** Texts up to so many characters are parsed and printed once more. */
const PRINTED_TWICE = 5_000_000

function roundTrip(bytes: Uint8Array, where: string): void {
  const text = printModule(bytes)
  const again = parseModuleText(new Source(where, text))
  if (Buffer.from(again).equals(bytes)) return
  // Linkers pad integers, which texts cannot say: then the meaning is compared.
  const [wanted, found] = [decodeModule(bytes), decodeModule(again)]
  assert.deepEqual(Buffer.from(encodeModule(wanted)), Buffer.from(bytes), `${where}: decoded and encoded`)
  sameModules(found, again, wanted, bytes, where)
  if (text.length < PRINTED_TWICE) assert.equal(printModule(again), text, where)
}

function sameModules(
  a: CoreModule,
  aBytes: Uint8Array,
  b: CoreModule,
  bBytes: Uint8Array,
  where: string,
): void {
  assert.deepEqual(
    a.sections.map(({ kind }) => kind),
    b.sections.map(({ kind }) => kind),
    where,
  )
  for (const [i, section] of a.sections.entries()) {
    const other = b.sections[i]!
    if (section.kind !== 'code' || other.kind !== 'code')
      assert.deepEqual(plain(section), plain(other), where)
    else {
      assert.equal(section.items.length, other.items.length)
      for (const [j, body] of section.items.entries())
        sameBodies(body, aBytes, other.items[j]!, bBytes, where)
    }
  }
}

function sameBodies(
  a: FunctionBody,
  aBytes: Uint8Array,
  b: FunctionBody,
  bBytes: Uint8Array,
  where: string,
): void {
  assert.deepEqual(a.locals, b.locals)
  if (Buffer.from(a.code.bytes).equals(b.code.bytes)) return
  const instructions = ({ code }: FunctionBody, bytes: Uint8Array) =>
    readInstructions(new ByteReader(bytes, code.offset, code.offset + code.bytes.length)).toArray()
  assert.deepEqual(instructions(a, aBytes), instructions(b, bBytes), `${where}: a function at ${b.offset}`)
}

/** Without offsets; integers in constant expressions may be padded, too. */
function plain(section: CoreModule['sections'][number]): unknown {
  return JSON.parse(
    JSON.stringify(section, (key, value) => {
      if (key === 'offset' && typeof value === 'number') return undefined
      if (typeof value === 'bigint') return String(value)
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
    }),
  )
}

function modulesOf(file: string): Iterable<Uint8Array> {
  const bytes = new Uint8Array(readFileSync(file))
  const isModule = bytes[6] === 0
  return isModule ? [bytes] : coreModules(decode(bytes))
}

function* coreModules(component: Component): Generator<Uint8Array, void, undefined> {
  for (const definition of component.definitions) {
    if (definition.kind === 'component') yield* coreModules(definition.component)
    if (definition.kind !== 'core-module') continue
    yield component.bytes.slice(definition.range.start, definition.range.end)
  }
}

describe('core modules of the examples', () => {
  const files = [
    'examples/*/rust/*.wasm',
    'examples/*/python/build/*.wasm',
    'bench/guests/*/*.wasm',
    'test/cli/guest/*.wasm',
  ]
  for (const file of files.flatMap((pattern) => globSync(pattern)).sort()) {
    // Two Python guests differ in a few bytes, and one takes seconds.
    if (file.includes('interfaced-adder/python')) continue
    test(file, () => {
      let count = 0
      for (const bytes of modulesOf(file)) roundTrip(bytes, `${file}, module ${count++}`)
      assert.ok(count > 0)
    })
  }
})

const vectors = '../shared/conformance'

describe('core modules in texts of others', { skip: !existsSync(vectors) && `no ${vectors}` }, () => {
  for (const [folder, least] of [
    ['component-model', 200],
    ['wit-component', 500],
    ['wac', 1],
  ] as const) {
    test(folder, () => {
      let count = 0
      for (const file of globSync(`${vectors}/${folder}/**/*.{wat,wast}`)) {
        const source = new Source(file, readFileSync(file, 'utf8'))
        for (const bytes of parseSExpressions(source).flatMap((node) => modulesIn(node, source))) {
          roundTrip(bytes, file)
          count++
        }
      }
      assert.ok(count >= least, `only ${count} modules`)
    })
  }
})

/** All but imports and aliases of modules, and types of modules, which look alike. */
function modulesIn(node: Node, source: Source): Uint8Array[] {
  if (node.kind !== 'list') return []
  const [first, second] = node.items.map((item) => (item.kind === 'atom' ? item.text : ''))
  if (first !== 'module' && (first !== 'core' || second !== 'module')) {
    return first === 'func' ? [] : node.items.flatMap((item) => modulesIn(item, source))
  }
  try {
    return [parseCoreModule(node, source)]
  } catch (error) {
    if (error instanceof WatError) return []
    throw error
  }
}
