/** `tenon virt`. */
import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { limits } from '../../src/component/limits.ts'
import { validate } from '../../src/validation/validate.ts'
import { runCli } from '../support/run-cli.ts'

describe('tenon virt', () => {
  let folder: string
  const file = (name: string): string => join(folder, name)
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-virt-'))
    writeFileSync(
      file('guest.wat'),
      `(component
        (import "wasi:cli/environment@0.2.0" (instance $env (export "get-environment" (func (result (list (tuple string string)))))))
        (import "wasi:random/random@0.2.0" (instance $random (export "get-random-u64" (func (result u64)))))
        (export "env" (func $env "get-environment"))
        (export "random" (func $random "get-random-u64")))`,
    )
  })
  after(() => rmSync(folder, { recursive: true }))

  test('fixes what is named, and leaves the rest', async () => {
    const fixed = ['--env', 'A=1', '--env', 'B=x=y', '--seed', '1234567']
    const made = await runCli(['virt', file('guest.wat'), ...fixed, '--no-files', '-o', file('out.wasm')])
    assert.deepEqual(made, { code: 0, signal: null, stdout: '', stderr: '' })
    const { imports } = validate(decode(readFileSync(file('out.wasm'))))
    assert.deepEqual([...imports.keys()], ['wasi:cli/environment@0.2.0'])
    const call = async (text: string): Promise<string> =>
      (await runCli(['call', file('out.wasm'), text])).stdout
    assert.equal(await call('env()'), '[("A", "1"), ("B", "x=y")]\n')
    assert.equal(await call('random()'), '6457827717110365317\n')
  })

  test('a program that reads embedded files, and nothing else of its host', async () => {
    mkdirSync(file('root/data'), { recursive: true })
    writeFileSync(file('root/motd'), 'hello\n')
    writeFileSync(file('root/data/deep.txt'), 'deep\n')
    writeFileSync(file('one'), 'one\n')
    const fixed = [
      '--files',
      file('root'),
      '--file',
      `/etc/one=${file('one')}`,
      '--env',
      'A=1',
      '--no-network',
    ]
    const clock = ['--time', '2026-01-01T00:00:00Z', '--seed', '3']
    const made = await runCli([
      'virt',
      'test/cli/guest/guest.wasm',
      ...fixed,
      ...clock,
      '-o',
      file('guest.wasm'),
    ])
    assert.deepEqual(made, { code: 0, signal: null, stdout: '', stderr: '' })
    const says: readonly [args: readonly string[], stdout: string, stderr: RegExp][] = [
      [['read', '/motd'], 'hello\n', /^$/],
      [['read', '/data/../data/deep.txt'], 'deep\n', /^$/],
      [['read', '/etc/one'], 'one\n', /^$/],
      [['read', '/none'], '', /No such file or directory/],
      [['read', '/data'], '', /Is a directory/],
      [['read', '/motd/x'], '', /Not a directory/],
      [['write', '/motd', 'x'], '', /Read-only file system/],
      [['write', '/new', 'x'], '', /Read-only file system/],
      [['env'], '[("A", "1")]\n', /^$/],
      [['connect'], '', /Permission denied/],
      // A minute, and no time passes.
      [['sleep'], '', /^sleeping\n$/],
      [['copy'], 'through\n', /^$/],
    ]
    const ran = await Promise.all(
      says.map(([args]) => runCli(['run', file('guest.wasm'), ...args], { input: 'through\n' })),
    )
    for (const [i, [args, stdout, stderr]] of says.entries()) {
      assert.equal(ran[i]!.stdout, stdout, args.join(' '))
      assert.match(ran[i]!.stderr, stderr, args.join(' '))
    }
  })

  test('files without an end are not read', { skip: process.platform === 'win32' }, async () => {
    const failure = async (...args: string[]): Promise<string> => {
      const { code, stderr } = await runCli(['virt', file('guest.wat'), ...args])
      assert.equal(code, 1)
      return stderr
    }
    mkdirSync(file('odd'))
    symlinkSync('/dev/zero', file('odd/zero'))
    assert.match(await failure('--files', file('odd')), /odd\/zero: is a pipe or a device, wanted a file/)
    assert.match(await failure('--file', 'zero=/dev/zero'), /^error: \/dev\/zero: is a pipe or a device/)
    rmSync(file('odd/zero'))
    symlinkSync('loop', file('odd/loop'))
    assert.match(await failure('--files', file('odd')), /odd\/loop: a link that leads to itself/)
    writeFileSync(file('large'), '')
    truncateSync(file('large'), limits.embeddedFiles + 1)
    assert.match(
      await failure('--file', `large=${file('large')}`),
      /large: has 16777217 bytes.*at most 16777216/,
    )
  })

  const wrong: readonly [args: readonly string[], words: RegExp][] = [
    [[], /^error: which component\?/],
    [['a.wasm'], /^error: what is to be fixed\?/],
    [['a.wasm', '--env', 'A'], /^error: --env A: wanted NAME=VALUE/],
    [['a.wasm', '--env', 'A=1', '--no-env'], /^error: --env and --no-env/],
    [['a.wasm', '--seed', '-1x'], /^error/],
    [['a.wasm', '--seed', '1e3'], /^error: --seed 1e3: wanted a number/],
    [['a.wasm', '--file', 'etc/hosts'], /^error: --file etc\/hosts: wanted PATH=FILE/],
    [['a.wasm', '--file', 'a=b', '--no-files'], /^error: --no-files(,)? and (--file|files): say one of them/],
    [['a.wasm', '--time', 'noon'], /^error: --time noon: wanted a time/],
  ]
  for (const [args, words] of wrong) {
    test(`wrong: tenon virt ${args.join(' ')}`, async () => {
      const { code, stderr } = await runCli(['virt', ...args])
      assert.equal(code, 2)
      assert.match(stderr, words)
    })
  }
})
