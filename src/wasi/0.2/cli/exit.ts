import { ExitError } from '../../../errors.ts'
import { neverBlocks } from '../waiting.ts'

export const exit = neverBlocks({
  exit(status: { tag: 'ok' | 'err' }): never {
    throw new ExitError(status.tag === 'ok' ? 0 : 1)
  },
  exitWithCode(statusCode: number): never {
    throw new ExitError(statusCode)
  },
})
