/** Stands in for a guest's thread that dies in its third call. */
import { parentPort, workerData } from 'node:worker_threads'
import { Phase, ProgressWord, type Request, type Setup } from '../../src/cli/fuzz/protocol.ts'

const { progress } = workerData as Setup

parentPort!.on('message', (request: Request) => {
  Atomics.store(progress, ProgressWord.phase, Phase.calling)
  if (request.kind === 'replay') {
    const step = { kind: 'call', target: 0, args: [7], handles: [] } as const
    parentPort!.postMessage({ kind: 'started', step })
  }
  Atomics.store(progress, ProgressWord.step, 2)
  process.exit(3)
})
