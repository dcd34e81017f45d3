import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import type { Files } from '../../lsp/files.ts'
import { frame, MessageReader } from '../../lsp/framing.ts'
import { Server } from '../../lsp/server.ts'
import { version } from '../../version.ts'
import { packageFolder } from '../compose/package-folder.ts'
import { exitCode } from '../exit-code.ts'
import { parseOptions } from '../parse-options.ts'
import { reporting } from '../reporting.ts'
import { stderr, write } from '../write.ts'

export const summary = 'Language server for WIT and WAC, for editors'

export const help = `Usage: tenon lsp

Speaks the Language Server Protocol on standard input and output: problems while
you type, completion, what a name means and where it is defined, renaming,
outline, formatting. An editor starts it, with the folder of a package or any
folder above. How to set up editors: docs/editors.md.

A package is the folder that a file is in, with what is in its deps. The
packages that a WAC text names are in the deps beside it, as for
\`tenon compose\`.

Options:
  --stdio  what it does anyway; editors say it
  --clientProcessId PID  ignored: it ends with its input
`

/** Milliseconds without typing before the problems are said. */
const pause = 100

export const run = reporting('lsp', async (args) => {
  const { positionals } = parseOptions(args, {
    stdio: { type: 'boolean' },
    clientProcessId: { type: 'string' },
  })
  if (positionals.length > 0)
    throw new UsageError('it takes no files: an editor opens them', ['to check WIT: `tenon wit PACKAGE`'])
  if (process.stdin.isTTY)
    write(stderr, 'waiting for an editor on standard input; how to set one up: docs/editors.md\n')
  return serve()
})

function serve(): Promise<number> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    const stop = (): void => {
      clearTimeout(timer)
      process.stdin.destroy()
    }
    const end = (code: number): void => {
      stop()
      resolve(code)
    }
    const server = new Server({
      files,
      packages: (folder) => packageFolder(join(folder, 'deps'), new Map(), 'all'),
      version,
      send: (message) => process.stdout.write(frame(message)),
      exit: end,
      soon: (action) => {
        clearTimeout(timer)
        timer = setTimeout(action, pause)
      },
    })
    const reader = new MessageReader((message) => server.receive(message))
    process.stdin.on('data', (bytes: Uint8Array) => {
      try {
        reader.push(bytes)
      } catch (error) {
        stop()
        reject(error)
      }
    })
    // An editor that is gone says nothing any more, and hears nothing.
    process.stdin.on('end', () => end(exitCode.failure))
    process.stdout.on('error', () => end(exitCode.failure))
  })
}

/** Links are followed. */
function isFolder(entry: Dirent, folder: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  return statSync(`${folder}/${entry.name}`, { throwIfNoEntry: false })?.isDirectory() ?? false
}

const files: Files = {
  read(path) {
    try {
      return readFileSync(path)
    } catch {
      return undefined
    }
  },
  list(folder) {
    try {
      const entries = readdirSync(folder, { withFileTypes: true })
      return entries.map((entry) => ({ name: entry.name, isFolder: isFolder(entry, folder) }))
    } catch {
      return []
    }
  },
}
