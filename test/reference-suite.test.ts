/**
 * The reference suite of the Component Model: every script is one test. What cannot pass yet stands in
 * `reference-suite.skip.txt`, each line with its reason.
 */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { literal } from '../src/abi/literal/literal.ts'
import { glue } from '../src/compile/glue/glue.ts'
import { Source } from '../src/diagnostics/source.ts'
import type { LoadOptions } from '../src/index.ts'
import { type Outcome, runScript } from '../src/wat/run-script.ts'
import { parseScript } from '../src/wat/script.ts'
import { scriptEmbedding } from '../src/cli/script-embedding.ts'
import { parseSkipList, type SkipList } from './support/skip-list.ts'

const suite = new URL('../../shared/conformance/component-model/', import.meta.url)

/** Every way of moving values has to pass. */
const backEnds: readonly [name: string, options: LoadOptions][] = [
  ['adapters between components', {}],
  ['generated glue', { backEnd: glue }],
  ['literal interpreter', { backEnd: literal }],
]

if (existsSync(suite)) {
  const skipList = parseSkipList(readFileSync(new URL('reference-suite.skip.txt', import.meta.url), 'utf8'))
  const files = globSync('**/*.wast', { cwd: suite })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()

  for (const [backEnd, options] of backEnds) {
    for (const file of files) {
      const skip = skipList.file(file) ?? false
      test(`reference suite, ${backEnd}: ${file}`, { skip }, (context) =>
        run(file, options, skipList, context),
      )
    }
  }

  test('reference suite: the skip list names files that exist', () => {
    assert.deepEqual(skipList.unknownFiles(files), [])
  })
} else {
  test('reference suite', {
    skip: 'there is no ../shared/conformance/component-model beside this checkout',
  }, () => {})
}

async function run(
  file: string,
  options: LoadOptions,
  skipList: SkipList,
  context: TestContext,
): Promise<void> {
  const script = parseScript(new Source(file, readFileSync(new URL(file, suite), 'utf8')))
  const skip = (line: number) => skipList.line(file, line)
  const outcomes = await runScript(script, scriptEmbedding(options), skip)
  const skipped = outcomes.filter(({ status }) => status === 'skip').length
  if (skipped > 0) context.diagnostic(`${skipped} of ${outcomes.length} directives skipped`)
  const failures = outcomes.filter(({ status }) => status === 'fail')
  assert.equal(failures.length, 0, failures.map((outcome) => describe(file, outcome)).join('\n'))
}

function describe(file: string, { line, directive, reason }: Outcome): string {
  return `${file}:${line} ${directive}: ${reason}`
}
