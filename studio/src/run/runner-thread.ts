/** The worker of one run, from the page. */
import * as comlink from 'comlink'
import type { RunEvents, Runner, RunSource } from '../contract/run.ts'

export interface RunnerThread {
  readonly runner: Runner
  /** Ends it at once, whatever it is in the middle of. */
  end(): void
}

export type OpenThread = (onDeath: (message: string) => void) => RunnerThread

/** Starts a worker. `onDeath`: its script did not load, or it threw where nobody waits for an answer. */
export const openThread: OpenThread = (onDeath) => {
  const worker = new Worker(new URL('../runner/worker.ts', import.meta.url), { type: 'module', name: 'run' })
  worker.onerror = (event) => {
    event.preventDefault()
    onDeath(event.message || 'The worker that runs components could not be loaded.')
  }
  worker.onmessageerror = () => onDeath('The worker sent a message that cannot be read.')
  const remote = comlink.wrap<Runner>(worker)
  return {
    runner: {
      start: (source, events) =>
        remote.start(comlink.transfer(source, buffersOf(source)), remoteEvents(events)),
      run: () => remote.run(),
      call: (path, parameters) => remote.call(path, parameters),
      drop: (resource) => remote.drop(resource),
      input: (bytes) => remote.input(bytes),
      files: () => remote.files(),
    },
    end: () => worker.terminate(),
  }
}

/** Packages may have many megabytes: they are handed over. Files stay the page's, which gives them to the next run, too. */
function buffersOf(source: RunSource): ArrayBuffer[] {
  return source.packages.map(({ bytes }) => bytes)
}

function remoteEvents(events: RunEvents) {
  return comlink.proxy(events)
}
