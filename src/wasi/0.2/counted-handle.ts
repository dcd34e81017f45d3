import type { Host } from '../host/host.ts'

/** A resource whose live handles the host counts, and that holds nothing else which ends with it. */
export class CountedHandle {
  readonly #host: Host
  #open = true

  constructor(host: Host) {
    host.handles.open()
    this.#host = host
  }

  [Symbol.dispose](): void {
    if (this.#open) this.#host.handles.close()
    this.#open = false
  }
}
