/** Vite, which `npm install` in tools/platforms brings: what it builds and what it serves, in a page that forbids generated code. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import tenon from '../../src/esm/plugins/vite.ts'
import { BrowserPage, noBrowser } from '../support/browser-page.ts'
import { makeApp, packageJson } from './app.ts'
import { application, output } from './application.ts'
import { adder, blobs, counter } from './guests.ts'

/** What we use of Vite. */
interface Vite {
  build(options: object): Promise<unknown>
  createServer(options: object): Promise<DevelopmentServer>
}

interface DevelopmentServer {
  readonly httpServer: { address(): AddressInfo | null }
  readonly watcher: { getWatched(): Readonly<Record<string, readonly string[]>> }
  listen(): Promise<unknown>
  close(): Promise<void>
}

const installed = resolve('tools/platforms/node_modules/vite/dist/node/index.js')
const skip = existsSync(installed) ? noBrowser : 'no Vite: npm install --prefix tools/platforms'

/** No generated code; what is fetched comes from where the page does. */
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

const page =
  '<!doctype html><link rel="icon" href="data:,"><body><script type="module" src="./main.js"></script></body>'

/** The application, which leaves its output in a global. */
const files = {
  ...application,
  'index.html': page,
  'wasi.js': `
    import { wasi } from 'tenon/wasi'
    export default wasi({ stdout: (bytes) => console.log(new TextDecoder().decode(bytes).trimEnd()) })`,
  'main.js': `
    const lines = []
    console.log = (line) => lines.push(line)
    try { Function('') } catch { globalThis.forbidden = true }
    import('./app.js').then(
      () => { globalThis.result = lines },
      (error) => { globalThis.result = [error.stack] },
    )`,
}

describe('Vite', { skip }, () => {
  let browser: BrowserPage
  let vite: Vite
  before(async () => {
    browser = await BrowserPage.start()
    vite = await import(pathToFileURL(installed).href)
  })
  after(() => browser.close())

  const configuration = (root: string) => ({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [tenon()],
    resolve: { conditions: ['tenon-source', 'module', 'browser', 'development|production'] },
    // Here, `tenon` is a link to what lies elsewhere.
    server: { host: '127.0.0.1', port: 0, fs: { strict: false } },
  })

  test('builds what runs where no code may be generated', async (t) => {
    const folder = makeApp(files)
    await vite.build(configuration(folder))
    const origin = await serve(join(folder, 'dist'), t)
    await browser.open(origin)
    assert.deepEqual(await browser.until('globalThis.result'), output)
    assert.equal(await browser.evaluate('globalThis.forbidden'), true)
  })

  test('builds what runs on a server', async () => {
    const folder = makeApp(application)
    const ssr = { noExternal: true, resolve: { conditions: ['tenon-source', 'node', 'import'] } }
    await vite.build({ ...configuration(folder), ssr, build: { ssr: 'app.js' } })
    const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'dist/app.js')], {
      encoding: 'utf8',
    })
    assert.deepEqual({ lines: stdout.split('\n').slice(0, -1), stderr }, { lines: output, stderr: '' })
  })

  test('serves while developing, and loads the page anew when a component changes', async (t) => {
    const folder = makeApp({
      'package.json': packageJson({ 'docs:sums/add': './sums.js' }),
      'index.html': page,
      'sums.js': 'export const add = (a, b) => a + b',
      'blobs.wasm': blobs,
      'changing.wasm': adder,
      'main.js': `
        import { blobs } from './blobs.wasm'
        import * as exports from './changing.wasm'
        globalThis.result = [new blobs.Blob(5).size(), ...Object.keys(exports)]`,
    })
    const server = await vite.createServer(configuration(folder))
    t.after(() => server.close())
    await server.listen()
    await browser.open(`http://127.0.0.1:${server.httpServer.address()!.port}`)
    assert.deepEqual(await browser.until('globalThis.result'), [105, 'add', 'default'])
    // What changes before anybody looks has not changed.
    while (!server.watcher.getWatched()[folder]?.includes('changing.wasm')) await setTimeout(20)
    writeFileSync(join(folder, 'changing.wasm'), counter)
    await browser.until('globalThis.result?.includes("bump") ?? false')
  })
})

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
}

async function serve(folder: string, t: { after(end: () => void): void }): Promise<string> {
  const server = createServer(({ url = '/' }, response) => {
    const path = join(folder, url === '/' ? 'index.html' : url)
    const type = types[extname(path)]
    if (type === undefined || !existsSync(path)) response.writeHead(404).end()
    else {
      response.setHeader('content-type', type).setHeader('content-security-policy', policy)
      response.end(readFileSync(path))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
