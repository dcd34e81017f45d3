/** What is published runs in a page. Needs `dist/`, which `npm run build` makes, and a Chromium on the path. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { test } from 'node:test'
import { BrowserPage, noBrowser } from '../support/browser-page.ts'

const skip = noBrowser || (existsSync('dist/wasi/browser.js') ? false : 'no dist: npm run build')

const page = `<!doctype html>
<script type="importmap">
  { "imports": { "tenon": "/dist/index.js", "tenon/wasi": "/dist/wasi/browser.js" } }
</script>
<script type="module">
  import { Component, Linker } from 'tenon'
  import { wasi } from 'tenon/wasi'
  const lines = []
  try {
    const adder = await (await Component.load(fetch('/examples/adder/rust/adder.wasm'))).instantiate()
    lines.push(adder.exports.add(1, 2), await adder.async.add(3, 4))
    const written = []
    const hello = await Component.load('/bench/guests/hello/hello.wasm')
    const code = await new Linker().define(wasi({ stdout: written })).run(hello)
    lines.push(new TextDecoder().decode(written[0]).trim(), code)
    const precompiled = Component.precompile(await (await fetch('/examples/adder/rust/adder.wasm')).bytes())
    using again = await Component.fromBytes(precompiled).instantiate()
    lines.push(again.exports.add(5, 6))
    await Component.load('/examples/adder/rust/adder.wasm', { cache: 'here' }).catch(({ code }) => lines.push(code))
  } catch (error) {
    lines.push(error.stack)
  }
  globalThis.result = lines
</script>`

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.wasm': 'application/wasm' }

test('in a page', { skip }, async (t) => {
  const server = createServer(({ url = '/' }, response) => {
    if (url === '/') {
      response.setHeader('content-type', 'text/html').end(page)
      return
    }
    const path = join('.', url)
    const type = types[extname(path)]
    if (type === undefined || !existsSync(path)) response.writeHead(404).end()
    else response.setHeader('content-type', type).end(readFileSync(path))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const browser = await BrowserPage.start()
  t.after(() => browser.close())
  await browser.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  assert.deepEqual(await browser.until('globalThis.result'), [3, 7, 'hello', 0, 11, 'unsupported'])
})
