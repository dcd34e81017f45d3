/** The site in a browser: opened from the disk, searched with the keyboard. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { resolveWit } from '../../src/wit/resolve.ts'
import { renderSite } from '../../src/wit-docs/site.ts'
import { BrowserPage, noBrowser } from '../support/browser-page.ts'

const text = `package my:app@1.0.0;
/// Reads & writes "files" <b>fast</b>.
interface files {
  enum mode { append, truncate }
  resource file { read: func(); append-line: func(line: string); }
  /// <img src=x onerror="document.title = 'hacked'">
  append: func(a-parameter-with-a-long-name: string, another-parameter-with-a-long-name: list<tuple<string, string>>) -> result<_, mode>;
}
world app { import files; export run: func(); }`

describe('the site in a browser', { skip: noBrowser }, () => {
  let folder: string
  let page: BrowserPage
  const open = (path: string): Promise<void> => page.open(pathToFileURL(join(folder, path)).href)
  const type = async (word: string): Promise<void> => {
    for (const character of word) await page.press(character)
  }
  const results = `Array.from(document.querySelectorAll('#results a'), (a) => a.querySelector('b').textContent)`
  const selected = `document.querySelector('#results [aria-selected=true] b')?.textContent`

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-wit-docs-'))
    const { packages } = resolveWit({ files: [{ name: 'app.wit', text }] })
    for (const [path, content] of renderSite(packages)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    page = await BrowserPage.start()
  })
  after(async () => {
    await page?.close()
    rmSync(folder, { recursive: true })
  })

  test('search with the keyboard alone', async () => {
    await open('index.html')
    await page.press('/')
    assert.equal(await page.evaluate('document.activeElement.getAttribute("role")'), 'combobox')
    await type('append')
    await page.until(`document.querySelectorAll('#results a').length > 0`)
    assert.deepEqual(await page.evaluate(results), ['append', 'mode.append', 'file.append-line'])
    assert.equal(await page.evaluate(selected), 'append')
    await page.press('ArrowUp')
    assert.equal(await page.evaluate(selected), 'file.append-line')
    await page.press('ArrowDown')
    await page.press('ArrowDown')
    assert.equal(await page.evaluate(selected), 'mode.append')
    assert.equal(
      await page.evaluate(`document.querySelector('[role=combobox]').getAttribute('aria-activedescendant')`),
      await page.evaluate(`document.querySelector('#results [aria-selected=true]').id`),
    )
    await page.press('Enter')
    await page.until(`location.href.endsWith('/my/app@1.0.0/interface.files.html#mode.append')
      || location.href.endsWith('/my/app%401.0.0/interface.files.html#mode.append')`)
    assert.equal(await page.until(`document.querySelector(':target')?.textContent`), 'append')
  })

  test('words in docs, words of several names, nothing at all, and Escape', async () => {
    await open('my/app@1.0.0/world.app.html')
    await page.press('/')
    await type('FAST')
    await page.until(`document.querySelectorAll('#results a').length > 0`)
    assert.deepEqual(await page.evaluate(results), ['files'])
    assert.match(
      String(await page.evaluate(`document.querySelector('#results p').textContent`)),
      /<b>fast<\/b>/,
    )
    await page.press('Escape')
    assert.deepEqual(await page.evaluate(results), [])
    await page.press('/')
    await type('file::read my')
    assert.deepEqual(await page.evaluate(results), ['file.read'])
    await type('zzz')
    assert.deepEqual(await page.evaluate(results), [])
    assert.equal(await page.evaluate(`document.querySelector('[role=status]').textContent`), '0 results')
  })

  test('what docs say runs nowhere, and nothing but the site is loaded', async () => {
    await open('my/app@1.0.0/interface.files.html')
    assert.equal(await page.evaluate('document.title'), 'files · my:app@1.0.0')
    assert.equal(await page.evaluate(`document.querySelectorAll('img, iframe, main script').length`), 0)
    const refused = `new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective))
      const script = document.createElement('script')
      script.textContent = 'document.title = 1'
      document.head.append(script)
    })`
    assert.equal(await page.evaluate(refused), 'script-src-elem')
    assert.equal(await page.evaluate('document.title'), 'files · my:app@1.0.0')
  })

  for (const width of [390, 1280])
    test(`${width} pixels wide nothing sticks out`, async () => {
      await page.send('Emulation.setDeviceMetricsOverride', {
        width,
        height: 800,
        deviceScaleFactor: 1,
        mobile: width < 500,
      })
      for (const path of [
        'index',
        'my/app@1.0.0/index',
        'my/app@1.0.0/interface.files',
        'my/app@1.0.0/world.app',
      ]) {
        await open(`${path}.html`)
        const widest = await page.evaluate('document.documentElement.scrollWidth')
        assert.ok(Number(widest) <= width, `${path} is ${widest} wide`)
      }
    })
})
