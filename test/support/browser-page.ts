/** A page in a Chromium without a window: looked at and used as people do, by role and name, mouse, keys and touch. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Browser, type Session } from './browser.ts'
import { keyEvent } from './key-events.ts'
import { type AccessibilityNode, PageElement } from './page-element.ts'

export { noBrowser } from './browser.ts'

/** Far longer than anything takes: machines may have much else to do. */
const patience = 20_000

export interface Point {
  readonly x: number
  readonly y: number
}

/** What a page is shown on. */
export interface Screen {
  readonly width: number
  readonly height: number
  readonly touch?: boolean
  readonly scheme?: 'light' | 'dark'
  readonly reducedMotion?: boolean
}

export class BrowserPage {
  /** Errors on the console, errors that nobody caught, violations of the policy: of the page and of its workers. */
  readonly problems: string[] = []
  /** The addresses of all requests, workers' included. */
  readonly requests: string[] = []
  /** The documents that were shown: how each came, and its address. */
  readonly shown: string[] = []
  readonly #browser: Browser
  readonly #session: Session
  readonly #target: string
  readonly #context: string | undefined
  #loaded: (() => void) | undefined

  private constructor(browser: Browser, session: Session, target: string, context: string | undefined) {
    this.#browser = browser
    this.#session = session
    this.#target = target
    this.#context = context
    session.on<Navigated>('Page.frameNavigated', ({ type, frame: { url } }) => {
      this.shown.push(`${type} ${url}`)
    })
    session.on('Page.loadEventFired', () => this.#loaded?.())
    session.on('Inspector.targetCrashed', () => this.problems.push('the page crashed'))
  }

  static async start(): Promise<BrowserPage> {
    const browser = await Browser.start()
    const page = await BrowserPage.#in(browser, undefined)
    await page.#listenToServiceWorkers()
    // Not by their pages: a service worker that starts while its page is loaded anew would wait for somebody who is gone.
    await browser.session().send('Target.setAutoAttach', attach([{ type: 'service_worker' }]))
    return page
  }

  /** Another page in the same browser, as in a browser of another person: nothing that is stored is shared. */
  async another(): Promise<BrowserPage> {
    const created = await this.#browser.session().send('Target.createBrowserContext')
    const page = await BrowserPage.#in(
      this.#browser,
      (created as { browserContextId: string }).browserContextId,
    )
    await page.#listenToServiceWorkers()
    return page
  }

  /** Another page of the same person: what service workers do is told by the first one. */
  tab(): Promise<BrowserPage> {
    return BrowserPage.#in(this.#browser, this.#context)
  }

