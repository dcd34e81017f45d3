/** The main states of the page as people see them: an accessibility checker finds nothing, and pictures are kept. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { numbers, total } from './guests.ts'
import { desktop, noStudio, phone, Studio } from '../support/studio.ts'

const files = ['calculator', 'interfaced-adder'].map((name) => `examples/${name}/rust/${name}.wasm`)

describe('the looks of the studio', { skip: noStudio }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-looks-'))
  const streaming = ['numbers', 'total'].map((name) => join(folder, `${name}.wasm`))
  let studio: Studio
  before(async () => {
    for (const [index, guest] of [numbers, total].entries()) writeFileSync(streaming[index]!, await guest())
    studio = await Studio.start()
  })
  afterEach(() => studio.assertClean())
  after(async () => {
    await studio.close()
    rmSync(folder, { recursive: true })
  })

  for (const [size, screen] of [
    ['desktop', desktop],
    ['phone', phone],
  ] as const)
    for (const scheme of ['light', 'dark'] as const)
      test(`${size}, ${scheme}`, async () => {
        studio = await studio.another()
        const { page } = studio
        const found: string[] = []
        const look = async (state: string) => {
          await studio.screenshot(`${state}-${size}-${scheme}`)
          found.push(...(await studio.accessibility()).map((finding) => `${state}: ${finding}`))
          const widths = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')
          const [widest, width] = widths as [number, number]
          if (widest > width) found.push(`${state}: ${widest} px wide, on a screen of ${width}`)
        }
        /** A part of the page, where there is room for one. */
        const show = async (part: string) => {
          if (size === 'desktop') await studio.showBeside(part)
          else await page.click('button', part, await page.find('navigation', 'Parts of the page'))
        }
        await studio.open({ ...screen, scheme, reducedMotion: true })
        await page.find('button', /^Open files/)
        await studio.drop(files, { x: 180, y: 400 })
        await page.find('region', 'Instance calculator')
        await look('canvas')

        await (await page.find('button', /^Export add, /)).focus()
        await page.press('Enter')
        await page.find('option', /add of calculator/)
        await look('picker')
        await page.press('Enter')
        await page.find('button', /^Import add, wired/)
        await (await page.find('button', /^Export run, /)).focus()
        await page.press('Enter')
        await page.find('option', /^Export from the composition/)
        await page.press('Enter')
        await page.find('button', /^Export run, exported/)

        // Both are selected since they were dropped: this one no more.
        await (await page.find('button', /^Instance calculator/)).focus()
        await page.press('Space')
        await page.press('Shift+F10')
        await page.find('menuitem', 'Inspect')
        await look('menu')
        await page.click('menuitem', 'Inspect')
        await page.find('region', 'Inside local:calculator')
        await page.until(`/result|world/.test(document.querySelector('[aria-label^=Inside]').innerText)`)
        await look('inspect')
        await page.click('tab', 'Contents')
        await look('contents')

        await show('Source')
        await page.find('textbox', 'WAC source')
        await look('source')

        if (size === 'phone') await show('Run')
        else await page.click('button', 'Run', await page.find('banner'))
        const run = await page.find('region', 'Run')
        await look('setup')
        await page.click('button', 'Run', run)
        await page.until(`document.body.innerText.includes('result: 3')`)
        await look('terminal')
        await page.click('tab', 'Timeline', run)
        await look('timeline')
        await page.click('tab', 'Files', run)
        await look('files')

        for (const [state, keys] of [
          ['commands', 'Control+k'],
          ['keys', '?'],
        ] as const) {
          await (await page.find('tab', 'Files', run)).focus()
          await page.press(keys)
          await page.find('dialog')
          await look(state)
          await page.press('Escape')
          await page.untilGone('dialog')
        }
        if (size === 'desktop') {
          await page.click('button', 'Share')
          await page.find('textbox', 'Link')
          await look('share')
        }
        assert.deepEqual(found, [])
      })

  for (const [size, screen] of [
    ['desktop', desktop],
    ['phone', phone],
  ] as const)
    for (const scheme of ['light', 'dark'] as const)
      test(`what went through a stream: ${size}, ${scheme}`, async () => {
        studio = await studio.another()
        const { page } = studio
        await studio.open({ ...screen, scheme, reducedMotion: true })
        await page.find('button', /^Open files/)
        await studio.drop(streaming, { x: 180, y: 400 })
        await page.find('region', 'Instance total')
        await page.press('Control+Shift+k')
        await page.find('button', /^Import numbers, wired/)
        await (await page.find('button', /^Export total, /)).focus()
        await page.press('Enter')
        await page.find('option', /^Export from the composition/)
        await page.press('Enter')
        await page.find('button', /^Export total, exported/)
        if (size === 'phone')
          await page.click('button', 'Run', await page.find('navigation', 'Parts of the page'))
        else await page.click('button', 'Run', await page.find('banner'))
        const run = await page.find('region', 'Run')
        await page.click('button', 'Start', run)
        await page.click('button', 'Call', run)
        await page.click('tab', 'Timeline', run)
        await page.find('row', /^numbers.*3 elements/)
        await (await page.find('treegrid', 'Calls')).focus()
        await page.press('ArrowDown')
        await page.press('ArrowDown')
        const table = await page.find('table', /^Stream result/)
        assert.match(await table.text(), /\n.*3\s+\[1, 2, 3\]$/)
        await page.until(
          `/3 elements, not wanted any more .* after the start/.test(document.querySelector('[aria-label=Run]').innerText)`,
        )
        assert.deepEqual(await studio.accessibility(), [])
        await studio.screenshot(`stream-${size}-${scheme}`)
      })

  for (const [size, screen] of [
    ['desktop', desktop],
    ['wide', { width: 1920, height: 1080, scheme: 'dark' }],
    ['phone', phone],
  ] as const)
    test(`three blocks are all seen, and can be read: ${size}`, async () => {
      studio = await studio.another()
      const { page } = studio
      await studio.open({ ...screen, reducedMotion: true })
      await page.find('button', /^Open files/)
      const names = ['kv-database', 'kv-store', 'kv-command']
      await studio.drop(
        names.map((name) => `examples/${name}/rust/${name}.wasm`),
        { x: 180, y: 400 },
      )
      await page.find('region', 'Instance kv-command')
      await page.press('Control+Shift+k')
      await page.find('button', /^Import replace-value, wired/)
      if (size !== 'phone') {
        await page.click('button', 'Run', await page.find('banner'))
        await page.find('region', 'Run')
      }
      // Letters of 12 pixels, drawn at three quarters at least.
      await page.until(`(() => {
        const canvas = document.querySelector('[data-canvas]').getBoundingClientRect()
        return ${JSON.stringify(names)}.every((name) => {
          const box = document.querySelector('[data-box=' + name + ']')
          const seen = box.getBoundingClientRect()
          return seen.width / box.offsetWidth >= 0.75 && seen.left >= canvas.left && seen.right <= canvas.right &&
            seen.top >= canvas.top && seen.bottom <= canvas.bottom
        })
      })()`)
      assert.deepEqual(await studio.accessibility(), [])
      await studio.screenshot(`three-${size}`)
    })
})
