/** A worker that executes hostile components one after the other, replaced when it hangs. */
import { Worker } from 'node:worker_threads'
import type { Ending } from './execute-worker.ts'

export type Outcome = Ending | { readonly end: 'timeout' } | { readonly end: 'died'; readonly error: string }

interface Pending {
  readonly bytes: Uint8Array
  readonly resolve: (outcome: Outcome) => void
}

/** How long a worker may take to start, and to compile what the mutants have in common, in milliseconds. */
const starting = 60_000

export class Executor implements AsyncDisposable {
  readonly #original: Uint8Array
  readonly #limit: number
  /** Sent to the worker, in this order; the first one runs. */
  readonly #pending: Pending[] = []
  #worker: Worker | undefined
  #timer: NodeJS.Timeout | undefined

  /**
   * @param original what the mutants were made of: a worker executes it first, and keeps its compiled core modules
   * @param limit how long one execution may take, in milliseconds
   */
  constructor(original: Uint8Array, limit = 1000) {
    this.#original = original
    this.#limit = limit
  }

  /** Executions may be asked for before others have ended: they wait in the worker, and it never for them. */
  run(bytes: Uint8Array): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#pending.push({ bytes, resolve })
      if (this.#worker) {
        this.#worker.postMessage(bytes)
        if (this.#pending.length === 1) this.#watch(this.#limit)
      } else this.#start()
    })
  }

  #start(): void {
    const worker = new Worker(new URL('execute-worker.ts', import.meta.url), { stdout: true, stderr: true })
    this.#worker = worker
    let warm = false
    worker.on('message', (ending: Ending) => {
      if (warm) this.#pending.shift()?.resolve(ending)
      warm = true
      if (this.#pending.length > 0) this.#watch(this.#limit)
      else clearTimeout(this.#timer)
    })
    worker.on('error', (error) => this.#replace(worker, { end: 'died', error: String(error) }))
    worker.on('exit', (code) => this.#replace(worker, { end: 'died', error: `exit ${code}` }))
    this.#watch(starting)
    for (const bytes of [this.#original, ...this.#pending.map((one) => one.bytes)]) worker.postMessage(bytes)
  }

  #watch(limit: number): void {
    clearTimeout(this.#timer)
    const worker = this.#worker!
    this.#timer = setTimeout(() => this.#replace(worker, { end: 'timeout' }), limit)
  }

  /** What ran in the worker ended so; the others wait for a new one. */
  #replace(worker: Worker, outcome: Outcome): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    clearTimeout(this.#timer)
    void worker.terminate()
    this.#pending.shift()?.resolve(outcome)
    if (this.#pending.length > 0) this.#start()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    clearTimeout(this.#timer)
    await worker?.terminate()
  }
}
