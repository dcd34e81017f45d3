import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { componentOf, encodePlanFile, readPlanFileHead } from '../../src/plan-file/plan-file.ts'
import { decode } from '../../src/binary/decode.ts'
import { compile } from '../../src/compile/compile.ts'
import { validate } from '../../src/validation/index.ts'
import { version } from '../../src/version.ts'
import { assemble } from '../support/assemble.ts'
import { runCli } from '../support/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenon-'))
after(() => rmSync(folder, { recursive: true }))

const adder = 'examples/adder/rust/adder.wasm'
const hello = 'bench/guests/hello/hello.wasm'
const inFolder = (name: string): string => join(folder, name)

describe('tenon compile', () => {
  test('writes what every command takes like the component', async () => {
    const output = inFolder('adder.tenon')
    const compiled = await runCli(['compile', adder, '-o', output])
    assert.deepEqual([compiled.code, compiled.stdout, compiled.stderr], [0, '', ''])
    assert.equal((await runCli(['call', output, 'add(1, 2)'])).stdout, '3\n')
    for (const look of [['wit'], ['inspect', '--json']]) {
      const [ofComponent, ofCompiled] = await Promise.all([
        runCli([...look, adder]),
        runCli([...look, output]),
      ])
      assert.equal(ofCompiled.stdout.replaceAll(output, adder), ofComponent.stdout)
    }
    const command = inFolder('hello.tenon')
    await runCli(['compile', hello, '--output', command])
    assert.equal((await runCli(['run', command])).stdout, 'hello\n')
  })

  test('writes to FILE.tenon where nothing is said, and to standard output where it is asked to', async () => {
    const component = inFolder('one.wasm')
    writeFileSync(component, readFileSync(adder))
    assert.equal((await runCli(['compile', component])).code, 0)
    assert.ok(existsSync(inFolder('one.tenon')))
    const { code, stderr } = await runCli(['compile', '-'], { input: readFileSync(adder) })
    assert.deepEqual([code, stderr.includes('--output')], [2, true])
  })

  test('says what the engine has against a core module, at once', async () => {
    const bytes = await assemble('(component (core module (func (export "f") (result i32) i32.const 1)))')
    const constant = bytes.lastIndexOf(0x41)
    bytes[constant] = 0x42
    const component = inFolder('invalid.wasm')
    writeFileSync(component, bytes)
    const { code, stderr } = await runCli(['compile', component])
    assert.equal(code, 1)
    assert.match(stderr, /^error: core module 0 is not valid: [^@]+\n/)
    assert.ok(stderr.includes(` --> ${component}:0x${(constant + 2).toString(16)} `), stderr)
    assert.equal(existsSync(inFolder('invalid.tenon')), false)
  })

  test('compiles anew what another version wrote; that version’s is refused with the cure', async () => {
    const bytes = new Uint8Array(readFileSync(adder))
    const syntax = decode(bytes)
    const old = { name: 'adder', type: validate(syntax), plan: compile(syntax) }
    const file = inFolder('old.tenon')
    writeFileSync(file, encodePlanFile(old, '0.0.1', bytes))
    const refused = await runCli(['call', file, 'add(1, 2)'])
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, /compiled by Tenon 0\.0\.1, and this is .*tenon compile FILE -o FILE/)
    assert.match((await runCli(['wit', file])).stdout, /export add/)
    assert.equal((await runCli(['compile', file, '-o', file])).code, 0)
    assert.equal((await runCli(['call', file, 'add(1, 2)'])).stdout, '3\n')
  })

  test('what runs is what is shown: a Plan of another component is refused where one looks', async () => {
    const bytes = new Uint8Array(readFileSync(adder))
    const syntax = decode(bytes)
    const plan = compile(syntax)
    const signatures = plan.signatures.map((signature) => ({ ...signature, name: 'other' }))
    const forged = inFolder('forged.tenon')
    const file = encodePlanFile(
      { name: undefined, type: validate(syntax), plan: { ...plan, signatures } },
      version,
      bytes,
    )
    writeFileSync(forged, file)
    assert.deepEqual(componentOf(readPlanFileHead(file)), bytes)
    for (const command of ['inspect', 'wit']) {
      const { code, stderr } = await runCli([command, forged])
      assert.equal(code, 1)
      assert.match(stderr, /the Plan in it is not that of the component in it/)
    }
  })
})

describe('--cache', () => {
  const names = (directory: string): string[] => readdirSync(directory).sort()

  test('keeps a Plan for each component, and runs with it', async () => {
    const cache = inFolder('cache')
    for (let run = 0; run < 2; run++) {
      const { stdout, stderr } = await runCli(['call', '--cache', cache, adder, 'add(1, 2)'])
      assert.deepEqual([stdout, stderr], ['3\n', ''])
      assert.equal(names(cache).length, 1)
    }
    const { stdout } = await runCli(['run', hello], { env: { TENON_CACHE: cache } })
    assert.equal(stdout, 'hello\n')
    assert.equal(names(cache).length, 2)
  })

  test('is refused where others can write', { skip: process.platform === 'win32' }, async () => {
    const open = mkdtempSync(inFolder('open-'))
    chmodSync(open, 0o777)
    const { code, stderr } = await runCli(['call', '--cache', open, adder, 'add(1, 2)'])
    assert.equal(code, 1)
    assert.match(stderr, /others could put files into it.*chmod 700/)
    assert.deepEqual(names(open), [])
  })
})
