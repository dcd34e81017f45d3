/**
 * A transpiled component in a page without a bundler, which forbids generated code and inline scripts. Needs `dist/`, which
 * `npm run build` makes, and a Chromium on the path.
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { transpile } from '../../src/bindgen/transpile/transpile.ts'
import { BrowserPage, noBrowser } from '../support/browser-page.ts'

const skip = noBrowser || (existsSync('dist/transpiled/index.js') ? false : 'no dist: npm run build')
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
}
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

const page = {
  'index.html': '<!doctype html><script type="module" src="./main.js"></script>',
  'log.js': `export const logged = []
    export const log = (text) => new Promise((resolve) => setTimeout(() => { logged.push(text); resolve() }, 1))`,
  'database.js': `const rows = new Map()
    export class Connection {
      get(key) { return rows.get(key) }
      set(key, value) { rows.set(key, value) }
    }`,
  'main.js': `
    import { add } from './adder.js'
    import store from './store.js'
    import { logged } from './log.js'
    const forbidden = () => { try { return Function('') } catch (error) { return error.name } }
    Promise.resolve(store.async.replaceValue('a', 'b')).then(
      () => { globalThis.result = [add(1, 2), logged, forbidden()] },
      (error) => { globalThis.result = error.stack },
    )`,
}

function files(): ReadonlyMap<string, string | Uint8Array> {
  const map = {
    log: './log.js',
    'tenon-examples:*': './database.js',
    'wasi:*': './tenon/esm/browser-wasi.js',
  }
  const made = ['adder', 'kv-store'].flatMap((example) => {
    const bytes = readFileSync(`examples/${example}/rust/${example}.wasm`)
    const name = example.replace('kv-', '')
    return [...transpile(bytes, { name, map, runtime: './tenon/transpiled/index.js', types: false }).files]
  })
  return new Map([...Object.entries(page), ...made])
}

test('in a page without a bundler', { skip }, async (t) => {
  const served = files()
  const server = createServer(({ url = '/' }, response) => {
    const path = normalize(url === '/' ? 'index.html' : url.slice(1))
    const inDist = path.startsWith('tenon/') ? join('dist', path.slice('tenon/'.length)) : undefined
    const content = inDist && existsSync(inDist) ? readFileSync(inDist) : served.get(path)
    if (content === undefined) return void response.writeHead(404).end()
    response
      .setHeader('content-type', types[extname(path)]!)
      .setHeader('content-security-policy', policy)
      .end(content)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const browser = await BrowserPage.start()
  t.after(async () => {
    await browser.close()
    server.close()
    server.closeAllConnections()
  })
  await browser.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  const expected = [3, ['a: None replaced by "b"'], 'EvalError']
  assert.deepEqual(await browser.until('globalThis.result'), expected)
})
