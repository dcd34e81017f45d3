import assert from 'node:assert/strict'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import { CodeCache } from './code-cache.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenon-code-cache-'))
after(() => rmSync(folder, { recursive: true }))

let cache = ''
beforeEach(() => {
  cache = mkdtempSync(join(folder, 'cache-'))
})

/** A file that requires the other, which requires it back. */
const main = join(folder, 'main-AAAAaaa1.cjs')
const kept = ['tenon-run-main-AAAAaaa1.cjs', 'tenon-run-other-BBBBbb_-.cjs']
writeFileSync(
  main,
  `const { sep } = require('node:path')
  exports.hello = () => require('./other-BBBBbb_-.cjs').greet('hello')
  exports.place = [__filename, __dirname + sep]`,
)
writeFileSync(
  join(folder, 'other-BBBBbb_-.cjs'),
  `const main = require('./main-AAAAaaa1.cjs')
  exports.greet = (text) => text + ' ' + typeof main.hello`,
)

/** One run of the tool. */
function run(purpose = 'run', directory: string | undefined = cache, file = main): string {
  const code = new CodeCache(purpose, directory)
  const { hello } = code.require(file) as { hello: () => string }
  const said = hello()
  code.save()
  return said
}

describe('the cache of compiled code', () => {
  test('loads files that require each other, each once', () => {
    const code = new CodeCache('run', cache)
    assert.equal(run(), 'hello function')
    assert.equal(code.require(main), code.require(main))
  })

  test('is not kept where others can write', { skip: process.platform === 'win32' }, () => {
    chmodSync(cache, 0o777)
    assert.equal(run(), 'hello function')
    assert.deepEqual(readdirSync(cache), [])
  })

  test('tells files where they are', () => {
    const { place } = new CodeCache('run', cache).require(main) as { place: unknown }
    assert.deepEqual(place, [main, join(folder, '/')])
  })

  test('keeps the code of each file, and uses it', () => {
    run()
    assert.deepEqual(readdirSync(cache).sort(), kept)
    for (const name of kept) utimesSync(join(cache, name), 0, 0)
    assert.equal(run(), 'hello function')
    for (const name of kept) assert.equal(statSync(join(cache, name)).mtimeMs, 0)
  })

  test('compiles and keeps anew what was cut off', () => {
    // A source for each, of the same length: V8 remembers those that it saw in this process.
    const file = (i: number) => {
      const path = join(folder, `number-DDDDddd${i}.cjs`)
      writeFileSync(path, `exports.hello = () => 'number ${i}'`)
      return path
    }
    const kept = (i: number) => join(cache, `tenon-run-number-DDDDddd${i}.cjs`)
    run('run', cache, file(0))
    const sound = readFileSync(kept(0))
    const damaged = [0, 40, sound.length - 8].map((length) => sound.subarray(0, length))
    for (const [i, bytes] of [...damaged, Buffer.from('no code')].entries()) {
      writeFileSync(kept(i + 1), bytes)
      assert.equal(run('run', cache, file(i + 1)), `number ${i + 1}`)
      assert.equal(statSync(kept(i + 1)).size, sound.length)
    }
  })

  test('keeps purposes apart', () => {
    run('run')
    run('call')
    assert.equal(readdirSync(cache).length, 4)
  })

  test('does not keep files whose name may come to mean another code', () => {
    const plain = join(folder, 'plain.cjs')
    writeFileSync(plain, `exports.hello = () => 'plain'`)
    assert.equal(run('run', cache, plain), 'plain')
    assert.deepEqual(readdirSync(cache), [])
  })

  test('works where nothing can be kept', () => {
    assert.equal(run('run', join(cache, 'not', 'there')), 'hello function')
    assert.equal(new CodeCache('run', undefined).require(main) !== undefined, true)
  })

  test('names the file in stack traces', () => {
    const file = join(folder, 'throws-CCCCccc3.cjs')
    writeFileSync(file, `exports.hello = () => {\n  throw new Error('no')\n}`)
    assert.throws(
      () => run('run', cache, file),
      ({ stack }: Error) => stack?.includes(`${file}:2:9`) === true,
    )
  })
})
