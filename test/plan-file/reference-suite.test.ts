/**
 * The components of the reference suite, written as Plans and read back: the same Plan and type, and they run the same. What a
 * script expects to be refused never gets that far.
 */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { scriptEmbedding } from '../../src/cli/script-embedding.ts'
import { compile } from '../../src/compile/compile.ts'
import { Source } from '../../src/diagnostics/source.ts'
import { Component } from '../../src/index.ts'
import { decodePlanFile } from '../../src/plan-file/plan-file.ts'
import { validate } from '../../src/validation/index.ts'
import { version } from '../../src/version.ts'
import { runScript } from '../../src/wat/run-script.ts'
import { parseScript } from '../../src/wat/script.ts'
import { parseSkipList } from '../support/skip-list.ts'

const suite = new URL('../../../shared/conformance/component-model/', import.meta.url)
const embedding = scriptEmbedding()

/** By way of a file. */
async function load(bytes: Uint8Array): Promise<Component> {
  await embedding.load(bytes)
  const file = Component.precompile(bytes)
  const { plan, type } = decodePlanFile(file, version)
  const syntax = decode(bytes)
  assert.deepEqual(plan, compile(syntax))
  assert.deepEqual(type, validate(syntax))
  return Component.fromBytes(file)
}

if (existsSync(suite)) {
  const skipList = parseSkipList(
    readFileSync(new URL('../reference-suite.skip.txt', import.meta.url), 'utf8'),
  )
  for (const file of globSync('**/*.wast', { cwd: suite }).sort()) {
    const name = file.replaceAll('\\', '/')
    test(`through a Plan's file: ${name}`, { skip: skipList.file(name) ?? false }, async () => {
      const script = parseScript(new Source(name, readFileSync(new URL(name, suite), 'utf8')))
      const skip = (line: number) => skipList.line(name, line)
      const outcomes = await runScript(script, { ...embedding, load }, skip)
      const failures = outcomes.filter(({ status }) => status === 'fail')
      assert.deepEqual(failures, [])
    })
  }
} else {
  test("the reference suite through Plans' files", {
    skip: 'there is no ../shared/conformance/component-model beside this checkout',
  }, () => {})
}
