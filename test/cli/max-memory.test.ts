/** `--max-memory`, as people give it. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { assemble } from '../support/assemble.ts'
import { runCli } from '../support/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenon-max-memory-'))
after(() => rmSync(folder, { recursive: true }))

const growing = join(folder, 'growing.wasm')
writeFileSync(
  growing,
  await assemble(`(component
    (core module $M (memory 2)
      (func (export "grow") (result i32)
        (loop $l (br_if $l (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) (memory.size)))
    (core instance $m (instantiate $M))
    (func (export "grow") (result u32) (canon lift (core func $m "grow"))))`),
)

const call = (size: string) => runCli(['call', '--max-memory', size, growing, 'grow()'])

test('memories grow so far and no further', async () => {
  for (const [size, pages] of [
    ['131072', 2],
    ['1MiB', 16],
    ['64 MiB', 1024],
  ] as const) {
    assert.deepEqual(await call(size), { code: 0, signal: null, stdout: `${pages}\n`, stderr: '' })
  }
})

test('a component that begins with more', async () => {
  const { code, stderr } = await call('128kB')
  assert.equal(code, 1)
  assert.match(stderr, /128000 bytes of memory are too few: the memories of growing begin with 131072/)
})

test('what is no size', async () => {
  const { code, stderr } = await call('64M')
  assert.equal(code, 2)
  assert.match(stderr, /--max-memory 64M: expected a size in bytes, such as 64MiB/)
})

test('`run` has it, too', async () => {
  const guest = 'test/cli/guest/guest.wasm'
  assert.equal((await runCli(['run', '--max-memory', '16MiB', guest, 'args', 'x'])).code, 0)
  assert.match((await runCli(['run', '--max-memory', '1KiB', guest, 'args'])).stderr, /1024 bytes of memory/)
})
