/** The studio as static files, on a host that sends no headers, in a folder of its own. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { BrowserPage } from '../support/browser-page.ts'
import { type StaticHost, staticHost } from '../support/static-host.ts'
import { noStudio, studioPage } from '../support/studio-page.ts'

describe('the studio on a static host', { skip: noStudio }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-static-'))
  let page: BrowserPage
  let host: StaticHost
  before(async () => {
    cpSync(await studioPage(), folder, { recursive: true })
    host = await staticHost(folder)
    page = await BrowserPage.start()
    await page.show({ width: 1440, height: 900 })
  })
  after(async () => {
    await page.close()
    await host.close()
    rmSync(folder, { recursive: true })
  })
  afterEach(() => {
    const others = page.requests
      .splice(0)
      .filter((url) => !url.startsWith(host.address) && !/^(data|file):/.test(url))
    assert.deepEqual([page.problems.splice(0), others], [[], []])
  })

  const started = `document.querySelector('#root > :not(.not-started)') !== null`
  const kept = `navigator.serviceWorker.getRegistration().then((it) => it?.active?.state === 'activated' && !it.waiting)`

  test('asks nobody but its own host', async () => {
    await page.open(host.address)
    await page.until(started)
    await page.until(kept)
    assert.ok(page.requests.includes(`${host.address}index.html`), 'the service worker was not heard')
  })

  test('sends the policy with all that it keeps, as the host does not', async () => {
    await page.reload()
    const headers = await page.evaluate(`fetch('./').then(({ headers }) => Object.fromEntries(headers))`)
    const policy = (headers as Record<string, string>)['content-security-policy']!
    assert.match(policy, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /)
    assert.match(policy, /; frame-ancestors 'none'$/)
    const scripts = (await page.evaluate(
      `caches.keys().then(async ([name]) => (await (await caches.open(name)).keys()).map(({ url }) => url))`,
    )) as string[]
    assert.ok(scripts.length > 10)
    for (const script of scripts.filter((url) => url.endsWith('.js')))
      assert.equal(
        await page.evaluate(
          `fetch('${script}').then(({ headers }) => headers.get('content-security-policy'))`,
        ),
        policy,
      )
  })

  test('works when the host is gone', async () => {
    const { port } = new URL(host.address)
    await host.close()
    await page.reload()
    await page.until(started)
    // All that a run needs is there, too.
    await page.click('button', /^Calculator and adder/)
    await page.find('region', 'Instance calculator')
    await page.click('button', 'Wire whatever fits')
    await page.find('button', /^Import add, wired/)
    await page.click('button', 'Run', await page.find('banner'))
    const run = await page.find('region', 'Run')
    await page.click('button', /^Export run/, run)
    await page.click('button', 'Run', run)
    await page.until(`document.body.innerText.includes('result: 3')`)
    host = await staticHost(folder, Number(port))
  })

  test('says that there is a newer version, and shows it after a reload', async () => {
    // Another version: another file, which the worker's list names.
    const worker = join(folder, 'service-worker.js')
    const index = join(folder, 'index.html')
    const description = /^const TENON_PAGE=(.*);$/m.exec(readFileSync(worker, 'utf8'))![1]!
    const changed = JSON.parse(description) as { version: string; files: [string, string][] }
    writeFileSync(index, readFileSync(index, 'utf8').replace('</head>', '<meta name="newer"></head>'))
    const { createHash } = await import('node:crypto')
    const integrity = `sha256-${createHash('sha256').update(readFileSync(index)).digest('base64')}`
    changed.version = 'newer'
    changed.files = changed.files.map(([path, old]) => [path, path === 'index.html' ? integrity : old])
    writeFileSync(
      worker,
      readFileSync(worker, 'utf8').replace(description, () => JSON.stringify(changed)),
    )

    const isNewer = `document.querySelector('meta[name=newer]') !== null`
    // The old version is shown while the new one is fetched…
    await page.reload()
    assert.equal(await page.evaluate(isNewer), false)
    await page.until(`navigator.serviceWorker.getRegistration().then((it) => it.waiting !== null)`)
    await page.until(`document.body.innerText.includes('newer version')`)
    // … and the new one, whole, from the next time on.
    page.shown.length = 0
    await page.reload()
    assert.equal(await page.evaluate(isNewer), true)
    // Nothing comes in between, which a reload right after it could bring back.
    await page.reload()
    assert.equal(await page.evaluate(isNewer), true)
    await page.until(started)
    assert.deepEqual(page.shown, Array(2).fill(`Navigation ${host.address}`))
    await page.until(`caches.keys().then((names) => names.length === 1 && names[0].endsWith('newer'))`)
  })

  test('opened as a file, it says what to do', async () => {
    await page.open(pathToFileURL(join(folder, 'index.html')).href)
    await page.until(`getComputedStyle(document.querySelector('.not-started')).visibility === 'visible'`)
    await page.find('heading', 'Tenon studio')
    const text = String(await page.evaluate('document.body.innerText'))
    assert.match(text, /npx tenon studio/)
    assert.match(text, /python3 -m http\.server --bind 127\.0\.0\.1/)
    // Chromium says on the console that it loads no modules from files: that is why the page has to say it.
    page.problems.length = 0
  })
})
