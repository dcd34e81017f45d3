/** The sites about components, which have no texts. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { decodeWit } from '../../src/wit/decode-wit.ts'
import { renderSite } from '../../src/wit-docs/site.ts'
import { problemsOf } from '../../src/wit-docs/testing/check-pages.ts'

describe('the sites about components', () => {
  const paths = globSync('examples/*/rust/*.wasm').sort()
  test('there are some', () => assert.ok(paths.length >= 4, String(paths)))
  for (const path of paths)
    test(path, () => {
      const { packages, world } = decodeWit(decode(readFileSync(path)))
      const files = renderSite(packages)
      assert.deepEqual(problemsOf(files), [])
      const page = files.get('root/component/world.root.html')!
      for (const name of world!.exports.keys()) assert.ok(page.includes(` id="export.${name}"`), name)
    })
})
