/** A Chromium without a window, driven by the DevTools protocol. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

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
  // Chromium ends when the pipe does: also where whoever started it is killed.
  '--remote-debugging-pipe',
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
  readonly #process: ChildProcess
  readonly #profile: string
  readonly #pipe: Writable
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  readonly #sessions = new Map<string | undefined, Session>()
  #id = 0
  #hasEnded = false

  private constructor(process: ChildProcess, profile: string) {
    this.#process = process
    this.#profile = profile
    this.#pipe = process.stdio[3] as Writable
    // What is sent to a Chromium that has just ended: its end is told below.
    this.#pipe.on('error', () => {})
    process.once('exit', () => this.#end())
    void this.#receiveAll(process.stdio[4] as Readable)
  }

  static async start(): Promise<Browser> {
    removeLeftProfiles()
    const profile = mkdtempSync(join(tmpdir(), `${profilePrefix}${process.pid}-`))
    const chromium = spawn(command!, [...options, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    })
    const browser = new Browser(chromium, profile)
    await browser.session().send('Browser.getVersion')
    return browser
  }

  /** Of the process that was started. */
  get pid(): number {
    return this.#process.pid!
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
      if (this.#hasEnded) throw new Error('Chromium has ended')
      this.#waiting.set(id, { resolve, reject })
      this.#write({ id, sessionId, method, params })
    })
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exited = once(this.#process, 'exit')
      this.#write({ id: ++this.#id, method: 'Browser.close' })
      const timer = setTimeout(() => this.#process.kill('SIGKILL'), 5_000)
      await exited
      clearTimeout(timer)
    }
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }

  #write(message: object): void {
    this.#pipe.write(`${JSON.stringify(message)}\0`)
  }

  /** Messages are JSON with a zero byte behind each. */
  async #receiveAll(pipe: Readable): Promise<void> {
    let pieces: string[] = []
    try {
      for await (const piece of pipe.setEncoding('utf8')) {
        const [last, ...more] = String(piece).split('\0')
        pieces.push(last!)
        for (const next of more) {
          this.#receive(JSON.parse(pieces.join('')) as Message)
          pieces = [next]
        }
      }
    } catch {
      // It was killed while it wrote.
    } finally {
      this.#end()
    }
  }

  #receive({ id, sessionId, result, error, method, params }: Message): void {
    if (method !== undefined) this.#sessions.get(sessionId)?.tell(method, params)
    if (id === undefined) return
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve(result)
    else waiting?.reject(new Error(error.message))
  }

  #end(): void {
    this.#hasEnded = true
    for (const { reject } of this.#waiting.values()) reject(new Error('Chromium has ended'))
    this.#waiting.clear()
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

const profilePrefix = 'tenon-browser-'

/** Those of processes that were killed: what ends by itself removes its own. */
function removeLeftProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = /^tenon-browser-(\d+)-/.exec(name) ?? []
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(tmpdir(), name), { recursive: true, force: true, maxRetries: 5 })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
