/** What is published runs in a page. Needs `dist/`, which `npm run build` makes, and a Chromium on the path. */
import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (command) => spawnSync(command, ['--version']).status === 0,
)
const skip =
  browser === undefined
    ? 'no Chromium: apt-get install chromium'
    : existsSync('dist/wasi/browser.js')
      ? false
      : 'no dist: npm run build'

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
  document.body.textContent = JSON.stringify(lines)
</script>
<body></body>`

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
  const profile = mkdtempSync(join(tmpdir(), 'tenon-browser-'))
  t.after(() => {
    server.close()
    server.closeAllConnections()
    rmSync(profile, { recursive: true, force: true })
  })
  const { port } = server.address() as AddressInfo
  const { stdout } = await promisify(execFile)(
    browser!,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${profile}`,
      '--virtual-time-budget=60000',
      '--dump-dom',
      `http://127.0.0.1:${port}/`,
    ],
    { timeout: 120_000 },
  )
  const found = /<body>(.*?)<\/body>/s.exec(stdout)?.[1] ?? stdout
  assert.deepEqual(JSON.parse(found.replaceAll('&quot;', '"')), [3, 7, 'hello', 0, 11, 'unsupported'])
})
