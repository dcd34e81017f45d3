/** Size is a feature: an adder brings along what adding needs. The published runtime is measured in `test/platforms/package.test.ts`. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { bundledSize } from '../support/bundled-size.ts'

const runtime = fileURLToPath(new URL('../../src/transpiled/index.ts', import.meta.url))
const adder = readFileSync(new URL('../../examples/adder/rust/adder.wasm', import.meta.url))

// Whoever brings its core module makes any number of instances, which use the memories of disposed ones again.
for (const [instantiation, most] of [
  [false, 10_000],
  [true, 12_500],
] as const) {
  const what = instantiation ? 'for whoever brings its core module' : 'that fetches its core module'
  test(`the adder, glue and runtime, ${what}, is under ${most / 1000} KB`, async (t) => {
    const size = await bundledSize(adder, { instantiation, runtime })
    t.diagnostic(`${size} bytes`)
    assert.ok(size < most, `${size} bytes`)
  })
}
