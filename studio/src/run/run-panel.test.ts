/** The run panel in a browser: what goes in, what comes out, with the keyboard and a screen reader's tree of roles and names. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import type { Screen } from '../../../test/support/browser-page.ts'
import type { PageElement } from '../../../test/support/page-element.ts'
import { desktop, noStudio, phone, Studio } from '../../../test/support/studio.ts'
import { endless, endlessStart } from '../../../test/studio/guests.ts'

describe('the run panel', { skip: noStudio }, () => {
  let first: Studio
  let studio: Studio
  let panel: PageElement
  before(async () => {
    first = await Studio.start()
  })
  after(async () => first.close())
  // Nothing is left of the test before.
  beforeEach(async () => {
    studio = await first.another()
  })
  afterEach(async () => {
    assert.deepEqual(await studio.accessibility(), [])
    studio.assertClean()
  })

  /** A new page with one component, to be run alone. */
  async function begin(file: string, screen: Screen = desktop): Promise<void> {
    const { page } = studio
    await studio.open(screen)
    await page.drop([resolve(file)], { x: 180, y: 400 })
    await page.until(
      `/\\bnew \\S/.test(document.body.innerText) || document.querySelector('[aria-label^="Instance"]') !== null`,
    )
    if (screen.touch) await page.click('button', 'Run', await page.find('navigation', 'Parts of the page'))
    else await page.click('button', 'Run', await page.find('banner'))
    panel = await page.find('region', 'Run')
    await choose(/^What to run/, / alone$/)
  }

  /** By the text of an option. */
  async function choose(label: RegExp, option: RegExp): Promise<void> {
    await studio.page.find('combobox', label, panel)
    await studio.page.evaluate(`(() => {
      const labelled = [...document.querySelectorAll('section[aria-label=Run] label')].find((it) => ${label}.test(it.textContent))
      const select = document.getElementById(labelled.htmlFor)
      const { value } = [...select.options].find((it) => ${option}.test(it.text))
      Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(select, value)
      select.dispatchEvent(new Event('change', { bubbles: true }))
    })()`)
  }

  /** In the place of what stands there. */
  async function write(label: string | RegExp, text: string): Promise<void> {
    await studio.page.click('textbox', label, panel)
    await studio.page.press('Control+a')
    await studio.page.type(text)
  }

  async function valueIn(label: string | RegExp): Promise<unknown> {
    return (await studio.page.find('textbox', label, panel)).properties.value
  }

  const says = (pattern: RegExp) =>
    studio.page.until(`${pattern}.test(document.querySelector('section[aria-label=Run]').innerText)`)

  test('a command has arguments, a terminal to type in, files, and calls to the host', async () => {
    const { page } = studio
    await begin('test/cli/guest/guest.wasm')
    await write('Arguments', 'copy')
    await page.click('button', 'Run', panel)
    await says(/Waiting for input/)
    const terminal = await page.find('textbox', /^Terminal/, panel)
    await terminal.call('function () { this.focus() }')
    await page.type('first line!')
    await page.press('Backspace')
    await page.press('Enter')
    await page.press('Control+d')
    await page.until(
      `/first line\\s+first line\\s/.test(document.querySelector('.xterm-accessibility-tree').innerText)`,
    )
    await says(/Ended with exit code 0/)

    await page.click('tab', 'Setup', panel)
    await write('Arguments', `write notes.txt 'a b'`)
    await page.click('button', 'Run', panel)
    await says(/Ended with exit code 0/)
    await page.click('tab', 'Files', panel)
    const saved = await page.download(join(tmpdir(), `tenon-run-${process.pid}`), () =>
      page.click('button', 'Save notes.txt', panel),
    )
    assert.match(readFileSync(saved, 'utf8'), /a b/)

    await page.click('tab', 'Timeline', panel)
    await page.find('treegrid', 'Calls', panel)
    await page.click('searchbox', /^Search/, panel)
    await page.type('get-arguments')
    await says(/2 calls shown/)
  })

  test('a command that nothing exports yet is exported and run by one button', async () => {
    const { page } = studio
    await begin('test/cli/guest/guest.wasm')
    await choose(/^What to run/, /^The composition$/)
    await write('Arguments', 'args one')
    await page.click('button', 'Export run of guest and start', panel)
    await says(/Ended with exit code 0/)
    await page.find('button', 'Run', panel)
  })

  test('forms and WAVE follow each other; resources live beside them', async () => {
    const { page } = studio
    await begin('examples/kv-database/rust/kv-database.wasm')
    await page.click('button', 'Start', panel)
    await choose(/^Function/, /constructor/)
    await page.click('button', 'Call', panel)
    await says(/#1 connection/)
    await choose(/^Function/, /connection\.set/)
    await choose(/^self/, /^#1/)
    await write(/^key/, 'naïve "key"')
    await write(/^value/, 'two\nlines')
    assert.equal(
      await valueIn('The call as WAVE'),
      String.raw`connection.set(#1, "naïve \"key\"", "two\nlines")`,
    )
    await page.click('button', 'Call', panel)
    await says(/Returned nothing/)

    await choose(/^Function/, /connection\.get/)
    await write('The call as WAVE', 'connection.get(#1, "naïve')
    await says(/string without an end/)
    assert.equal((await page.find('button', 'Call', panel)).properties.disabled, true)
    await page.type(String.raw` \"key\"")`)
    assert.equal(await valueIn(/^key/), 'naïve "key"')
    await page.click('button', 'Call', panel)
    await says(/some\("two\\nlines"\)/)
    const json = await page.find('radio', 'JSON', await page.find('radiogroup', 'Format of the result'))
    await json.call('function () { this.click() }')
    await says(/^"two\\nlines"$/m)

    await page.click('button', 'Drop resource #1', panel)
    await page.untilGone('button', 'Drop resource #1')
    await page.click('button', /^Again: connection\.get/, panel)
    await says(/failed/)
  })

  for (const [size, screen] of [
    ['desktop', desktop],
    ['phone', { ...phone, scheme: 'dark' }],
  ] as const)
    test(`where the text has mistakes, it leads to them: ${size}`, async () => {
      const { page } = studio
      await begin('examples/adder/rust/adder.wasm', screen)
      await choose(/^What to run/, /^The composition$/)
      const show = async (part: string) => {
        if (size === 'desktop') await studio.showBeside(part)
        else await page.click('button', part, await page.find('navigation', 'Parts of the page'))
      }
      await show('Source')
      await studio.write('package my:sums;\n\nlet sum = new local:nobody {};\nexport none.x;\n')
      await page.find('button', '2 errors')
      await show('Run')
      panel = await page.find('region', 'Run')
      await says(/The text has 2 mistakes: mend them, or run a block alone\./)
      await says(/Line 3: unknown package `local:nobody`/)
      assert.deepEqual(await studio.accessibility(), [])
      await studio.screenshot(`mistakes-${size}`)
      await page.click('button', 'Show it in the source', panel)
      await page.until(
        `document.activeElement.matches('[aria-label="WAC source"]') && getSelection().toString() === 'local:nobody'`,
      )
    })

  test('limits have ranges, and hold', async () => {
    const { page } = studio
    const folder = mkdtempSync(join(tmpdir(), 'tenon-limits-'))
    try {
      writeFileSync(join(folder, 'endless.wasm'), await endless())
      await begin(join(folder, 'endless.wasm'))
    } finally {
      rmSync(folder, { recursive: true })
    }
    await write('Memory, MiB', '0')
    await says(/Memory is a whole number of MiB from 1 to 16,384\./)
    await says(/In Setup, the limit of memory is out of its range\./)
    assert.equal((await page.find('button', 'Run', panel)).properties.disabled, true)
    assert.deepEqual(await studio.accessibility(), [])
    await studio.screenshot('limits')
    await page.click('button', 'Take the usual limits', panel)
    await write('Time, seconds', '0.5')
    await page.click('button', 'Run', panel)
    await says(/it took longer than 500 ms, its limit/)
    await says(/give it more time in Setup/)
  })

  test('a thread that hangs while it instantiates, and says nothing, is ended', async () => {
    const { page } = studio
    const folder = mkdtempSync(join(tmpdir(), 'tenon-hangs-'))
    try {
      writeFileSync(join(folder, 'endless.wasm'), await endlessStart())
      await begin(join(folder, 'endless.wasm'))
    } finally {
      rmSync(folder, { recursive: true })
    }
    await write('Time, seconds', '0.5')
    await page.click('button', 'Start', panel)
    await says(/it took longer than 500 ms, its limit/)
    // Nor does it wait for an end of its own where a person ends it.
    await page.click('tab', 'Setup', panel)
    await write('Time, seconds', '100')
    await page.click('button', 'Start', panel)
    await page.click('button', 'Stop', panel)
    await says(/Stopped after \d/)
  })

  test('a call is written as JSON, and what is wrong with it is said where it is', async () => {
    const { page } = studio
    await begin('examples/adder/rust/adder.wasm', { ...desktop, scheme: 'dark' })
    await page.click('button', 'Start', panel)
    await write('The call as WAVE', '[40, 2]')
    await says(/expected/)
    const json = await page.find('radio', 'JSON', await page.find('radiogroup', 'Format of the call'))
    await json.call('function () { this.click() }')
    assert.equal(await valueIn(/^a\b/), '40')
    await page.click('button', 'Call', panel)
    await says(/add\(40, 2\)/)
    await says(/^42$/m)
    await write(/^b\b/, '3')
    assert.equal(await valueIn('The arguments as JSON'), '[40,3]')
    await write('The arguments as JSON', '[40, 4.5]')
    await says(/b: expected s32, found 4\.5/)
    assert.equal((await page.find('button', 'Call', panel)).properties.disabled, true)
    await studio.screenshot('json')
  })

  test('on a phone in the dark', async () => {
    const { page } = studio
    await begin('examples/adder/rust/adder.wasm', { ...phone, scheme: 'dark' })
    await studio.screenshot('limits-phone')
    assert.deepEqual(await studio.accessibility(), [])
    await page.click('button', 'Start', panel)
    const json = await page.find('radio', 'JSON', await page.find('radiogroup', 'Format of the call'))
    await json.call('function () { this.click() }')
    await page.find('textbox', 'The arguments as JSON', panel)
    await studio.screenshot('json-phone')
  })
})
