import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { TenonError, UsageError } from '../../errors.ts'
import { exitCode } from '../exit-code.ts'
import { parseOptions } from '../parse-options.ts'
import { reporting } from '../reporting.ts'
import { exportPage } from '../studio/export-page.ts'
import { GivenFiles } from '../studio/given-files.ts'
import { openBrowser } from '../studio/open-browser.ts'
import { readPage } from '../studio/page.ts'
import { type ServeOptions, type StudioServer, serve } from '../studio/server.ts'
import { stderr, stdout, write } from '../write.ts'

export const summary = 'Compose components by hand, and run them, in a web page'

export const help = `Usage: tenon studio [FILE …] [options]
       tenon studio --export DIR

Opens a local web page in which components are blocks, wires lead from exports
to imports, and the composition runs. Beside them stands the WAC text that says
the same. The page gets the files named here, and again when they change, and
sends nothing anywhere. What it can do: docs/studio.md.

Options:
  --port N      the port to listen on, 0 for any that is free (default: 4747,
                or the next that is free)
  --host HOST   the address to listen on (default: 127.0.0.1, which only this
                machine reaches). What listens elsewhere gives the files named
                here to everybody who reaches it
  --open        open the page in a browser
  --export DIR  write the page, for any web host, and end
`

const firstPort = 4747
const portsTried = 10

export const run = reporting('studio', async (args) => {
  const { options, positionals } = parseOptions(args, {
    port: { type: 'string' },
    host: { type: 'string' },
    open: { type: 'boolean' },
    export: { type: 'string' },
  })
  const port = options.port === undefined ? undefined : parsePort(options.port)
  if (options.host === '') throw new UsageError('which host? --host 127.0.0.1')
  if (options.export !== undefined) return exportTo(options.export, positionals)
  if (positionals.includes('-')) throw new UsageError('a file is read again when it changes: name one, not -')
  const given = await GivenFiles.of(positionals)
  const page = readPage(pageFolder())
  const server = await listen({ page, given, host: options.host ?? '127.0.0.1' }, port)
  write(stdout, `${server.address} (Ctrl+C ends it)\n`)
  if (options.open)
    openBrowser(server.address, () =>
      write(stderr, 'note: no program here opens addresses: open it yourself\n'),
    )
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await server.close()
  return exitCode.success
})

/** From `src/cli/commands` and from `dist/cli/commands` alike. */
function pageFolder(): string {
  return fileURLToPath(new URL('../../../dist/studio', import.meta.url))
}

function exportTo(folder: string, others: readonly string[]): number {
  if (folder === '') throw new UsageError('where to? --export DIR')
  if (others.length > 0)
    throw new UsageError(
      `--export writes the page alone, found also ${others.join(', ')}: drop files onto it`,
    )
  const page = readPage(pageFolder())
  exportPage(page, folder)
  write(stdout, `${page.files.size} files: ${folder}\n`)
  return exitCode.success
}

/** @param port undefined: the first that is free of some */
async function listen(options: Omit<ServeOptions, 'port'>, port: number | undefined): Promise<StudioServer> {
  const last = port ?? firstPort + portsTried - 1
  for (let next = port ?? firstPort; ; next++) {
    try {
      return await serve({ ...options, port: next })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EADDRINUSE' && next < last) continue
      throw refusal(code, options.host, next) ?? error
    }
  }
}

/** What the operating system said, in words. */
function refusal(code: string | undefined, host: string, port: number): TenonError | undefined {
  if (code === 'EADDRINUSE')
    return new TenonError('usage', `port ${port} is taken: another one with --port N, any with --port 0`)
  if (code === 'EACCES') return new TenonError('usage', `port ${port} is not allowed: --port 4747`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new TenonError('usage', `${host} is no address of this machine: --host 127.0.0.1`)
  return undefined
}

function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new UsageError(`--port ${text} is no port: a number from 0 to 65535`)
}
