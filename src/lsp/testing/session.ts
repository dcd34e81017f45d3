import type { PackageFinder } from '../../compose/wac/package-finder.ts'
import { Server } from '../server.ts'
import { TextLines } from '../text-lines.ts'
import { uriOf } from '../uris.ts'

interface Sent {
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string }
}

/** An editor and its server in one, over files that are in memory. In texts `|` is where the cursor is. */
export class Session {
  readonly sent: Sent[] = []
  readonly #server: Server
  readonly #finder: PackageFinder
  readonly #disk: Map<string, string | Uint8Array>
  #soon: (() => void) | undefined
  #id = 0

  constructor(
    disk: Readonly<Record<string, string | Uint8Array>> = {},
    finder: PackageFinder = { find: () => undefined },
  ) {
    this.#finder = finder
    this.#disk = new Map(Object.entries(disk))
    const encoder = new TextEncoder()
    this.#server = new Server({
      version: '1.2.3',
      files: {
        read: (path) => {
          const text = this.#disk.get(path)
          return typeof text === 'string' ? encoder.encode(text) : text
        },
        list: (folder) => this.#list(folder),
      },
      packages: () => this.#finder,
      send: (message) => this.sent.push(JSON.parse(message) as Sent),
      exit: () => {},
      soon: (action) => {
        this.#soon = action
      },
    })
    this.ask('initialize', { capabilities: {} })
    this.tell('initialized', {})
  }

  write(path: string, text: string | Uint8Array): void {
    this.#disk.set(path, text)
  }

  remove(path: string): void {
    this.#disk.delete(path)
  }

  /** The answer, or what it was refused with. */
  ask(method: string, params: object): unknown {
    this.#receive({ id: ++this.#id, method, params })
    const { result, error } = this.sent.at(-1)!
    return error === undefined ? result : error
  }

  tell(method: string, params: object): void {
    this.#receive({ method, params })
  }

  receive(message: string): void {
    this.#server.receive(message)
  }

  /** Opens a text, or puts another in its place; gives the parameters of requests about the cursor. */
  type(path: string, marked: string): { textDocument: { uri: string }; position: object } {
    const offset = marked.indexOf('|')
    const text = marked.replace('|', '')
    const textDocument = { uri: uriOf(path) }
    this.tell('textDocument/didOpen', {
      textDocument: { ...textDocument, languageId: 'wit', version: 1, text },
    })
    return { textDocument, position: new TextLines(text).position(offset) }
  }

  /** What is said to be wrong, by path, after a pause in typing. */
  problems(): Record<string, unknown[]> {
    const start = this.sent.length
    this.#soon?.()
    const published = this.sent.slice(start).flatMap(({ method, params }) => {
      if (method !== 'textDocument/publishDiagnostics') throw new Error(JSON.stringify(this.sent.at(-1)))
      const { uri, diagnostics } = params as { uri: string; diagnostics: unknown[] }
      return [[uri.replace('file://', ''), diagnostics] as const]
    })
    return Object.fromEntries(published)
  }

  #receive(message: object): void {
    this.#server.receive(JSON.stringify({ jsonrpc: '2.0', ...message }))
  }

  #list(folder: string): { name: string; isFolder: boolean }[] {
    const names = new Map<string, boolean>()
    for (const path of this.#disk.keys()) {
      if (!path.startsWith(`${folder}/`)) continue
      const [name, ...rest] = path.slice(folder.length + 1).split('/')
      names.set(name!, rest.length > 0)
    }
    return Array.from(names, ([name, isFolder]) => ({ name, isFolder }))
  }
}
