import assert from 'node:assert/strict'
import { rolldown } from 'rolldown'
import { transpile, type TranspileOptions } from '../../src/bindgen/transpile/transpile.ts'

/**
 * What a transpiled component brings along: bytes of JavaScript, the module and all that it imports, bundled and minified by
 * rolldown. Core modules do not count.
 */
export async function bundledSize(bytes: Uint8Array, options: TranspileOptions): Promise<number> {
  const { files } = transpile(bytes, { ...options, name: 'component', types: false })
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
