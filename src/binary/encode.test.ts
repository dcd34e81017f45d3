/** What is decoded is encoded to the same bytes, whatever form the file has; by hand, to the shortest. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { random } from '../../test/hostile/mutate.ts'
import { assemble } from '../../test/support/assemble.ts'
import type { Definition, TypeDefinition } from '../component/component.ts'
import { Source } from '../diagnostics/source.ts'
import { DecodeError } from '../errors.ts'
import { parseScript } from '../wat/script.ts'
import { decode } from './decode.ts'
import { encode } from './encode.ts'

const preamble = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]
const component = (...sections: number[]): Uint8Array => Uint8Array.of(...preamble, ...sections)

const hex = (text: string): number[] => [...Buffer.from(text.replaceAll(' ', ''), 'hex')]

const choices: Record<string, Uint8Array> = {
  nothing: component(),
  'an empty section': component(7, 1, 0),
  'one sort in two sections': component(7, 2, 1, 0x73, 7, 2, 1, 0x73),
  'an empty section between two': component(7, 2, 1, 0x73, 6, 1, 0, 7, 2, 1, 0x73),
  'a padded size': component(7, 0x82, 0x80, 0x00, 1, 0x73),
  'a padded count': component(7, 3, 0x81, 0x00, 0x73),
  'the longest size': component(7, 0x82, 0x80, 0x80, 0x80, 0x00, 1, 0x73),
  'padded type indices': component(7, 9, 2, 0x73, 0x6f, 2, 0x80, 0x00, 0x80, 0x80, 0x00),
  'an index with the sign bit of its first byte': component(7, 4, 1, 0x70, 0xc0, 0x00),
  'the same, padded': component(7, 5, 1, 0x70, 0xc0, 0x80, 0x00),
  'a padded name': component(0, 4, 0x82, 0x00, 0x61, 0x62),
  'custom sections around others': component(0, 2, 1, 0x61, 7, 2, 1, 0x73, 0, 3, 1, 0x61, 9, 7, 2, 1, 0x73),
  'names with each prefix': component(...hex('0b 16 03 000161 030000 010162 030000 020163 010200 030000')),
  'a core type: sub final, written out': component(3, 6, 1, 0x4f, 0, 0x60, 0, 0),
  'a core type: sub final, padded': component(3, 7, 1, 0x4f, 0x80, 0x00, 0x60, 0, 0),
  'a core type: not final': component(3, 7, 1, 0x00, 0x50, 0, 0x60, 0, 0),
  'a core type: a group of one': component(3, 6, 1, 0x4e, 1, 0x60, 0, 0),
  'a core type: references by their short and long names': component(
    3,
    9,
    1,
    0x60,
    3,
    0x70,
    0x63,
    0x70,
    0x64,
    0x70,
    0,
  ),
  'a core type: shared references, short and long': component(
    3,
    9,
    1,
    0x60,
    2,
    0x65,
    0x70,
    0x63,
    0x65,
    0x70,
    0,
  ),
  'a module type: the page size written out': component(3, 10, 1, 0x50, 1, 0x03, 1, 0x6d, 0x02, 0x08, 0, 16),
  'a module type: a padded 64-bit limit': component(3, 10, 1, 0x50, 1, 0x03, 1, 0x6d, 0x02, 0x04, 0x80, 0x00),
}

describe('decode, then encode', () => {
  for (const [name, bytes] of Object.entries(choices)) {
    test(name, () => assert.deepEqual(encode(decode(bytes)), new Uint8Array(bytes)))
  }

  test('a padded component in a component', () => {
    const inner = [...preamble, 7, 0x82, 0x00, 1, 0x73]
    const bytes = component(4, 0x80 | inner.length, 0x00, ...inner, 4, inner.length, ...inner)
    assert.deepEqual(encode(decode(bytes)), new Uint8Array(bytes))
  })
})

describe('a component that was changed', () => {
  const string: TypeDefinition = {
    kind: 'type',
    offset: 0,
    type: { kind: 'value', type: { kind: 'primitive', type: 'string' } },
  }
  const change = (bytes: Uint8Array, by: (definitions: readonly Definition[]) => Definition[]) => {
    const decoded = decode(bytes)
    return encode({ ...decoded, definitions: by(decoded.definitions) })
  }

  test('definitions that stay keep their form, sections are made anew', () => {
    const padded = component(7, 5, 1, 0x70, 0xc0, 0x80, 0x00, 7, 2, 1, 0x7f)
    assert.deepEqual(
      change(padded, (definitions) => [string, ...definitions]),
      new Uint8Array(component(7, 7, 3, 0x73, 0x70, 0xc0, 0x80, 0x00, 0x7f)),
    )
  })
  test('sections and definitions that are new are as short as they can be', () => {
    const padded = component(7, 0x83, 0x80, 0x00, 1, 0x70, 0x73)
    assert.deepEqual(
      change(padded, () => [string, { ...string, type: { kind: 'instance', declarations: [] } }]),
      new Uint8Array(component(7, 4, 2, 0x73, 0x42, 0)),
    )
  })
  test('a definition of another sort in its place', () => {
    assert.deepEqual(
      change(component(0, 2, 1, 0x61), () => [string]),
      new Uint8Array(component(7, 2, 1, 0x73)),
    )
  })
  test('nothing is left', () => {
    assert.deepEqual(
      change(component(7, 2, 1, 0x73), () => []),
      new Uint8Array(component()),
    )
  })
  test('a component of one file in another', () => {
    const inner = component(7, 0x82, 0x00, 1, 0x73)
    const bytes = change(component(7, 2, 1, 0x7f), (definitions) => [
      ...definitions,
      { kind: 'component', offset: 0, component: decode(inner) },
    ])
    assert.deepEqual(bytes, new Uint8Array(component(7, 2, 1, 0x7f, 4, inner.length, ...inner)))
  })
})

/** Every component of the reference scripts that is well-formed. */
async function* references(): AsyncGenerator<{ name: string; bytes: Uint8Array }> {
  const suite = new URL('../../../shared/conformance/component-model/', import.meta.url)
  if (!existsSync(suite)) return
  for (const file of globSync('**/*.wast', { cwd: suite })) {
    const script = parseScript(new Source(file, readFileSync(new URL(file, suite), 'utf8')))
    for (const directive of script.directives) {
      if (!('definition' in directive) || typeof directive.definition !== 'object') continue
      const { sort, form } = directive.definition
      if (sort === 'module') continue
      const name = `${file}:${directive.line}`
      try {
        const bytes = form.kind === 'binary' ? form.bytes : await assemble(form.text)
        decode(bytes)
        yield { name, bytes }
      } catch {
        // What is malformed has nothing to encode.
      }
    }
  }
}

