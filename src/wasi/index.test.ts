/** `tenon/wasi` loads and works where there is no Node. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))

test('no file asks for a module of Node by an import', () => {
  const asking = globSync('**/*.ts', { cwd: here })
    .filter((file) => !/\.test\.ts$|^platform\/testing\//.test(file))
    .filter((file) =>
      /^(import|export) (?!type\b)[^;]*?from '(?!\.)/m.test(readFileSync(here + file, 'utf8')),
    )
  assert.deepEqual(asking, [])
})

for (const entry of ['index.ts', 'browser.ts']) {
  test(`${entry} works without Node's globals`, () => {
    const program = `
      const { log } = console
      for (const name of ['process', 'Buffer', 'setImmediate', 'global']) delete globalThis[name]
      const { wasi, MemoryDirectory } = await import(${JSON.stringify(`file://${here}${entry}`)})
      const out = []
      const imports = wasi({ stdout: out, stdin: 'in', preopens: [{ guest: '/', host: MemoryDirectory.from({ f: 'text' }) }] })
      const face = (name) => imports['wasi:' + name + '@0.2.12']
      const [[root]] = face('filesystem/preopens').getDirectories()
      const file = await root.openAt({}, 'f', {}, { read: true })
      const stdout = face('cli/stdout').getStdout()
      await stdout.blockingWriteAndFlush((await file.read(9n, 0n))[0])
      await stdout.blockingSplice(face('cli/stdin').getStdin(), 9n)
      await face('clocks/monotonic-clock').subscribeDuration(1000000n).block()
      face('random/random').getRandomBytes(70000n)
      try {
        wasi({ preopens: [{ guest: '/', host: '.' }] })
      } catch (error) {
        log(error.message)
      }
      log(out.map((bytes) => new TextDecoder().decode(bytes)).join('+'))`
    const arguments_ = ['--conditions=tenon-source', '--no-warnings', '--input-type=module', '-e', program]
    const { stdout, stderr } = spawnSync(process.execPath, arguments_, { encoding: 'utf8' })
    assert.equal(stderr, '')
    assert.match(stdout, /browser has no files; give a MemoryDirectory\ntext\+in\n/)
  })
}
