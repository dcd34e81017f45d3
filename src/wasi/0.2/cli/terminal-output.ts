import type { Host } from '../../host/host.ts'

/** The output side of a terminal; so far WASI has nothing to do with one. */
export class TerminalOutput {
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

export const terminalOutput = { TerminalOutput }
