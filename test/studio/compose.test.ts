/** The calculator and the adder are snapped together by hand, run, and downloaded. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { runCli } from '../support/run-cli.ts'
import { desktop, noStudio, Studio } from '../support/studio.ts'

const calculator = 'examples/calculator/rust/calculator.wasm'
const adder = 'examples/interfaced-adder/rust/interfaced-adder.wasm'
const pythonAdder = 'examples/interfaced-adder/python/build/interfaced-adder.wasm'

describe('composing in the studio', { skip: noStudio }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-downloads-'))
  let studio: Studio
  before(async () => {
    studio = await Studio.start()
  })
  after(async () => {
    await studio.close()
    rmSync(folder, { recursive: true })
  })
  afterEach(() => studio.assertClean())

  /** With the mouse, from nothing to a component that runs. */
  async function composeByMouse(files: readonly string[], name: string): Promise<void> {
    const { page } = studio
    await studio.drop(files, { x: 700, y: 400 })
    await page.find('button', /^Import add, open/)
    await studio.wire(/^Export add, /, /^Import add, /)
    await page.find('button', /^Import add, wired, from add of interfaced-adder$/)
    await studio.wire(/^Export run, /, 'Exports of the composition')
    await studio.untilText(/^export calculator/m)
    await studio.screenshot(`wired-${name}`)
  }

  /** Starts the run with the mouse, and waits for what it writes. */
  async function run(): Promise<void> {
    const { page } = studio
    await page.click('button', 'Run', await page.find('banner'))
    await page.click('button', 'Run', await page.find('region', 'Run'))
    await page.until(`document.body.innerText.includes('result: 3')`)
  }

  async function downloadAndRun(): Promise<void> {
    const { page } = studio
    const file = await page.download(folder, async () => {
      await page.click('button', 'Download')
      await page.click('menuitem', /^Component/)
    })
    assert.deepEqual(await runCli(['run', file]), {
      code: 0,
      signal: null,
      stdout: 'result: 3\n',
      stderr: '',
    })
    rmSync(file)
  }

  test('with the mouse', async () => {
    await (await fresh()).open(desktop)
    await composeByMouse([calculator, adder], 'rust')
    await run()
    await studio.screenshot('run')
    await downloadAndRun()
  })

  test('with the mouse, and an adder in Python', {
    skip: existsSync(pythonAdder) ? false : 'no Python adder: npm run demo',
  }, async () => {
    await (await fresh()).open(desktop)
    await composeByMouse([calculator, pythonAdder], 'python')
    await run()
    await downloadAndRun()
  })

  test('with the keyboard', async () => {
    const { page } = await fresh()
    await studio.open(desktop)
    for (const example of ['calculator', 'interfaced-adder']) {
      if (example === 'calculator') await page.pressUntil('Tab', 'button', /^calculator /)
      else {
        await page.pressUntil('Shift+Tab', 'button', 'Add a component')
        await page.press('Enter')
        await page.pressUntil('ArrowDown', 'menuitem', /^interfaced-adder/)
      }
      await page.press('Enter')
      await page.find('button', new RegExp(`^Instance ${example} of`))
    }
    // From the block to its end, and from there to the other end.
    await page.pressUntil('Tab', 'button', /^Instance interfaced-adder of/)
    await page.press('Enter')
    await page.press('Enter')
    await page.find('dialog', 'Wire add of interfaced-adder to')
    await page.type('calculator')
    await page.find('option', /add of calculator/)
    await page.press('Enter')
    await studio.untilText(/add: interfaced-adder\.add/)
    await page.pressUntil('Tab', 'button', /^Instance calculator of/)
    await page.press('Enter')
    await page.pressUntil('ArrowRight', 'button', /^Export run, /)
    await page.press('Enter')
    await page.find('option', /^Export from the composition/)
    await page.press('Enter')
    await studio.untilText(/^export calculator/m)
    await page.pressUntil('Shift+Tab', 'button', 'Run')
    await page.press('Enter')
    const panel = await page.find('region', 'Run')
    await (await page.find('tab', 'Setup', panel)).focus()
    await page.pressUntil('Shift+Tab', 'button', 'Run')
    await page.press('Enter')
    await page.until(`document.body.innerText.includes('result: 3')`)
  })

  test('in the text: the canvas follows, and the reverse, comments kept', async () => {
    const { page } = await fresh()
    await studio.open(desktop)
    await studio.drop([calculator, adder], { x: 700, y: 400 })
    await page.find('button', /^Import add, open/)
    const text = `package my:sums;

// First what adds,
let plus = new tenon-examples:interfaced-adder {}; // in Rust

/* then what wants it. */
let sums = new local:calculator { ... };
`
    await studio.write(text)
    await page.find('region', 'Instance plus')
    await page.find('region', 'Instance sums')
    await page.untilGone('region', 'Instance calculator')
    await studio.wire(/^Export add, /, /^Import add, /)
    const wired = await studio.untilText(/plus\.add/)
    assert.equal(wired, text.replace('{ ... }', '{ add: plus.add, ... }'))
    // What cannot be drawn leaves the drawing as it was, and is said.
    await studio.write(wired.replace('let sums', 'let let sums'))
    await page.find('region', 'Instance sums')
    await page.until(`/1 (problem|error)/.test(document.body.innerText)`)
    await page.press('Control+z')
    await studio.untilText(/^let sums/m)
    await page.press('Control+z')
    await page.find('button', /^Import add, open/)
  })

  test('undoing goes on after the page was loaded anew', async () => {
    const { page } = await fresh()
    await studio.open(desktop)
    await studio.drop([calculator, adder], { x: 700, y: 400 })
    await page.find('button', /^Import add, open/)
    await studio.wire(/^Export add, /, /^Import add, /)
    await page.find('button', /^Import add, wired/)
    await page.until(savedSteps)
    await page.reload()
    await page.find('button', /^Import add, wired/)
    await page.click('button', /^Undo/)
    await page.find('button', /^Import add, open/)
    await page.click('button', /^Redo/)
    await page.find('button', /^Import add, wired/)
    assert.deepEqual(await studio.accessibility(), [])
  })

  /** A browser of somebody who was never here: nothing is left of the test before. */
  async function fresh(): Promise<Studio> {
    studio.assertClean()
    studio = await studio.another()
    return studio
  }
})

/** Whether a wire and the step before it are in the browser's storage; a database is not made by looking for it. */
const savedSteps = `(async () => {
  const known = await indexedDB.databases()
  const all = (name) => new Promise((resolve) => {
    if (!known.some((each) => each.name === 'tenon-studio-' + name)) return resolve([])
    const opening = indexedDB.open('tenon-studio-' + name)
    opening.onsuccess = () => {
      const reading = opening.result.transaction(name).objectStore(name).getAll()
      reading.onsuccess = () => {
        opening.result.close()
        resolve(reading.result)
      }
    }
  })
  const [[document], [steps]] = await Promise.all([all('documents'), all('steps')])
  return document !== undefined && /add: interfaced-adder/.test(document.text) &&
    steps?.revision === document.revision && steps.past.length > 0
})()`
