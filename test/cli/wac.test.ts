/** `tenon wac fmt`, and what `tenon compose` says of texts that are wrong. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { runCli } from '../support/run-cli.ts'

const files: Readonly<Record<string, string>> = {
  'app.wac': 'package my:app;\nlet a=new docs:adder{...};\nexport a.go;\n',
  'broken.wac': 'package my:app;\nlet a = new docs:ader { ... };\nexport missing;\n',
  'deps/docs/adder.wat': '(component (import "log" (func)) (export "go" (func 0)))',
  'deps/docs/words/words.wit': 'package docs:words; interface words { say: func() -> string; }',
  'elsewhere.wat': '(component)',
}

describe('WAC files', () => {
  let cwd: string
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'tenon-wac-'))
    mkdirSync(join(cwd, 'deps/docs/words'), { recursive: true })
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text)
  })
  afterEach(() => rmSync(cwd, { recursive: true }))

  test('are formatted', async () => {
    const checked = await runCli(['wac', 'fmt', '--check', 'app.wac'], { cwd })
    assert.equal(checked.code, 1)
    assert.match(checked.stdout, /app\.wac is not formatted\n[\s\S]*\+ let a = new docs:adder \{ \.\.\. \};/)
    const { code, stdout } = await runCli(['wac', 'fmt', 'app.wac'], { cwd })
    assert.deepEqual([code, stdout], [0, 'formatted app.wac\n'])
    assert.equal(
      readFileSync(join(cwd, 'app.wac'), 'utf8'),
      'package my:app;\n\nlet a = new docs:adder { ... };\nexport a.go;\n',
    )
  })

  test('are refused with all their problems, each in its place', async () => {
    const { code, stderr } = await runCli(['compose', 'broken.wac', '-o', 'out.wasm'], { cwd })
    assert.equal(code, 1)
    assert.equal(
      stderr,
      `error: unknown package \`docs:ader\`
 --> broken.wac:2:13
  |
2 | let a = new docs:ader { ... };
  |             ^^^^^^^^^
  = did you mean \`docs:adder\`?
  = looked for deps/docs/ader.wasm, .wat, .wit, and a folder of that name; where it is, --dep docs:ader=PATH says

error: undefined name \`missing\`
 --> broken.wac:3:8
  |
3 | export missing;
  |        ^^^^^^^
`,
    )
  })

  test('find their packages as text, as WIT, and where --dep says', async () => {
    const text =
      'package my:app;\nimport w: docs:words/words;\nlet a = new docs:ader {};\nexport w.say as greet;\n'
    writeFileSync(join(cwd, 'app.wac'), text)
    const args = ['compose', 'app.wac', '-o', 'out.wasm', '--dep', 'docs:ader=elsewhere.wat']
    const composed = await runCli(args, { cwd })
    assert.deepEqual([composed.code, composed.stderr], [0, ''])
    const { stdout } = await runCli(['wit', 'out.wasm'], { cwd })
    assert.match(stdout, /import docs:words\/words;\n\n {2}export greet: func\(\) -> string;/)
  })

  test('are not composed where what --dep names is not there, asked for or not', async () => {
    writeFileSync(join(cwd, 'none.wac'), 'package my:app;\n')
    const { code, stderr } = await runCli(['compose', 'none.wac', '--dep', 'docs:ader=missing.wasm'], { cwd })
    assert.equal(code, 2)
    assert.match(stderr, /--dep docs:ader=missing\.wasm: there is no file or folder missing\.wasm/)
  })

  test('have no command but fmt', async () => {
    const { code, stderr } = await runCli(['wac', 'parse'], { cwd })
    assert.equal(code, 2)
    assert.match(stderr, /unknown command wac parse\nto compose: `tenon compose/)
  })
})
