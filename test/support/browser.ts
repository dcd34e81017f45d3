/** A Chromium without a window, driven by the DevTools protocol. */
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

type Listener = (parameters: never) => void

/** What is sent to one page or worker, and heard from it; the browser itself has one, too. */
export class Session {
  readonly #browser: Browser
  readonly #id: string | undefined
  readonly #listeners = new Map<string, Listener[]>()

  constructor(browser: Browser, id?: string) {
    this.#browser = browser
    this.#id = id
  }

  send(method: string, parameters: object = {}): Promise<unknown> {
    return this.#browser.sendTo(this.#id, method, parameters)
  }

  /** @param method of an event of the protocol, such as `Page.loadEventFired` */
  on<P>(method: string, listener: (parameters: P) => void): void {
    const listeners = this.#listeners.get(method) ?? []
    this.#listeners.set(method, [...listeners, listener as Listener])
  }

  tell(method: string, parameters: unknown): void {
    for (const listener of this.#listeners.get(method) ?? []) listener(parameters as never)
  }
}

export class Browser {
  readonly #process: ReturnType<typeof spawn>
  readonly #profile: string
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  readonly #sessions = new Map<string | undefined, Session>()
  #id = 0

  private constructor(process: ReturnType<typeof spawn>, profile: string, socket: WebSocket) {
    this.#process = process
    this.#profile = profile
    this.#socket = socket
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(String(data)) as Message)
    socket.onclose = () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Chromium has ended'))
    }
  }

  static async start(): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'tenon-browser-'))
    const process = spawn(command!, [...options, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const socket = new WebSocket(await listeningAddress(process))
    await once(socket, 'open')
    return new Browser(process, profile, socket)
  }

  /** Of the browser itself, without `id`. */
  session(id?: string): Session {
    const session = this.#sessions.get(id) ?? new Session(this, id)
    this.#sessions.set(id, session)
    return session
  }

  sendTo(sessionId: string | undefined, method: string, params: object): Promise<unknown> {
    const id = ++this.#id
    return new Promise((resolve, reject) => {
      // Nothing would ever answer.
      if (this.#socket.readyState !== WebSocket.OPEN) throw new Error('Chromium has ended')
      this.#waiting.set(id, { resolve, reject })
      this.#socket.send(JSON.stringify({ id, sessionId, method, params }))
    })
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exited = once(this.#process, 'exit')
      this.#socket.send(JSON.stringify({ id: ++this.#id, method: 'Browser.close' }))
      const timer = setTimeout(() => this.#process.kill('SIGKILL'), 5_000)
      await exited
      clearTimeout(timer)
    }
    this.#socket.close()
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }

  #receive({ id, sessionId, result, error, method, params }: Message): void {
    if (method !== undefined) this.#sessions.get(sessionId)?.tell(method, params)
    if (id === undefined) return
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve(result)
    else waiting?.reject(new Error(error.message))
  }
}

interface Message {
  readonly id?: number
  readonly sessionId?: string
  readonly method?: string
  readonly params?: unknown
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
