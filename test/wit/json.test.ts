/** Packages as JSON: as the schema says, and with all that is in them. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readWitSources } from '../../src/cli/read-wit.ts'
import { witToJson } from '../../src/wit/json.ts'
import type { JsonWit } from '../../src/wit/json-model.ts'
import { type ResolvedWit, resolveWit } from '../../src/wit/resolve.ts'
import { type Schema, schemaProblems } from '../support/json-schema.ts'
import { readWasi } from './read-wasi.ts'

const schema: Schema = JSON.parse(readFileSync('docs/wit.schema.json', 'utf8'))
const folder = fileURLToPath(new URL('../../../shared/conformance/wit/ui/', import.meta.url))
const skip = !existsSync(folder) && 'there is no ../shared/conformance beside this checkout'

const everything = `/// Of the package.
package a:b@1.1.0;

/// Of the interface.
@since(version = 1.0.0)
@deprecated(version = 1.1.0)
interface i {
  resource r {
    constructor(n: u8);
    /// Of the method.
    m: async func(other: borrow<r>) -> own<r>;
    s: static func() -> result<_, string>;
  }
  record rec {
    /// Of the field.
    a: list<u8, 4>,
  }
  variant v { none, some(tuple<char, f32>) }
  enum e { x }
  flags f { y }
  type t = map<string, option<v>>;
  type s = t;
  type h = own<r>;
}
interface j {
  use i.{r as q, rec};
  @unstable(feature = on)
  g: func(a: borrow<q>, b: stream<rec>, c: future) -> result;
}
world w {
  use i.{rec};
  resource z { m: func(); }
  import j;
  import label: i;
  @external-id("x") import k: func(a: rec);
  export mine: interface { f: func(); }
}
`

describe('packages as JSON', () => {
  const json = (wit: ResolvedWit): JsonWit => JSON.parse(JSON.stringify(witToJson(wit)))

  it('with all that WIT has', () => {
    const wit = resolveWit({ files: [{ name: 'a.wit', text: everything }] }, { features: 'all' })
    const found = json(wit)
    assert.deepEqual(schemaProblems(found, schema), [])
    const withoutPlaces: JsonWit = JSON.parse(
      JSON.stringify(found, (key, value) => (key === 'place' ? undefined : value)),
    )
    assert.deepEqual(withoutPlaces, expected)
    assert.deepEqual(found.packages[0]!.interfaces[0]!.types[0]!.place, {
      file: 'a.wit',
      line: 8,
      column: 12,
    })
  })

  it('of all conformance texts', { skip }, () => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.wit.json'))
    const paths = names
      .map((name) => `${folder}${name.slice(0, -'.json'.length)}`)
      .flatMap((path) => [path, path.slice(0, -'.wit'.length)].find((each) => existsSync(each)) ?? [])
    const wits = paths.map((path) => resolveWit(readWitSources(path), { features: new Set(['active']) }))
    const wasi = Array.from(readWasi().values(), (sources) => resolveWit(sources, { features: 'all' }))
    for (const wit of [...wits, ...wasi]) assert.deepEqual(schemaProblems(json(wit), schema), [])
    assert.ok(wits.length > 70)
  })
})

const u8 = { kind: 'u8' }
const named = (name: string): object => ({ kind: 'name', name })
const r = { kind: 'borrow', resource: 'r' }

const expected = {
  format: 'tenon-wit',
  version: 1,
  main: 'a:b@1.1.0',
  packages: [
    {
      name: 'a:b@1.1.0',
      docs: 'Of the package.',
      interfaces: [
        {
          name: 'i',
          docs: 'Of the interface.',
          stability: { since: '1.0.0', deprecated: '1.1.0' },
          types: [
            {
              kind: 'resource',
              name: 'r',
              functions: [
                {
                  kind: 'constructor',
                  name: 'r',
                  async: false,
                  parameters: [{ name: 'n', type: u8 }],
                  result: named('r'),
                },
                {
                  kind: 'method',
                  name: 'm',
                  docs: 'Of the method.',
                  async: true,
                  parameters: [{ name: 'other', type: r }],
                  result: named('r'),
                },
                {
                  kind: 'static',
                  name: 's',
                  async: false,
                  parameters: [],
                  result: { kind: 'result', error: { kind: 'string' } },
                },
              ],
            },
            {
              kind: 'record',
              name: 'rec',
              fields: [{ name: 'a', type: { kind: 'list', element: u8, length: 4 }, docs: 'Of the field.' }],
            },
            {
              kind: 'variant',
              name: 'v',
              cases: [
                { name: 'none' },
                { name: 'some', type: { kind: 'tuple', types: [{ kind: 'char' }, { kind: 'f32' }] } },
              ],
            },
            { kind: 'enum', name: 'e', cases: [{ name: 'x' }] },
            { kind: 'flags', name: 'f', cases: [{ name: 'y' }] },
            {
              kind: 'alias',
              name: 't',
              type: { kind: 'map', key: { kind: 'string' }, value: { kind: 'option', type: named('v') } },
            },
            { kind: 'alias', name: 's', type: named('t') },
            { kind: 'alias', name: 'h', type: { kind: 'own', resource: 'r' } },
          ],
          functions: [],
        },
        {
          name: 'j',
          types: [
            { kind: 'use', name: 'q', interface: 'a:b/i@1.1.0', type: 'r' },
            { kind: 'use', name: 'rec', interface: 'a:b/i@1.1.0', type: 'rec' },
          ],
          functions: [
            {
              name: 'g',
              stability: { unstable: 'on' },
              async: false,
              parameters: [
                { name: 'a', type: { kind: 'borrow', resource: 'q' } },
                { name: 'b', type: { kind: 'stream', element: named('rec') } },
                { name: 'c', type: { kind: 'future' } },
              ],
              result: { kind: 'result' },
            },
          ],
        },
      ],
      worlds: [
        {
          name: 'w',
          imports: [
            { kind: 'interface', name: 'a:b/i@1.1.0', interface: 'a:b/i@1.1.0' },
            { kind: 'interface', name: 'a:b/j@1.1.0', interface: 'a:b/j@1.1.0' },
            { kind: 'interface', name: 'label', interface: 'a:b/i@1.1.0' },
            {
              kind: 'function',
              name: 'k',
              externalId: 'x',
              async: false,
              parameters: [{ name: 'a', type: named('rec') }],
            },
          ],
          exports: [
            {
              kind: 'inline-interface',
              name: 'mine',
              types: [],
              functions: [{ name: 'f', async: false, parameters: [] }],
            },
          ],
          types: [
            { kind: 'use', name: 'rec', interface: 'a:b/i@1.1.0', type: 'rec' },
            {
              kind: 'resource',
              name: 'z',
              functions: [{ kind: 'method', name: 'm', async: false, parameters: [] }],
            },
          ],
        },
      ],
    },
  ],
}
