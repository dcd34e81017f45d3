/** JSON-RPC 2.0 (jsonrpc.org/specification), as far as the Language Server Protocol uses it. */

export const errorCodes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  notInitialized: -32002,
  requestFailed: -32803,
} as const

/** What a request is refused with. */
export class ResponseError extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** What answers requests, and what takes notifications, by method; `undefined` where there is no such method. */
export interface Methods {
  request(method: string, params: unknown): { readonly result: unknown } | undefined
  notification(method: string, params: unknown): void
}

interface Message {
  readonly jsonrpc: '2.0'
  readonly id?: unknown
  readonly method?: unknown
  readonly params?: unknown
}

/** One side of a conversation: answers what it receives, and asks. */
export class Connection {
  readonly #send: (message: string) => void
  readonly #methods: Methods
  #asked = 0

  constructor(methods: Methods, send: (message: string) => void) {
    this.#methods = methods
    this.#send = send
  }

  receive(text: string): void {
    let message: Message
    try {
      message = JSON.parse(text) as Message
    } catch {
      this.#answer(null, { error: { code: errorCodes.parseError, message: 'this is not JSON' } })
      return
    }
    if (typeof message !== 'object' || message === null || Array.isArray(message)) {
      const error = { code: errorCodes.invalidRequest, message: 'this is no request' }
      this.#answer(null, { error })
      return
    }
    const { id, method, params } = message
    if (!isId(id)) {
      const error = { code: errorCodes.invalidRequest, message: '`id` is neither a number nor a text' }
      this.#answer(null, { error })
    } else if (typeof method !== 'string') {
      // An answer to what was asked: nothing hangs on it.
      if (id === undefined || id === null || !('result' in message || 'error' in message))
        this.#answer(id ?? null, {
          error: { code: errorCodes.invalidRequest, message: 'a request needs a method' },
        })
    } else if (id === undefined) this.attempt(method, () => this.#methods.notification(method, params))
    else this.#answer(id, this.#respond(method, params))
  }

  notify(method: string, params: object): void {
    this.#write({ method, params })
  }

  /** Asks the other side; what it answers is not waited for. */
  ask(method: string, params: object): void {
    this.#write({ id: `tenon-${++this.#asked}`, method, params })
  }

  #respond(method: string, params: unknown): object {
    try {
      const answer = this.#methods.request(method, params)
      if (answer !== undefined) return { result: answer.result ?? null }
      return { error: { code: errorCodes.methodNotFound, message: `there is no method ${method}` } }
    } catch (error) {
      return { error: errorOf(error) }
    }
  }

  /** Does what nobody waits for: should it fail, the other side's log says so. */
  attempt(name: string, action: () => void): void {
    try {
      action()
    } catch (error) {
      const { message } = errorOf(error)
      this.notify('window/logMessage', { type: 1, message: `${name}: ${message}` })
    }
  }

  #answer(id: number | string | null, rest: object): void {
    this.#write({ id, ...rest })
  }

  #write(message: object): void {
    this.#send(JSON.stringify({ jsonrpc: '2.0', ...message }))
  }
}

function isId(id: unknown): id is number | string | null | undefined {
  return id === undefined || id === null || typeof id === 'number' || typeof id === 'string'
}

function errorOf(error: unknown): { readonly code: number; readonly message: string } {
  if (error instanceof ResponseError) return { code: error.code, message: error.message }
  return {
    code: errorCodes.internalError,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }
}
