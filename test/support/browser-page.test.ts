import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { BrowserPage, noBrowser } from './browser-page.ts'
import { type StaticHost, staticHost } from './static-host.ts'

describe('pages of tests', { skip: noBrowser }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-page-'))
  let host: StaticHost
  let other: StaticHost
  let page: BrowserPage
  before(async () => {
    host = await staticHost(folder)
    other = await staticHost(folder)
    page = await BrowserPage.start()
  })
  after(async () => {
    await page.close()
    await host.close()
    await other.close()
    rmSync(folder, { recursive: true })
  })

  test('hear what service workers ask for, log and throw, from their first line on', async () => {
    writeFileSync(join(folder, 'index.html'), '<!doctype html><link rel="icon" href="data:,">')
    writeFileSync(join(folder, 'asked'), '')
    writeFileSync(
      join(folder, 'worker.js'),
      `fetch('${other.address}first', { mode: 'no-cors' })
      console.error('said at once')
      addEventListener('fetch', ({ request }) => {
        if (!request.url.endsWith('asked')) return
        fetch('${other.address}later', { mode: 'no-cors' })
        throw new Error('thrown later')
      })
      addEventListener('activate', (event) => event.waitUntil(clients.claim()))`,
    )
    const alike = await page.another()
    for (const each of [page, alike]) {
      await each.open(host.address)
      await each.evaluate(`new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('controllerchange', () => resolve(true))
        void navigator.serviceWorker.register('./worker.js')
      })`)
      // One that is started anew keeps no page from being loaded anew, and is heard.
      await each.send('ServiceWorker.enable')
      await each.send('ServiceWorker.stopAllWorkers')
      await each.reload()
      await each.evaluate(`fetch('asked').then(() => true)`)
      await until(() => each.problems.length >= 3 && each.requests.includes(`${other.address}later`))
      assert.deepEqual(
        each.problems.splice(0).map((problem) => problem.split('\n')[0]),
        ['console: said at once', 'console: said at once', 'uncaught: Error: thrown later'],
      )
      assert.equal(each.requests.filter((url) => url === `${other.address}first`).length, 2)
    }
  })
})

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50))
}
