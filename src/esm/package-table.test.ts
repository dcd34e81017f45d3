import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { packageTable } from './package-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenon-package-'))
after(() => rmSync(folder, { recursive: true }))

/** The table for a component in a package with this package.json. */
function tableOf(text: string) {
  writeFileSync(join(folder, 'package.json'), text)
  return packageTable(join(folder, 'adder.wasm'))
}

describe('the table of a package', () => {
  test('is that of the nearest package.json', () => {
    const inner = join(folder, 'node_modules/inner')
    mkdirSync(join(inner, 'lib'), { recursive: true })
    writeFileSync(join(inner, 'package.json'), '{ "tenon": { "imports": { "log": "./inner.js" } } }')
    const outer = tableOf('{ "tenon": { "imports": { "log": "./outer.js" } } }')
    assert.deepEqual(outer.entries, { log: './outer.js' })
    assert.deepEqual(packageTable(join(inner, 'lib/deep/adder.wasm')), {
      entries: { log: './inner.js' },
      place: join(inner, 'package.json'),
      base: pathToFileURL(join(inner, 'package.json')).href,
    })
  })

  for (const text of ['{}', '{ "tenon": {} }', '{ "imports": { "#log": "./log.js" } }'])
    test(`is empty in ${text}`, () => assert.deepEqual(tableOf(text).entries, {}))

  const wrong: readonly [text: string, message: RegExp][] = [
    ['{', /package\.json: Expected property name/],
    ['[]', /package\.json: wanted an object; found \[\]$/],
    ['{ "tenon": true }', /package\.json: "tenon": wanted an object; found true$/],
    ['{ "tenon": { "imports": ["log"] } }', /"tenon": { "imports" }: wanted an object; found \["log"\]$/],
    ['{ "tenon": { "imports": { "log": "" } } }', /{ "log" } }: wanted a module specifier, .* found ""$/],
    ['{ "tenon": { "imports": { "log": {} } } }', /{ "log" } }: wanted a module specifier, .* found {}$/],
  ]
  for (const [text, message] of wrong)
    test(`is none in ${text}`, () => assert.throws(() => tableOf(text), { code: 'file', message }))
})
