import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { exportStart } from './exported-start.ts'

test('a start function becomes an export that nobody has called', async (t) => {
  const global = '(global $g (export "g") (mut i32) (i32.const 0))'
  const start = '(func $s (global.set $g (i32.const 1))) (start $s)'
  const modules: Record<string, [text: string, name: string]> = {
    'beside other exports': [`(module ${global} ${start})`, 'start'],
    'beside an export of that name': [`(module ${global} (func (export "start")) ${start})`, 'start_'],
    'without other exports': ['(module (func $s) (start $s))', 'start'],
    'an imported function': ['(module (import "" "f" (func $f)) (start $f))', 'start'],
  }
  for (const [title, [text, name]] of Object.entries(modules)) {
    await t.test(title, async () => {
      const bytes = await assemble(text)
      const file = new Uint8Array([1, 2, 3, ...bytes])
      const made = exportStart(file, { start: 3, end: file.length })
      assert.equal(made?.name, name)
      const instance = new WebAssembly.Instance(new WebAssembly.Module(made.bytes), { '': { f: () => {} } })
      const g = instance.exports.g as WebAssembly.Global | undefined
      assert.equal(g?.value ?? 0, 0)
      ;(instance.exports[name] as () => void)()
      assert.equal(g?.value ?? 1, 1)
      const code = (module: Uint8Array): number => Buffer.from(module).indexOf(Buffer.from([0x0a]), 8)
      if (title !== 'an imported function') assert.ok(code(made.bytes) - code(bytes) === made.shift)
    })
  }
})

test('a module without a start function stays as it is', async () => {
  const bytes = await assemble('(module (func (export "start")))')
  assert.equal(exportStart(bytes, { start: 0, end: bytes.length }), undefined)
})
