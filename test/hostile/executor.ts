/** A worker that executes hostile components, replaced when it hangs. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Ending } from './execute-worker.ts'

export type Outcome = Ending | { readonly end: 'timeout' } | { readonly end: 'died'; readonly error: string }

export class Executor implements AsyncDisposable {
  readonly #limit: number
  #worker: Worker | undefined

  /** `limit`: how long one execution may take, in milliseconds. */
  constructor(limit = 1000) {
    this.#limit = limit
  }

  /** Makes sure that there is a worker which has compiled the core modules of `bytes`; however long that takes. */
  async warm(bytes: Uint8Array): Promise<void> {
    await this.#run(bytes, 60_000)
  }

  async run(bytes: Uint8Array, original: Uint8Array): Promise<Outcome> {
    if (!this.#worker) await this.warm(original)
    return this.#run(bytes, this.#limit)
  }

  async #run(bytes: Uint8Array, limit: number): Promise<Outcome> {
    this.#worker ??= new Worker(new URL('execute-worker.ts', import.meta.url), { stdout: true, stderr: true })
    const worker = this.#worker
    const ended = new AbortController()
    const { signal } = ended
    worker.postMessage(bytes)
    try {
      return await Promise.race([
        once(worker, 'message', { signal }).then(([ending]): Outcome => ending),
        once(worker, 'exit', { signal }).then(([code]): Outcome => ({ end: 'died', error: `exit ${code}` })),
        new Promise<Outcome>((resolve) => {
          const timer = setTimeout(resolve, limit, { end: 'timeout' })
          signal.addEventListener('abort', () => clearTimeout(timer))
        }),
      ]).then(async (outcome) => {
        if (outcome.end === 'timeout' || outcome.end === 'died') await this.#end()
        return outcome
      })
    } catch (error) {
      // `once` rejects with the worker's own uncaught error.
      await this.#end()
      return { end: 'died', error: String(error) }
    } finally {
      ended.abort()
    }
  }

  async #end(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end()
  }
}
