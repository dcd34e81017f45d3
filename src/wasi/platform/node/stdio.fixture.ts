/** A little guest of its own, run by `stdio.test.ts` in a process whose input and output are what is tested. */
import { traitsOf } from '../../../runtime/host-function.ts'
import { ComponentError } from '../../../errors.ts'
import type { InputStream } from '../../0.2/io/input-stream.ts'
import type { OutputStream } from '../../0.2/io/output-stream.ts'
import type { Pollable } from '../../0.2/io/poll.ts'
import { wasi } from '../../index.ts'

const [program = '', view = '', given = ''] = process.argv.slice(2)

const byNumber = given === 'number'
const imports = wasi({
  stdin: byNumber ? 0 : process.stdin,
  stdout: byNumber ? 1 : process.stdout,
  stderr: byNumber ? 2 : process.stderr,
})
type Face = Record<string, (...args: never[]) => unknown>
const face = (name: string) => (imports as Record<string, Face>)[`wasi:${name}@0.2.12`]!
const stdin = face('cli/stdin').getStdin!() as InputStream
const stdout = face('cli/stdout').getStdout!() as OutputStream
const stderr = face('cli/stderr').getStderr!() as OutputStream

/** Calls a function as the runtime would in the view under test. */
function call<T>(self: object | undefined, fn: (...args: never[]) => unknown, ...args: unknown[]): T {
  const through = view === 'sync' ? (traitsOf(fn).sync ?? fn) : fn
  return through.apply(self, args as never[]) as T
}

const text = (line: string) => new TextEncoder().encode(line)

async function say(line: string): Promise<void> {
  await call(stderr, stderr.blockingWriteAndFlush, text(`${line}\n`))
}

/** What a call on a stream threw: `closed`, or why it failed. */
function ending(error: unknown): string {
  if (!(error instanceof ComponentError)) throw error
  const payload = error.payload as { tag: string; val?: { failure: { code?: string } } }
  return payload.tag === 'closed' ? 'closed' : `failed ${payload.val?.failure.code}`
}

const programs: Record<string, () => Promise<void>> = {
  async cat() {
    try {
      for (;;) {
        const bytes = await call<Uint8Array>(stdin, stdin.blockingRead, 65_536n)
        for (let at = 0; at < bytes.length; at += 4096) {
          await call(stdout, stdout.blockingWriteAndFlush, bytes.subarray(at, at + 4096))
        }
      }
    } catch (error) {
      await say(ending(error))
    }
  },

  /** Writes without waiting for anything but permits. */
  async pour() {
    const chunk = new Uint8Array(1_000_000).fill(120)
    for (let sent = 0; sent < 8_000_000; ) {
      const permit = Number(stdout.checkWrite())
      if (permit === 0) await call(undefined, waitFor, stdout.subscribe())
      else {
        stdout.write(chunk.subarray(0, permit))
        sent += Math.min(permit, chunk.length)
      }
    }
    await call(stdout, stdout.blockingFlush)
    await say('poured')
  },

  async flood() {
    try {
      for (;;) await call(stdout, stdout.blockingWriteAndFlush, new Uint8Array(4096))
    } catch (error) {
      await say(ending(error))
    }
  },

  async poll() {
    const clock = face('clocks/monotonic-clock')
    const { poll } = face('io/poll')
    for (let round = 0; round < 2; round++) {
      const timer = clock.subscribeDuration!(100_000_000n as never) as Pollable
      const ready = await call<Uint32Array>(undefined, poll!, [stdin.subscribe(), timer])
      await say(`ready ${[...ready]}`)
      await call(timer, timer.block)
    }
    await call(undefined, poll!, [stdin.subscribe()])
    await say(`read ${new TextDecoder().decode(stdin.read(100n))}`)
  },

  /** Waits for input in vain and returns: the process must end by itself. */
  async leave() {
    const clock = face('clocks/monotonic-clock')
    const timer = clock.subscribeDuration!(10_000_000n as never) as Pollable
    await call(undefined, face('io/poll').poll!, [stdin.subscribe(), timer])
    await say('left')
  },

  async terminal() {
    const is = (name: string, get: string) => face(`cli/terminal-${name}`)[get]!() !== undefined
    const answers = [
      is('stdin', 'getTerminalStdin'),
      is('stdout', 'getTerminalStdout'),
      is('stderr', 'getTerminalStderr'),
    ]
    await say(`terminal ${answers.join(' ')}`)
  },
}

function waitFor(pollable: Pollable): unknown {
  return call(pollable, pollable.block)
}

await programs[program]!()
