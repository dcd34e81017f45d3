/** A page in a Chromium without a window, driven by the DevTools protocol. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const command = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
)

/** Why a test cannot run; false where it can. */
export const noBrowser: string | false =
  command === undefined ? 'no Chromium: apt-get install chromium' : false

const options = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--remote-debugging-port=0',
]

export class BrowserPage {
  readonly #process: ReturnType<typeof spawn>
  readonly #profile: string
  readonly #socket: WebSocket
  readonly #session: string
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  #id = 0
  #loaded: (() => void) | undefined

  private constructor(
    process: ReturnType<typeof spawn>,
    profile: string,
    socket: WebSocket,
    session: string,
  ) {
    this.#process = process
    this.#profile = profile
    this.#socket = socket
    this.#session = session
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(String(data)) as Message)
  }

  static async start(): Promise<BrowserPage> {
    const profile = mkdtempSync(join(tmpdir(), 'tenon-browser-'))
    const process = spawn(command!, [...options, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const address = await listeningAddress(process)
    const socket = new WebSocket(address)
    await once(socket, 'open')
    const targets = (await answer(socket, 1, 'Target.getTargets')) as { targetInfos: TargetInfo[] }
    const { targetId } = targets.targetInfos.find(({ type }) => type === 'page')!
    const attached = await answer(socket, 2, 'Target.attachToTarget', { targetId, flatten: true })
    const page = new BrowserPage(process, profile, socket, (attached as { sessionId: string }).sessionId)
    page.#id = 2
    await page.send('Page.enable')
    return page
  }

  /** Opens an address and waits until it is loaded. */
  async open(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => {
      this.#loaded = resolve
    })
    await this.send('Page.navigate', { url })
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
    // Far longer than it takes: machines may have much else to do.
    const end = Date.now() + 60_000
    for (;;) {
      const value = await this.evaluate(expression).catch(unlessNavigated)
      if (value !== false && value !== undefined && value !== null) return value
      if (Date.now() > end) throw new Error(`waited in vain for ${expression}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** Presses a key, such as `ArrowDown`, or types a character. */
  async press(key: string): Promise<void> {
    const text = key.length === 1 ? { text: key } : key === 'Enter' ? { text: '\r' } : {}
    const windowsVirtualKeyCode = keyCodes[key] ?? key.toUpperCase().charCodeAt(0)
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', key, windowsVirtualKeyCode, ...text })
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode })
  }

  send(method: string, parameters: object = {}): Promise<unknown> {
    const id = ++this.#id
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#socket.send(JSON.stringify({ id, sessionId: this.#session, method, params: parameters }))
    })
  }

  async close(): Promise<void> {
    const exited = once(this.#process, 'exit')
    this.#socket.send(JSON.stringify({ id: ++this.#id, method: 'Browser.close' }))
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 5_000)
    await exited
    clearTimeout(timer)
    this.#socket.close()
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }

  #receive({ id, result, error, method }: Message): void {
    if (method === 'Page.loadEventFired') this.#loaded?.()
    if (id === undefined) return
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve(result)
    else waiting?.reject(new Error(error.message))
  }
}

/** What Chromium says where the page that was asked is no longer there. */
function unlessNavigated(error: Error): undefined {
  if (!/navigated|context (?:was destroyed|with specified id)/.test(error.message)) throw error
}

const keyCodes: Readonly<Record<string, number>> = {
  Enter: 13,
  Escape: 27,
  ArrowUp: 38,
  ArrowDown: 40,
  '/': 191,
}

interface TargetInfo {
  readonly type: string
  readonly targetId: string
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

async function listeningAddress(process: ReturnType<typeof spawn>): Promise<string> {
  for await (const line of createInterface({ input: process.stderr! })) {
    const address = /^DevTools listening on (\S+)/.exec(line)?.[1]
    if (address !== undefined) {
      process.stderr!.resume()
      return address
    }
  }
  throw new Error('Chromium ended before it listened')
}

function answer(socket: WebSocket, id: number, method: string, parameters: object = {}): Promise<unknown> {
  socket.send(JSON.stringify({ id, method, params: parameters }))
  return new Promise((resolve, reject) => {
    socket.addEventListener('message', function listen({ data }) {
      const message = JSON.parse(String(data)) as Message
      if (message.id !== id) return
      socket.removeEventListener('message', listen)
      if (message.error === undefined) resolve(message.result)
      else reject(new Error(message.error.message))
    })
  })
}
