/** The reference suite of the Component Model on transpiled components: what passes in memory passes here. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { compile } from '../../src/compile/compile.ts'
import type { ComponentType } from '../../src/component/extern-type.ts'
import { Source } from '../../src/diagnostics/source.ts'
import { checkCoreModule } from '../../src/inspect/check-core-module.ts'
import { validate } from '../../src/validation/index.ts'
import { parseWat } from '../../src/wat/index.ts'
import { type Embedding, type ExportedFunction, runScript } from '../../src/wat/run-script.ts'
import { parseScript } from '../../src/wat/script.ts'
import { parseSkipList } from '../support/skip-list.ts'
import {
  allowed,
  forbidCodeGeneration,
  loadTranspiled,
  type TranspiledComponent,
  type TranspiledInstance,
} from '../support/transpiled-component.ts'

const suite = new URL('../../../shared/conformance/component-model/', import.meta.url)

interface Loaded {
  readonly type: ComponentType
  /** Its own threads go on while others of its functions wait. */
  readonly threads: boolean
  readonly component: Promise<TranspiledComponent>
}

interface Live {
  readonly loaded: Loaded
  readonly instance: TranspiledInstance
}

const embedding: Embedding<Loaded, Live> = {
  assemble: (text) => parseWat(text),
  load(bytes) {
    const syntax = decode(bytes)
    const type = allowed(() => validate(syntax, { checkModule: checkCoreModule }))
    const { steps } = compile(syntax)
    const threads = steps.some(
      (step) =>
        step.kind === 'builtins' && step.builtins.some(({ builtin }) => builtin.kind.startsWith('thread.')),
    )
    const component = loadTranspiled(bytes)
    component.catch(() => {})
    return { type, threads, component }
  },
  async instantiate(loaded, registered) {
    const imports = Object.fromEntries(
      Array.from(registered, ([name, { instance }]) => [name, instance.exports]),
    )
    return { loaded, instance: await (await loaded.component).instantiate(imports) }
  },
  exportedFunction({ loaded, instance }, name) {
    const type = loaded.type.exports.get(name)
    if (type?.kind !== 'function') return undefined
    const view = type.async || loaded.threads ? instance.async : instance.exports
    return { type, call: view[name] as ExportedFunction['call'] }
  },
}

if (existsSync(suite)) {
  forbidCodeGeneration()
  const skipList = parseSkipList(
    readFileSync(new URL('../reference-suite.skip.txt', import.meta.url), 'utf8'),
  )
  const files = globSync('**/*.wast', { cwd: suite }).map((file) => file.replaceAll('\\', '/'))
  for (const file of files.sort()) {
    test(`reference suite, transpiled: ${file}`, { skip: skipList.file(file) ?? false }, async () => {
      const script = parseScript(new Source(file, readFileSync(new URL(file, suite), 'utf8')))
      const outcomes = await runScript(script, embedding, (line) => skipList.line(file, line))
      const failures = outcomes.filter(({ status }) => status === 'fail')
      assert.deepEqual(
        failures.map(({ line, directive, reason }) => `${file}:${line} ${directive}: ${reason}`),
        [],
      )
    })
  }
} else {
  test('reference suite, transpiled', {
    skip: 'there is no ../shared/conformance/component-model beside this checkout',
  }, () => {})
}
