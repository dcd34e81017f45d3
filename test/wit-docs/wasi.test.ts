/** The site about WASI: whole, and quick to make. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { resolveWit } from '../../src/wit/resolve.ts'
import { renderSite } from '../../src/wit-docs/site.ts'
import { problemsOf } from '../../src/wit-docs/testing/check-pages.ts'
import { readWasi } from '../wit/read-wasi.ts'

const wasi = readWasi()
const skip = wasi.size === 0 ? 'no ../shared/conformance' : false

describe('the site about WASI', { skip }, () => {
  for (const [name, sources] of wasi)
    test(name, () => {
      const { packages } = resolveWit(sources, { features: 'all' })
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
