/**
 * What is published runs on every Node that we support: 22, which has no JSPI, and 24, which has. The Nodes come from
 * `npm install` in tools/platforms; `npm run build` makes what they run.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'

const adder = 'examples/adder/rust/adder.wasm'
const provider = 'examples/interfaced-adder/rust/interfaced-adder.wasm'
const calculator = 'examples/calculator/rust/calculator.wasm'

for (const version of [22, 24]) {
  const node = `tools/platforms/node_modules/node-${version}-${process.platform}-${process.arch}/bin/node`
  const skip = existsSync(node)
    ? !existsSync('dist') && 'no dist: npm run build'
    : 'not installed: npm install --prefix tools/platforms'
  const run = (...args: string[]) => spawnSync(node, args, { encoding: 'utf8' })

  describe(`Node ${version}`, { skip }, () => {
    test('is that Node', () => assert.match(run('--version').stdout, new RegExp(`^v${version}\\.`)))

    test('calls', () => {
      const { stdout, stderr } = run('bin/tenon.js', 'call', adder, 'add(1, 2)')
      assert.deepEqual({ stdout, stderr }, { stdout: '3\n', stderr: '' })
    })

    test('keeps compiled code for the next run', (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'tenon-'))
      t.after(() => rmSync(folder, { recursive: true }))
      const env = { ...process.env, NODE_COMPILE_CACHE: folder }
      const call = () =>
        spawnSync(node, ['bin/tenon.js', 'call', adder, 'add(1, 2)'], { encoding: 'utf8', env }).stdout
      const kept = () =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
          path.includes('tenon-call-'),
        )
      assert.equal(call(), '3\n')
      const first = kept()
      assert.notEqual(first.length, 0)
      assert.equal(call(), '3\n')
      assert.deepEqual(kept(), first)
    })

    test('links and runs a command', () => {
      const link = `tenon-examples:interfaced-adder/add=${provider}`
      const { stdout, stderr } = run('bin/tenon.js', 'run', '--import', link, calculator)
      assert.deepEqual({ stdout, stderr }, { stdout: 'result: 3\n', stderr: '' })
    })

    test('has both views of an instance', () => {
      const program = `
        import { Component } from 'tenon'
        const { exports, async } = await (await Component.load('${adder}')).instantiate()
        console.log(exports.add(1, 2), await async.add(3, 4))`
      const { stdout, stderr } = run('--input-type=module', '--eval', program)
      assert.deepEqual({ stdout, stderr }, { stdout: '3 7\n', stderr: '' })
    })
  })
}

test('an old Node is told so in one line', () => {
  const program =
    "Object.defineProperty(process.versions, 'node', { value: '20.9.0' }); await import('./bin/tenon.js')"
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  })
  assert.equal(status, 1)
  assert.equal(stdout, '')
  assert.match(stderr, /^tenon: needs Node 22\.3 or later, this is v[^\n]+\n$/)
})
