import { enableCompileCache, getCompileCacheDir } from 'node:module'
import { join } from 'node:path'
import { CodeCache } from './code-cache.ts'

/** What `bin/tenon.js` calls: the built command line tool. `args` is the command line after `tenon`. */
export async function start(args: readonly string[]): Promise<void> {
  // Where Node keeps such things: for this version and user, and nowhere if NODE_DISABLE_COMPILE_CACHE says so. Bun and
  // Deno have neither function.
  enableCompileCache?.()
  const code = new CodeCache(purposeOf(args), getCompileCacheDir?.())
  const { main } = code.require(join(import.meta.dirname, 'main.cjs')) as typeof import('./main.ts')
  await main(args)
  // Not after an error or for a help text: the next run calls more than they did.
  const helped = args.includes('--help') || args.includes('-h')
  if (process.exitCode === 0 && !helped) code.save()
}

/** Tells runs apart that call other functions: commands, and whether they read a Plan or compile one. */
function purposeOf(args: readonly string[]): string {
  const [command = ''] = args
  const name = /^[a-z]+$/.test(command) ? command : 'none'
  const precompiled = args.some((arg) => arg.endsWith('.tenon') || arg.startsWith('--cache'))
  return precompiled || process.env.TENON_CACHE ? `${name}-precompiled` : name
}
