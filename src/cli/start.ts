import { enableCompileCache, getCompileCacheDir } from 'node:module'
import { join } from 'node:path'
import { CodeCache } from './code-cache.ts'

/** What `bin/tenon.js` calls: the built command line tool. `args` is the command line after `tenon`. */
export async function start(args: readonly string[]): Promise<void> {
  // Where Node keeps such things: for this version and user, and nowhere if NODE_DISABLE_COMPILE_CACHE says so. Bun and
  // Deno have neither function.
  enableCompileCache?.()
  const [command = ''] = args
  const code = new CodeCache(/^[a-z]+$/.test(command) ? command : 'none', getCompileCacheDir?.())
  const { main } = code.require(join(import.meta.dirname, 'main.cjs')) as typeof import('./main.ts')
  await main(args)
  // Not after an error or for a help text: the next run calls more than they did.
  const helped = args.includes('--help') || args.includes('-h')
  if (process.exitCode === 0 && !helped) code.save()
}
