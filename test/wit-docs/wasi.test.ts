/** The sites about WASI and the reference texts are whole. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readWitSources } from '../../src/cli/read-wit.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { renderSite } from '../../src/wit-docs/site.ts'
import { problemsOf } from '../../src/wit-docs/testing/check-pages.ts'
import { readWasi } from '../wit/read-wasi.ts'

const wasi = readWasi()
const reference = fileURLToPath(new URL('../../../shared/conformance/wit/ui/', import.meta.url))
const skipReference = !existsSync(reference) && 'there is no ../shared/conformance/wit beside this checkout'
const skip = wasi.size === 0 ? 'no ../shared/conformance' : false

describe('the sites about reference texts', { skip: skipReference }, () => {
  const names = skipReference ? [] : readdirSync(reference).filter((name) => name.endsWith('.wit.json'))
  for (const name of names) {
    const path = [name.replace('.json', ''), name.replace('.wit.json', '')].find((each) =>
      existsSync(reference + each),
    )
    // The sources of one are WebAssembly text.
    if (path !== undefined)
      test(path, () => {
        const { packages } = resolveWit(readWitSources(reference + path), { features: new Set(['active']) })
        assert.deepEqual(problemsOf(renderSite(packages)), [])
      })
  }
})

describe('the site about WASI', { skip }, () => {
  // Each of a version has all of that version as its dependencies.
  for (const name of ['0.2/cli.wit', '0.3/cli.wit', 'config', 'keyvalue'])
    test(name, () => {
      const { packages } = resolveWit(wasi.get(name)!, { features: 'all' })
      const files = renderSite(packages)
      assert.deepEqual(problemsOf(files), [])
      for (const { interfaces, worlds } of packages) {
        const names = [
          ...Array.from(interfaces.keys(), (each) => `interface.${each}.html`),
          ...Array.from(worlds.keys(), (each) => `world.${each}.html`),
        ]
        for (const each of names)
          assert.ok(
            [...files.keys()].some((path) => path.endsWith(`/${each}`)),
            each,
          )
      }
    })

  test('says what is where', () => {
    const { packages } = resolveWit(wasi.get('0.2/cli.wit')!, { features: 'all' })
    const files = renderSite(packages)
    const command = files.get('wasi/cli@0.2.12/world.command.html')!
    assert.match(command, /<a href="\.\.\/\.\.\/wasi\/io%400\.2\.12\/interface\.streams\.html">/)
    assert.match(
      command,
      /<h2>Exports<\/h2>\n<h3>Interfaces<\/h3>\n<ul class="interfaces">\n<li id="export\.wasi:cli\/run/,
    )
    const types = files.get('wasi/filesystem@0.2.12/interface.types.html')!
    for (const anchor of [
      'descriptor',
      'descriptor.read-via-stream',
      'error-code.access',
      'filesystem-error-code',
    ])
      assert.ok(types.includes(` id="${anchor}"`), anchor)
  })
})
