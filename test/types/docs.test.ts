/** Runs what `docs/types.md` says: its commands write what its programs import, and those compile; one runs. */
import assert from 'node:assert/strict'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { runCli } from '../support/run-cli.ts'
import { shown, typeCheck, withTenon } from './type-check.ts'

const blocks = Array.from(
  readFileSync('docs/types.md', 'utf8').matchAll(/```(\w+)\n([\s\S]*?)```/g),
  ([, language, text]) => ({ language: language!, text: text! }),
)
const programs = blocks.filter(({ language }) => language === 'ts')
const commands = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.trim().split('\n'))
  .map((line) => line.replace(/ *#.*/, '').split(' ').slice(1))

suite('docs/types.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-'))
  after(() => rmSync(folder, { recursive: true }))

  test('its programs compile with what its commands write', async () => {
    for (const args of commands) {
      const output = args.length - 1
      const { code, stderr } = await runCli(args.with(output, join(folder, args[output]!)))
      assert.equal(stderr, '')
      assert.equal(code, 0)
    }
    const written = globSync('**/*.ts', { cwd: folder })
    const files = new Map(written.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
    assert.ok(files.has('types/imports/tenon-examples/kv-store/kvdb.d.ts'))
    for (const [i, { text }] of programs.entries()) files.set(`program-${i}.ts`, `${text}\nexport {}\n`)
    assert.equal(programs.length, 3)
    assert.deepEqual(shown(typeCheck(files, withTenon)), [])
  })

  test('its functions are those of tenon/bindgen', async () => {
    const { text } = programs.find(({ text }) => text.includes('tenon/bindgen'))!
    const lines: string[] = []
    const code = text
      .replaceAll(/^import (.*) from '(.*)'$/gm, "const $1 = await import('$2')")
      .replaceAll('console.log(', 'print(')
    const print = (...values: unknown[]): unknown => lines.push(values.join(' '))
    const AsyncFunction = (async () => {}).constructor as new (
      ...code: string[]
    ) => (...args: unknown[]) => unknown
    await new AsyncFunction('print', 'bindgen', 'wit', code.replaceAll(/import\('tenon\/(\w+)'\)/g, '$1'))(
      print,
      await import('tenon/bindgen'),
      await import('tenon/wit'),
    )
    assert.match(lines.join('\n'), /^adder\.d\.ts \d+\n1 \d+$/)
  })
})