test('every example', () => {
  const files = globSync('{examples,bench/guests,test/cli/guest}/**/*.wasm', { exclude: ['**/target/**'] })
  let components = 0
  for (const file of files) {
    const bytes = readFileSync(file)
    if (bytes[6] !== 1) continue
    assert.ok(bytes.equals(encode(decode(bytes))), file)
    components++
  }
  assert.ok(components >= 6, `${components}`)
})

describe('every component of the reference scripts', async () => {
  const all: Uint8Array[] = []
  for await (const { bytes } of references()) all.push(bytes)
  test(`${all.length} files`, {
    skip: all.length === 0 && 'no ../shared/conformance beside this checkout',
  }, () => {
    for (const bytes of all) assert.deepEqual(encode(decode(bytes)), new Uint8Array(bytes))
  })
  test('and mutants of them that decode', { skip: all.length === 0 }, () => {
    const next = random(0x0e_4c_0d)
    let wellFormed = 0
    for (let i = 0; i < 20_000; i++) {
      const mutant = all[next() % all.length]!.slice()
      mutant[8 + (next() % (mutant.length - 8 || 1))] = next()
      try {
        const decoded = decode(mutant)
        wellFormed++
        assert.deepEqual(encode(decoded), new Uint8Array(mutant))
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error
      }
    }
    assert.ok(wellFormed > 2_000, `${wellFormed}`)
  })
})
