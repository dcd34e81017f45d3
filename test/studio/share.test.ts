/** A composition goes to another person as a link. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { customSection } from './guests.ts'
import { desktop, noStudio, Studio } from '../support/studio.ts'

const calculator = 'examples/calculator/rust/calculator.wasm'
const adder = 'examples/interfaced-adder/rust/interfaced-adder.wasm'

describe('sharing from the studio', { skip: noStudio }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-share-'))
  /** Nobody else has this calculator, and no link has room for it. */
  const own = join(folder, 'own-calculator.wasm')
  const unlike = Array.from({ length: 4_000 }, (_, index) => createHash('sha256').update(`${index}`).digest())
  writeFileSync(
    own,
    Buffer.concat([readFileSync(calculator), customSection('unlike', Buffer.concat(unlike))]),
  )
  let studio: Studio
  before(async () => {
    studio = await Studio.start()
  })
  afterEach(() => studio.assertClean())
  after(async () => {
    await studio.close()
    rmSync(folder, { recursive: true })
  })

  test('a link opens the same in a browser of somebody else', async () => {
    const { page } = studio
    await studio.open(desktop)
    await studio.drop([own, adder], { x: 700, y: 400 })
    await page.find('button', /^Import add, open/)
    await studio.wire(/^Export add, /, /^Import add, /)
    await page.find('button', /^Import add, wired/)
    await studio.write(`// For a friend.\n${await studio.text()}`)
    const text = await studio.untilText(/friend/)
    await page.click('button', 'Share')
    const link = String((await page.find('textbox', 'Link')).properties.value)
    assert.ok(link.startsWith(`${studio.server.address}#`), link.slice(0, 100))
    const note = await page.find('note', undefined, await page.find('dialog', 'Share as a link'))
    assert.match(await note.text(), /opens only from this machine, and while this studio runs/)
    assert.ok((await note.text()).includes(studio.server.address))
    await studio.screenshot('share-local')

    const friend = await studio.another()
    await friend.open(desktop, link.slice(studio.server.address.length))
    // What is too large for a link is asked for, and known by its hash.
    await friend.page.find('button', /^Choose the file/)
    await friend.drop([own], { x: 700, y: 400 })
    await friend.page.find('button', /^Import add, wired, from add of interfaced-adder$/)
    assert.equal(await friend.text(), text)
    // Nothing was uploaded: the link itself is all that there is.
    friend.assertClean()
  })

  test('what completes the text does not open above the dialog', async () => {
    const own = await studio.another()
    const { page } = own
    await own.open(desktop)
    await own.drop([adder], { x: 700, y: 400 })
    await page.find('region', 'Instance interfaced-adder')
    await (await page.find('textbox', 'WAC source')).focus()
    await page.press('Control+End')
    const list = `document.querySelector('.cm-tooltip-autocomplete') !== null`
    await page.type('\nexport ')
    await page.until(list)
    await page.press('Escape')
    // As fast as nobody is, so that the list is still to come when the dialog opens.
    await page.type('interfaced')
    await page.click('button', 'Share')
    await page.find('textbox', 'Link')
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    assert.equal(await page.evaluate(list), false)
    own.assertClean()
  })

  test('a component that was dropped as a text goes along as what was made of it; the text of a core module is refused', async () => {
    const text = join(folder, 'answer.wat')
    writeFileSync(
      text,
      `(component
        (core module $M (func (export "answer") (result i32) (i32.const 42)))
        (core instance $m (instantiate $M))
        (func (export "answer") (result u32) (canon lift (core func $m "answer"))))`,
    )
    const core = join(folder, 'core.wat')
    writeFileSync(core, '(module)')
    const own = await studio.another()
    await own.open(desktop)
    await own.drop([text, core], { x: 700, y: 400 })
    await own.page.find('region', 'Instance answer')
    await own.page.until(
      `/core\\.wat: it is a core module, not a component[^]*Write a component around it/.test(document.querySelector('[aria-label=Notices]').innerText)`,
    )
    assert.deepEqual(await own.accessibility(), [])
    await own.screenshot('core-wat')
    await own.page.click('button', 'Share')
    const link = String((await own.page.find('textbox', 'Link')).properties.value)
    own.assertClean()

    const friend = await studio.another()
    await friend.open(desktop, link.slice(studio.server.address.length))
    await friend.page.find('region', 'Instance answer')
    assert.match(await friend.text(), /new local:answer/)
    assert.deepEqual(await friend.page.all('button', /^Choose the file/), [])
    friend.assertClean()
  })

  test('a link that is nonsense is refused, and the page is there', async () => {
    const other = await studio.another()
    const link = String(
      await studio.page.evaluate('document.querySelector("[role=dialog] input")?.value ?? ""'),
    )
    const [, fragment = ''] = link.split('#')
    assert.ok(fragment.length > 100)
    for (const wrong of [fragment.slice(0, 80), `${fragment.slice(0, 60)}AAAA${fragment.slice(64)}`]) {
      await other.open(desktop, `?again=${wrong.length}#${wrong}`)
      await other.page.find('region', 'Add components')
      await other.page.until(`/link/i.test(document.querySelector('[aria-label=Notices]').innerText)`)
      other.assertClean()
    }
  })
})
