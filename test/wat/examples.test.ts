/** Components that compilers and linkers made: printed and parsed they are the same but for padding. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import type { Component } from '../../src/component/component.ts'
import { parseWat, printWat } from '../../src/wat/index.ts'

/** Those of the Python guests are a hundred megabytes of text. */
const files = globSync('{examples/*/rust,bench/guests/*,test/cli/guest}/*.wasm').filter(
  (file) => readFileSync(file)[6] === 1,
)

/** All but places in the file, and but for core modules: the engine accepts them. */
function contents({ bytes, definitions }: Component): unknown[] {
  return definitions.map((definition): unknown => {
    if (definition.kind === 'component') return contents(definition.component)
    if (definition.kind === 'core-module') {
      const { start, end } = definition.range
      assert.ok(WebAssembly.validate(new Uint8Array(bytes.subarray(start, end))))
      return definition.kind
    }
    const text = JSON.stringify(definition, (key, value) =>
      key === 'offset' || key === 'range' ? undefined : value,
    )
    if (!('range' in definition)) return text
    return [
      text,
      Buffer.from(bytes.subarray(definition.range.start, definition.range.end)).toString('latin1'),
    ]
  })
}

test('there are examples', () => assert.ok(files.length >= 6, `${files.length}`))

for (const file of files) {
  test(file.replaceAll('\\', '/'), () => {
    const bytes = readFileSync(file)
    const text = printWat(bytes)
    const again = parseWat(text, { path: file })
    assert.deepEqual(contents(decode(again)), contents(decode(bytes)))
    assert.equal(printWat(again), text)
    // Once nothing is padded any more, the bytes stay.
    assert.deepEqual(parseWat(printWat(again)), again)
  })
}
