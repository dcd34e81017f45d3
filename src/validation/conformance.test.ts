/** What the reference scripts say is valid and what not, without running anything. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { decode } from '../binary/decode.ts'
import { checkCoreModule } from '../inspect/check-core-module.ts'
import { Source } from '../diagnostics/source.ts'
import { DecodeError, ValidationError } from '../errors.ts'
import { type Definition, type Directive, parseScript } from '../wat/script.ts'
import { validate, validationProblems } from './validate.ts'

const vectors = '../shared/conformance'
const suite = join(vectors, 'component-model')
const folders = ['validation', 'values', 'resources', 'linking', 'async', 'binary']

for (const folder of folders) {
  describe(`reference scripts: ${folder}`, { skip: !existsSync(suite) && `no ${suite}` }, () => {
    for (const file of globSync(`${folder}/*.wast`, { cwd: suite }).sort()) {
      test(file, async () => {
        const source = new Source(file, readFileSync(join(suite, file), 'utf8'))
        for (const directive of parseScript(source).directives) await check(directive, file)
      })
    }
  })
}

/** Real ones: interfaces that use each other's types, shims that pass types on, compositions. */
describe('components of other tools are valid', { skip: !existsSync(vectors) && `no ${vectors}` }, () => {
  for (const folder of ['wit-component', 'wac']) {
    test(folder, async () => {
      let count = 0
      for (const file of globSync(`${folder}/**/*.wat`, { cwd: vectors })) {
        const bytes = await assembleComponent(readFileSync(join(vectors, file), 'utf8'))
        if (!bytes) continue
        assert.doesNotThrow(() => validate(decode(bytes)), file)
        count++
      }
      assert.ok(count > 10, `only ${count} components`)
    })
  }
})

/** Undefined for a core module, and for what the assembler cannot read. */
async function assembleComponent(text: string): Promise<Uint8Array | undefined> {
  const bytes = await assemble(text).catch(() => undefined)
  const layer = bytes?.[6]
  return layer === 1 ? bytes : undefined
}

async function check(directive: Directive, file: string): Promise<void> {
  const where = `${file}:${directive.line}`
  if (directive.kind === 'component') {
    await assert.doesNotReject(() => load(directive.definition), where)
  } else if (directive.kind === 'assert_invalid') {
    await assert.rejects(
      () => load(directive.definition),
      (error: unknown) => {
        assert.ok(error instanceof ValidationError || error instanceof DecodeError, `${where}: ${error}`)
        assert.ok(
          error.message.includes(directive.message),
          `${where}: ${error.message} ≠ ${directive.message}`,
        )
        return true
      },
    )
  }
}

async function load({ form }: Definition): Promise<void> {
  const component = decode(form.kind === 'binary' ? form.bytes : await assemble(form.text))
  try {
    validate(component, { checkModule: checkCoreModule })
  } catch (error) {
    const [first] = validationProblems(component, { checkModule: checkCoreModule })
    assert.equal(first?.message, (error as Error).message, 'the first of all problems')
    throw error
  }
  assert.deepEqual(validationProblems(component, { checkModule: checkCoreModule }), [])
}
