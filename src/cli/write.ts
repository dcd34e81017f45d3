import { writeSync } from 'node:fs'
import { exitCode } from './exit-code.ts'

export const stdout = 1
export const stderr = 2

/**
 * Writes all of a text or of some bytes, now. Where the reader went away (`tenon wit … | head`), the process ends
 * without a word, as Unix tools do.
 */
export function write(descriptor: number, data: string | Uint8Array): void {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') process.exit(exitCode.brokenPipe)
      if (code !== 'EAGAIN') throw error
      // Somebody made the pipe non-blocking, and it is full.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}
