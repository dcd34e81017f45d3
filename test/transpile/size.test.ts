/** What one transpiled component brings along: the module and all that it imports, bundled and minified by rolldown. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { rolldown } from 'rolldown'
import { transpile } from '../../src/bindgen/transpile/transpile.ts'

const runtime = new URL('../../src/transpiled/index.ts', import.meta.url).pathname

/** Bytes of JavaScript; core modules do not count. */
async function bundledSize(bytes: Uint8Array, instantiation: boolean): Promise<number> {
  const { files } = transpile(bytes, { name: 'component', instantiation, runtime, types: false })
  const bundle = await rolldown({
    input: 'component',
    platform: 'browser',
    plugins: [
      {
        name: 'transpiled',
        resolveId: (id) => (id === 'component' ? '\0component' : undefined),
        load: (id) => (id === '\0component' ? (files.get('component.js') as string) : undefined),
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  assert.equal(output.length, 1)
  return Buffer.byteLength(output[0].code)
}

const adder = readFileSync(new URL('../../examples/adder/rust/adder.wasm', import.meta.url))

for (const instantiation of [false, true]) {
  const what = instantiation ? 'for whoever brings core modules' : 'that fetches its core module'
  test(`the adder, glue and runtime, ${what}, is under 10 KB`, async (t) => {
    const size = await bundledSize(adder, instantiation)
    t.diagnostic(`${size} bytes`)
    assert.ok(size < 10_000, `${size} bytes`)
  })
}
