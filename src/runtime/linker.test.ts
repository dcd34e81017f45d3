import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counter, eachBackEndInMemory } from '../../test/support/load-component.ts'
import { ExitError, Linker } from '../index.ts'

eachBackEndInMemory('commands', (load) => {
  const command = (body: string): string => `
  (import "exit" (func $exit))
  (core func $exit (canon lower (func $exit)))
  (core module $M (import "" "exit" (func $exit)) (func (export "run") (result i32) ${body}))
  (core instance $m (instantiate $M (with "" (instance (export "exit" (func $exit))))))
  (func $run (result (result)) (canon lift (core func $m "run")))
  (instance $i (export "run" (func $run)))
  (export "wasi:cli/run@0.2.3" (instance $i))`

  test('exit codes', async () => {
    const exit = (): never => {
      throw new ExitError(7)
    }
    const linker = new Linker().define({ exit })
    assert.equal(await linker.run(await load(command('i32.const 0'))), 0)
    assert.equal(await linker.run(await load(command('i32.const 1'))), 1)
    assert.equal(await linker.run(await load(command('call $exit i32.const 0'))), 7)
    await assert.rejects(linker.run(await load(command('unreachable'))), {
      name: 'Trap',
      code: 'unreachable',
    })
  })

  test('what is no command', async () => {
    await assert.rejects(new Linker().run(await load(counter)), { code: 'link', message: /exports `bump`/ })
  })

  test('imports that nobody defined as traps', async () => {
    const linker = new Linker().trapUnknown()
    assert.equal(await linker.run(await load(command('i32.const 0'))), 0)
    await assert.rejects(linker.run(await load(command('call $exit i32.const 0'))), {
      code: 'import-trapped',
      message: /`exit`/,
    })
  })
})
