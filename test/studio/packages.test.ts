/** What is done with a component as a whole: another name, another file, and a folder of all of them. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { unzip } from '../../studio/src/download/testing/unzip.ts'
import { runCli } from '../support/run-cli.ts'
import { desktop, noStudio, Studio } from '../support/studio.ts'

const calculator = 'examples/calculator/rust/calculator.wasm'
const adder = 'examples/interfaced-adder/rust/interfaced-adder.wasm'

describe('components in the studio', { skip: noStudio }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-packages-'))
  let studio: Studio
  before(async () => {
    studio = await Studio.start([calculator, adder])
    await studio.open(desktop)
    await studio.page.find('button', /^Import add, open/)
    await studio.wire(/^Export add, /, /^Import add, /)
    await studio.page.find('button', /^Import add, wired/)
    await studio.wire(/^Export run, /, 'Exports of the composition')
    await studio.untilText(/^export calculator/m)
  })
  after(async () => {
    await studio.close()
    rmSync(folder, { recursive: true })
  })
  afterEach(() => studio.assertClean())

  test('a saved folder is composed by the command line as it is', async () => {
    const { page } = studio
    const file = await page.download(folder, async () => {
      await page.click('button', 'Download')
      await page.click('menuitem', /^Folder/)
    })
    const files = unzip(readFileSync(file))
    for (const [path, bytes] of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    const [wac] = files.keys()
    const composed = join(folder, 'composed.wasm')
    const inFolder = { cwd: join(folder, dirname(wac!)) }
    const { stderr } = await runCli(['compose', join(folder, wac!), '-o', composed], inFolder)
    assert.equal(stderr, '')
    assert.equal((await runCli(['run', composed])).stdout, 'result: 3\n')
  })

  test('another name is followed by the text', async () => {
    const { page } = studio
    await inspect('interfaced-adder')
    await page.click('button', 'More actions')
    await page.click('menuitem', 'Rename…')
    await page.press('Control+a')
    await page.type('my:sums@1.2.0')
    await page.press('Enter')
    await page.find('region', 'Inside my:sums@1.2.0')
    await page.find('button', 'Instance interfaced-adder of my:sums@1.2.0')
    await page.find('button', /^Import add, wired/)
  })

  test('another file that lacks an export leaves a wire without an end, which is said and can be removed', async () => {
    const { page } = studio
    const panel = await page.find('region', 'Inside my:sums@1.2.0')
    await choose('examples/kv-database/rust/kv-database.wasm')
    await page.find('button', 'Remove it')
    assert.match(await panel.text(), /A wire does not fit/)
    assert.match(await panel.text(), /add of interfaced-adder|interfaced-adder\/add/)
    assert.deepEqual(await studio.accessibility(), [])
    await page.click('button', 'Remove it')
    await page.untilGone('button', 'Remove it')
    await page.find('button', /^Import add, (open|the host)/)
  })

  async function inspect(block: string): Promise<void> {
    const { page } = studio
    await (await page.find('button', new RegExp(`^Instance ${block}`))).focus()
    // Both are selected since they were opened: this one no more.
    await page.press('Space')
    await page.press('Shift+F10')
    await page.click('menuitem', 'Inspect')
    await page.find('button', 'More actions')
  }

  /** In the place of the component that is looked at. */
  async function choose(file: string): Promise<void> {
    const { page } = studio
    const { root } = (await page.send('DOM.getDocument')) as { root: { nodeId: number } }
    const { nodeId } = (await page.send('DOM.querySelector', {
      nodeId: root.nodeId,
      selector: '[aria-label^=Inside] input[type=file]',
    })) as { nodeId: number }
    await page.send('DOM.setFileInputFiles', { nodeId, files: [resolve(file)] })
  }
})
