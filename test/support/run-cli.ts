import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export interface CliResult {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  readonly input?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

// Hundreds of source files per process: keeping their compiled code halves the time of the tests.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache')

const entry = fileURLToPath(new URL('cli-entry.ts', import.meta.url))

/** The arguments for `process.execPath` that run the command line tool from its sources. */
export function cliArguments(args: readonly string[]): string[] {
  return ['--conditions=tenon-source', entry, ...args]
}

/**
 * Runs the command line tool as a process.
 *
 * @example
 * const { code, stdout } = await runCli(['call', 'adder.wasm', 'add(1, 2)'])
 */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const env = { ...process.env, NO_COLOR: '1', ...options.env }
  delete (env as Record<string, unknown>).FORCE_COLOR
  if (options.env?.FORCE_COLOR) Object.assign(env, { FORCE_COLOR: options.env.FORCE_COLOR })
  const child = spawn(process.execPath, cliArguments(args), { env, cwd: options.cwd })
  child.stdin.on('error', () => {}) // a command that does not read its input
  child.stdin.end(options.input ?? '')
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on('close', (code, signal) => resolve([code, signal]))
  })
  const [stdout, stderr, [code, signal]] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, signal, stdout, stderr }
}
