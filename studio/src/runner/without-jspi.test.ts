import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { RunSource } from '../contract/run.ts'

// Before anything looks for it.
Reflect.deleteProperty(WebAssembly, 'Suspending')
const { RunSession } = await import('./run-session.ts')

test('where the engine cannot wait, input is what was given beforehand, and the page is told', async () => {
  for (const [stdin, printed] of [
    [undefined, ''],
    ['given', 'given'],
  ] as const) {
    const session = new RunSession()
    const source: RunSource = {
      text: 'package t:t; let it = new t:guest { ... }; export it...;',
      packages: [
        { name: 't:guest', bytes: new Uint8Array(readFileSync('test/cli/guest/guest.wasm')).buffer },
      ],
      args: ['copy'],
      env: [],
      stdin,
      files: [],
      limits: { memory: 64 * 1024 * 1024, output: 10_000, calls: 100 },
    }
    let text = ''
    const started = await session.start(source, {
      progress() {},
      output(_, bytes) {
        text += new TextDecoder().decode(bytes)
      },
      wantsInput: () => assert.fail('nobody could wait for an answer'),
      calls() {},
    })
    assert.ok('canWaitForInput' in started && !started.canWaitForInput)
    const exit = await session.run()
    assert.ok('code' in exit && exit.code === 0)
    assert.equal(text, printed)
  }
})
