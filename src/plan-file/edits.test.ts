import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { ByteReader } from '../binary/byte-reader.ts'
import { ByteWriter } from '../binary/byte-writer.ts'
import { rewriteCoreModule } from '../binary/rewrite-core-module.ts'
import { type Edit, readEdits, sectionEdits, undo, writeEdits } from './edits.ts'
import { linkableFile } from './linkable-modules.ts'

const texts = [
  '(module (memory 1))',
  '(module (import "a" "f" (func)) (memory (export "m") 1 2) (func $s) (start $s) (data (i32.const 0) "x"))',
  '(module (func $s) (start $s))',
  '(module (import "" "m" (memory 1)) (func $s (export "s")) (start $s) (@custom "x" "y"))',
  '(module (memory 1) (memory 2) (func (export "f")))',
]

describe('edits of a core module', () => {
  for (const text of texts) {
    test(text, async () => {
      const original = await assemble(text)
      const { bytes } = rewriteCoreModule(original)!
      const edits = sectionEdits(original, bytes)
      assert.ok(edits.length > 0)
      assert.deepEqual(undo(bytes, edits), original)
      const writer = new ByteWriter()
      writeEdits(writer, edits)
      assert.deepEqual(readEdits(new ByteReader(writer.finish())), edits)
    })
  }

  test('of none: nothing', async () => {
    const module = await assemble(texts[0]!)
    assert.deepEqual(sectionEdits(module, module), [])
    assert.deepEqual(undo(module, []), module)
  })
})

test('a file with many modules, in any order', async () => {
  const modules = await Promise.all(['(module)', ...texts, '(module (func))'].map((text) => assemble(text)))
  const parts = modules.flatMap((module, i) => [new Uint8Array(i).fill(i), module])
  const file = new Uint8Array(Buffer.concat([...parts, Buffer.from('end')]))
  let at = 0
  const ranges = modules.map((module, i) => {
    const start = at + i
    at = start + module.length
    return { start, end: at }
  })
  for (const order of [ranges, ranges.toReversed()]) {
    const made = linkableFile(file, order)
    assert.deepEqual(undo(made.bytes, made.edits), file)
    for (const [i, { range, form }] of made.modules.entries()) {
      const { start, end } = order[i]!
      const rewritten = rewriteCoreModule(file, { start, end })
      assert.equal(form === undefined, rewritten === undefined)
      assert.deepEqual(made.bytes.slice(range.start, range.end), rewritten?.bytes ?? file.slice(start, end))
    }
  }
})

test('edits that go beyond the end say nothing of it', () => {
  const bytes = Uint8Array.of(1, 2, 3)
  const edits: Edit[] = [
    { skip: 2, removed: 5, inserted: Uint8Array.of(9) },
    { skip: 7, removed: 0, inserted: Uint8Array.of(8) },
  ]
  assert.deepEqual(undo(bytes, edits), Uint8Array.of(1, 2, 9, 8))
})
