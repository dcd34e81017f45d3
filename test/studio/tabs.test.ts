/** One document in two tabs of a browser. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { desktop, noStudio, Studio } from '../support/studio.ts'

describe('two tabs of the studio', { skip: noStudio }, () => {
  let first: Studio
  before(async () => {
    first = await Studio.start()
    await first.open(desktop)
  })
  after(() => first.close())

  test('the second one that opens a document gets a copy, and both are kept', async () => {
    await first.drop(['examples/adder/rust/adder.wasm'], { x: 700, y: 400 })
    await first.page.find('region', 'Instance adder')
    const text = await first
      .write('package of:both;\n\nlet adder = new local:adder {};\n')
      .then(() => first.text())
    await first.page.until(`document.body.innerText.includes('Saved in this browser')`)
    const kept = `new Promise((resolve) => {
      indexedDB.open('tenon-studio-documents').onsuccess = ({ target }) => {
        target.result.transaction('documents').objectStore('documents').getAll().onsuccess = (event) =>
          resolve(event.target.result.map(({ text }) => text).sort())
      }
    })`
    await first.page.until(`${kept}.then(([text]) => text?.includes('of:both'))`)

    const second = await first.tab()
    await second.open(desktop)
    await second.page.click('button', /^of:both/)
    await second.page.until(
      `/of:both is open in another tab: this is a copy/.test(document.querySelector('[aria-label=Notices]').innerText)`,
    )
    assert.equal(await second.text(), text)
    await second.write(`${text}// second`)
    await second.page.until(`${kept}.then((texts) => texts.length === 2)`)
    await first.page.send('Page.bringToFront')
    await first.write(`${text}// first`)
    await first.page.until(`${kept}.then(([text]) => text.endsWith('first'))`)
    const texts = (await second.page.evaluate(kept)) as string[]
    assert.deepEqual(texts, [`${text}// first`, `${text}// second`])
    // Loaded anew, each goes on with its own.
    for (const [studio, own] of [
      [first, 'first'],
      [second, 'second'],
    ] as const) {
      await studio.page.send('Page.bringToFront')
      await studio.page.reload()
      await studio.untilText(new RegExp(`// ${own}$`))
    }
    assert.deepEqual(await second.accessibility(), [])
    await second.screenshot('second-tab')
    for (const studio of [first, second]) studio.assertClean()
  })
})
