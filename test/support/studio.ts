/** The studio in a browser, served as `tenon studio` serves it. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { GivenFiles } from '../../src/cli/studio/given-files.ts'
import { readPage } from '../../src/cli/studio/page.ts'
import { type StudioServer, serve } from '../../src/cli/studio/server.ts'
import { BrowserPage, type Point, type Screen } from './browser-page.ts'
import type { PageElement } from './page-element.ts'
import { studioPage } from './studio-page.ts'

export { noStudio } from './studio-page.ts'

export const desktop: Screen = { width: 1440, height: 900 }
export const phone: Screen = { width: 390, height: 844, touch: true }

const screenshots = process.env.TENON_SCREENSHOTS || join(tmpdir(), 'tenon-studio-screenshots')

export class Studio {
  readonly page: BrowserPage
  readonly server: StudioServer
  /** Beside the studio's own address, where a test lets it ask. */
  readonly allowed: string[] = []

  private constructor(page: BrowserPage, server: StudioServer) {
    this.page = page
    this.server = server
  }

  /** @param files as in `tenon studio FILES…` */
  static async start(files: readonly string[] = []): Promise<Studio> {
    const given = await GivenFiles.of(files)
    const server = await serve({ page: readPage(await studioPage()), given, host: '127.0.0.1', port: 0 })
    const page = await BrowserPage.start()
    return new Studio(page, server)
  }

  /** The same studio in the browser of another person. */
  async another(): Promise<Studio> {
    return new Studio(await this.page.another(), this.server)
  }

  /** The same studio in another tab of the same browser. */
  async tab(): Promise<Studio> {
    return new Studio(await this.page.tab(), this.server)
  }

  async open(screen: Screen = desktop, fragment = ''): Promise<void> {
    await this.page.show(screen)
    await this.page.open(`${this.server.address}${fragment}`)
    await this.page.until(`document.querySelector('#root > :not(.not-started)') !== null`)
  }

  /** What holds after every test: nothing went wrong, the policy was never in the way, nobody else was asked. */
  assertClean(): void {
    const others = this.page.requests
      .splice(0)
      .filter((url) => !url.startsWith(this.server.address) && !/^(data|blob|about|chrome):/.test(url))
      .filter((url) => !this.allowed.some((allowed) => url.startsWith(allowed)))
    assert.deepEqual([this.page.problems.splice(0), others], [[], []])
  }

  async close(): Promise<void> {
    await this.page.close()
    await this.server.close()
  }

  /** A picture for people to look at, in the folder that TENON_SCREENSHOTS names. */
  async screenshot(name: string): Promise<void> {
    // What moves has arrived.
    await this.page.evaluate(
      `Promise.all(document.getAnimations().map((it) => it.effect?.getComputedTiming().iterations === Infinity || it.finished)).then(() => true)`,
    )
    await this.page.screenshot(join(screenshots, `${name}.png`))
  }

  /** What an accessibility checker finds: one line each. */
  async accessibility(): Promise<readonly string[]> {
    const page = this.page
    if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(`${axe}\nundefined`)
    const found =
      (await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) =>
        id + ': ' + help + ' · ' + target.join(' ') + ' · ' + failureSummary.replace(/\\s+/g, ' '))))`)) as string[]
    return found
  }

  /** The middle of the canvas, or somewhere beside it. */
  async onCanvas(x = 0, y = 0): Promise<Point> {
    const centre = await (await this.canvas()).centre()
    return { x: centre.x + x, y: centre.y + y }
  }

  /** Beside the canvas there is room for one of `Source` and a panel: `Run`, `Inspect`, `Compare`. */
  async showBeside(part: string): Promise<void> {
    const choice = await this.page.find(
      'radio',
      part,
      await this.page.find('radiogroup', 'What is beside the canvas'),
    )
    // What is seen is its label.
    await choice.call('function () { this.click() }')
  }

  /** The WAC text in the editor. */
  async text(): Promise<string> {
    const editor = await this.page.find('textbox', 'WAC source')
    const lines = await editor.call(
      `function () { return [...this.querySelectorAll('.cm-line')].map((line) => line.textContent) }`,
    )
    return (lines as string[]).join('\n')
  }

  /** Waits for the text to be as a pattern says. */
  async untilText(wanted: RegExp): Promise<string> {
    for (let tries = 0; tries < 300; tries++) {
      const text = await this.text()
      if (wanted.test(text)) return text
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`${wanted} does not match ${await this.text()}`)
  }

  /** Writes a WAC text, as a person types it, instead of the one that is there. */
  async write(text: string): Promise<void> {
    await (await this.page.find('textbox', 'WAC source')).focus()
    await this.page.press('Control+a')
    await this.page.type(text)
  }

  /** Draws a wire with the mouse. */
  async wire(from: string | RegExp, to: string | RegExp): Promise<void> {
    const [start, end] = [await this.page.find('button', from), await this.page.find('button', to)]
    await this.page.drag(await start.centre(), await end.centre())
  }

  /** Waits until no block has moved for ten frames, as people do before they take hold of one. */
  async still(): Promise<void> {
    await this.page.until(`new Promise((resolve) => {
      let [last, same, left] = ['', 0, 300]
      requestAnimationFrame(function look() {
        const places = Array.from(document.querySelectorAll('[data-box]'), (it) => it.getBoundingClientRect())
        const now = JSON.stringify(places)
        same = now === last ? same + 1 : 0
        last = now
        if (same === 10) resolve(true)
        else if (left-- === 0) resolve(false)
        else requestAnimationFrame(look)
      })
    })`)
  }

  canvas(): Promise<PageElement> {
    return this.page.find('region', 'Canvas')
  }

  /** Drops components from outside of the browser. */
  async drop(files: readonly string[], at?: Point): Promise<void> {
    await this.page.drop(
      files.map((file) => resolve(file)),
      at ?? (await this.onCanvas()),
    )
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