  static async #in(browser: Browser, context: string | undefined): Promise<BrowserPage> {
    const root = browser.session()
    const created = await root.send('Target.createTarget', { url: 'about:blank', browserContextId: context })
    const { targetId } = created as { targetId: string }
    const attached = await root.send('Target.attachToTarget', { targetId, flatten: true })
    const session = browser.session((attached as { sessionId: string }).sessionId)
    const page = new BrowserPage(browser, session, targetId, context)
    await session.send('Page.enable')
    await page.#listen(session)
    return page
  }

  /** Opens an address and waits until it is loaded. */
  async open(url: string): Promise<void> {
    const loaded = this.#untilLoaded()
    await this.send('Page.navigate', { url })
    await loaded
  }

  async reload(): Promise<void> {
    const loaded = this.#untilLoaded()
    await this.send('Page.reload')
    await loaded
  }

  /** The value of an expression, awaited; it must be JSON. */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = (await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value: unknown }; exceptionDetails?: { exception: { description: string } } }
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception.description)
    return result.value
  }

  /** Evaluates until the answer is not false, also over a page that is loaded anew; the error says what was waited for. */
  async until(expression: string): Promise<unknown> {
    return this.#until(() => this.evaluate(expression), `waited in vain for ${expression}`)
  }

  /** What has the role and the name (all of it, or what a pattern finds), now. */
  async all(role: string, name?: string | RegExp, within?: PageElement): Promise<PageElement[]> {
    const scope = within ? { backendNodeId: within.node } : { nodeId: await this.#document() }
    const { nodes } = (await this.send('Accessibility.queryAXTree', { ...scope, role })) as {
      nodes: readonly AccessibilityNode[]
    }
    return nodes
      .filter((node) => !node.ignored && node.backendDOMNodeId !== undefined)
      .map((node) => new PageElement(this.#session, node))
      .filter((element) => name === undefined || matches(element.name, name))
  }

  /** Waits for it to be there; more than one is an error. */
  async find(role: string, name?: string | RegExp, within?: PageElement): Promise<PageElement> {
    const found = (await this.#until(
      async () => {
        const elements = await this.all(role, name, within)
        return elements.length > 0 && elements
      },
      `found no ${role} ${name ?? ''}`,
    )) as PageElement[]
    if (found.length > 1)
      throw new Error(
        `found ${found.length} of ${role} ${name ?? ''}: ${found.map((each) => each.name).join(' · ')}`,
      )
    return found[0]!
  }

  /** Waits until nothing has the role and the name any more. */
  async untilGone(role: string, name?: string | RegExp): Promise<void> {
    await this.#until(async () => (await this.all(role, name)).length === 0, `${role} ${name ?? ''} stays`)
  }

  /** What has the focus. */
  async focused(): Promise<PageElement> {
    const { result } = (await this.send('Runtime.evaluate', { expression: 'document.activeElement' })) as {
      result: { objectId: string }
    }
    const { nodes } = (await this.send('Accessibility.getPartialAXTree', {
      objectId: result.objectId,
      fetchRelatives: false,
    })) as { nodes: readonly AccessibilityNode[] }
    return new PageElement(this.#session, nodes[0]!)
  }

  /** Presses a key, Tab or another one, until something of that role and name has the focus. */
  async pressUntil(chord: string, role: string, name: string | RegExp): Promise<void> {
    const passed: string[] = []
    for (let presses = 0; presses < 100; presses++) {
      await this.press(chord)
      const focused = await this.focused()
      if (focused.role === role && matches(focused.name, name)) return
      passed.push(`${focused.role} ${focused.name}`)
    }
    throw new Error(`${chord} came to no ${role} ${name}, but to ${passed.join(' · ')}`)
  }

  async click(role: string, name?: string | RegExp, within?: PageElement): Promise<void> {
    await this.clickAt(await (await this.find(role, name, within)).centre())
  }

  async clickAt(
    { x, y }: Point,
    options: { button?: 'left' | 'right'; clickCount?: number } = {},
  ): Promise<void> {
    const { button = 'left', clickCount = 1 } = options
    await this.#mouse('mouseMoved', { x, y })
    await this.#mouse('mousePressed', { x, y, button, clickCount })
    await this.#mouse('mouseReleased', { x, y, button, clickCount })
  }

  async move({ x, y }: Point): Promise<void> {
    await this.#mouse('mouseMoved', { x, y })
  }

  /** Holds the button at one point; `moveHeld` and `release` follow. */
  async hold({ x, y }: Point): Promise<void> {
    await this.#mouse('mouseMoved', { x, y })
    await this.#mouse('mousePressed', { x, y, button: 'left', clickCount: 1 })
  }

  async moveHeld({ x, y }: Point): Promise<void> {
    await this.#mouse('mouseMoved', { x, y, button: 'left', buttons: 1 })
  }

  async release({ x, y }: Point): Promise<void> {
    await this.#mouse('mouseReleased', { x, y, button: 'left', clickCount: 1 })
  }

  async drag(from: Point, to: Point, steps = 8): Promise<void> {
    await this.hold(from)
    for (let step = 1; step <= steps; step++) {
      const part = step / steps
      await this.moveHeld({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part })
    }
    await this.release(to)
  }

  async tap({ x, y }: Point): Promise<void> {
    await this.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
    await this.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }

  /** Presses a key, such as `ArrowDown`, `a` or `Control+Shift+z`. */
  async press(chord: string): Promise<void> {
    const { text, ...key } = keyEvent(chord)
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, ...(text && { text }) })
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
  }

  /** Writes a text where the focus is, all at once. */
  async type(text: string): Promise<void> {
    await this.send('Input.insertText', { text })
  }

  /** Drops files from outside of the browser. */
  async drop(paths: readonly string[], { x, y }: Point): Promise<void> {
    const data = { items: [], files: paths, dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'])
      await this.send('Input.dispatchDragEvent', { type, x, y, data })
  }

  /** Does something that downloads a file, and waits until the file is there. */
  async download(folder: string, action: () => Promise<void>): Promise<string> {
    mkdirSync(folder, { recursive: true })
    const root = this.#browser.session()
    await root.send('Browser.setDownloadBehavior', {
      behavior: 'allow',
      downloadPath: folder,
      eventsEnabled: true,
      ...(this.#context && { browserContextId: this.#context }),
    })
    let name = ''
    let state = ''
    root.on<{ suggestedFilename: string }>('Browser.downloadWillBegin', ({ suggestedFilename }) => {
      name = suggestedFilename
    })
    root.on<{ state: string }>('Browser.downloadProgress', (progress) => {
      state = progress.state
    })
    await action()
    await this.#until(
      async () => state === 'completed' || state === 'canceled',
      'no download came to its end',
    )
    if (state === 'canceled') throw new Error(`the download of ${name} was cancelled`)
    return join(folder, name)
  }

  /** From now on, until another one is given. */
  async show({
    width,
    height,
    touch = false,
    scheme = 'light',
    reducedMotion = false,
  }: Screen): Promise<void> {
    await this.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: touch,
    })
    await this.send('Emulation.setTouchEmulationEnabled', { enabled: touch })
    await this.send('Emulation.setEmulatedMedia', {
      features: [
        { name: 'prefers-color-scheme', value: scheme },
        { name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : 'no-preference' },
      ],
    })
  }

  async screenshot(file: string): Promise<void> {
    const { data } = (await this.send('Page.captureScreenshot', { format: 'png' })) as { data: string }
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, Buffer.from(data, 'base64'))
  }

  send(method: string, parameters: object = {}): Promise<unknown> {
    return this.#session.send(method, parameters)
  }

  /** Ends the browser, with all its pages. */
  async close(): Promise<void> {
    await this.#browser.close()
  }

  #untilLoaded(): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(this.#report('the page does not load'))), patience)
      this.#loaded = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async #document(): Promise<number> {
    const { root } = (await this.send('DOM.getDocument', { depth: 0 })) as { root: { nodeId: number } }
    return root.nodeId
  }

  async #mouse(type: string, parameters: object): Promise<void> {
    await this.send('Input.dispatchMouseEvent', { type, ...parameters })
  }

  async #until(ask: () => Promise<unknown>, inVain: string): Promise<unknown> {
    const end = Date.now() + patience
    for (;;) {
      // A promise of a document that is gone may never be answered.
      const value = await soon(ask().catch(unlessNavigated))
      if (value !== false && value !== undefined && value !== null) return value
      if (Date.now() > end) {
        const picture = join(tmpdir(), `tenon-in-vain-${Date.now()}.png`)
        await this.screenshot(picture)
        throw new Error(this.#report(`${inVain}: ${picture}`))
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** What came of the page, for whoever has only this to go by. */
  #report(what: string): string {
    return [what, ...this.problems, `shown so far: ${this.shown.join(', ')}`].join('\n')
  }

  /** Each waits until it is listened to: what it asks for first is heard, too. */
  async #listenToServiceWorkers(): Promise<void> {
    const root = this.#browser.session()
    const { targetInfo } = (await root.send('Target.getTargetInfo', { targetId: this.#target })) as {
      targetInfo: TargetInfo
    }
    root.on<Attached>('Target.attachedToTarget', ({ sessionId, targetInfo: { type, browserContextId } }) => {
      if (type === 'service_worker' && browserContextId === targetInfo.browserContextId)
        void this.#listen(this.#browser.session(sessionId))
    })
  }

  /** Notes what goes wrong in the page or one of its workers, and what it asks the network for. */
  async #listen(session: Session): Promise<void> {
    session.on<ConsoleCall>('Runtime.consoleAPICalled', ({ type, args }) => {
      if (type === 'error' || type === 'assert')
        this.problems.push(`console: ${args.map(({ value, description }) => value ?? description).join(' ')}`)
    })
    session.on<Thrown>('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception } }) => {
      this.problems.push(`uncaught: ${exception?.description ?? text}`)
    })
    session.on<LogEntry>('Log.entryAdded', ({ entry: { level, text, url = '' } }) => {
      if (level === 'error') this.problems.push(`log: ${text} ${url}`)
    })
    session.on<{ issue: { code: string; details: object } }>('Audits.issueAdded', ({ issue }) => {
      if (issue.code === 'ContentSecurityPolicyIssue')
        this.problems.push(`policy: ${JSON.stringify(issue.details)}`)
    })
    session.on<{ request: { url: string } }>('Network.requestWillBeSent', ({ request }) => {
      this.requests.push(request.url)
    })
    session.on<Attached>('Target.attachedToTarget', ({ sessionId }) => {
      void this.#listen(this.#browser.session(sessionId))
    })
    // A service worker that was stopped, and is started anew, waits once more, and nothing else tells of it.
    session.on('Inspector.targetReloadedAfterCrash', () => {
      session.send('Runtime.runIfWaitingForDebugger').catch(() => {})
    })
    // Not all that can be attached to knows all of these, and a worker that waits answers some only when it goes on.
    await Promise.allSettled([
      session.send('Inspector.enable'),
      session.send('Runtime.enable'),
      session.send('Log.enable'),
      session.send('Audits.enable'),
      session.send('Network.enable'),
      session.send('Target.setAutoAttach', attach([{ type: 'service_worker', exclude: true }, {}])),
      session.send('Runtime.runIfWaitingForDebugger'),
    ])
  }
}

/** False where there is no answer after a while: whoever asks may ask again. */
async function soon(answer: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, patience / 4, false)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

/** What pages and workers attach to: it waits until it is told to go on. */
function attach(filter: readonly object[]): object {
  return { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter }
}

interface TargetInfo {
  readonly type: string
  readonly browserContextId: string
}

interface Attached {
  readonly sessionId: string
  readonly targetInfo: TargetInfo
}

interface Navigated {
  readonly type: string
  readonly frame: { readonly url: string }
}

interface ConsoleCall {
  readonly type: string
  readonly args: readonly { readonly value?: unknown; readonly description?: string }[]
}

interface Thrown {
  readonly exceptionDetails: { readonly text: string; readonly exception?: { readonly description?: string } }
}

interface LogEntry {
  readonly entry: { readonly level: string; readonly text: string; readonly url?: string }
}

function matches(found: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? found === wanted : wanted.test(found)
}

/** What Chromium says where the page that was asked is no longer there, or not what was found in it. */
function unlessNavigated(error: Error): undefined {
  const gone =
    /navigated|context (?:was destroyed|with specified id)|(?:no|not find) node|No node|node with given id/i
  if (!gone.test(error.message)) throw error
}
