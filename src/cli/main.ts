import type { Command } from './command.ts'
import { exitCode } from './exit-code.ts'
import { UsageError } from '../errors.ts'
import { stackFrames } from './stack-frames.ts'
import { stderr, stdout, write } from './write.ts'

/** Each is a module of its own, loaded only when it is asked for. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: () => import('./commands/run.ts'),
  call: () => import('./commands/call.ts'),
  fuzz: () => import('./commands/fuzz.ts'),
  compile: () => import('./commands/compile.ts'),
  transpile: () => import('./commands/transpile.ts'),
  validate: () => import('./commands/validate.ts'),
  inspect: () => import('./commands/inspect.ts'),
  compose: () => import('./commands/compose.ts'),
  plug: () => import('./commands/plug.ts'),
  virt: () => import('./commands/virt.ts'),
  wac: () => import('./commands/wac.ts'),
  studio: () => import('./commands/studio.ts'),
  wit: () => import('./commands/wit.ts'),
  lsp: () => import('./commands/lsp.ts'),
  targets: () => import('./commands/targets.ts'),
  'semver-check': () => import('./commands/semver-check.ts'),
  types: () => import('./commands/types.ts'),
  parse: () => import('./commands/parse.ts'),
  print: () => import('./commands/print.ts'),
  wast: () => import('./commands/wast.ts'),
}

Error.stackTraceLimit = stackFrames

/** `args` is the command line after `tenon`. Sets the exit code; returns when the command has done its work. */
export async function main(args: readonly string[]): Promise<void> {
  const [name, ...rest] = args
  try {
    process.exitCode = await dispatch(name, rest)
  } catch (error) {
    const { reportError } = await import('./report-error.ts')
    process.exitCode = reportError(error, undefined)
  }
}

async function dispatch(name: string | undefined, args: readonly string[]): Promise<number> {
  if (name === undefined) {
    const { help } = await import('./help.ts')
    write(stderr, await help(commands))
    return exitCode.usage
  }
  if (name === '--version' || name === '-v' || name === '-V') return print(`tenon ${await version()}\n`)
  if (name === '--help' || name === '-h' || name === 'help') {
    const [topic, ...inner] = args
    if (name === 'help' && topic !== undefined && topic !== 'help' && !topic.startsWith('-'))
      return print((await innermost(await load(topic), inner)).command.help)
    const { help } = await import('./help.ts')
    return print(await help(commands))
  }
  const { command, rest } = await innermost(await load(name), args)
  await refuseMistyped(command, name, rest)
  return asksForHelp(name, rest) ? print(command.help) : command.run(rest)
}

/** `wit fmt`: the command that the first words name together. */
async function innermost(
  command: Command,
  args: readonly string[],
): Promise<{ command: Command; rest: readonly string[] }> {
  const [name, ...rest] = args
  const inner = name !== undefined && Object.hasOwn(command.commands ?? {}, name) && command.commands?.[name]
  return inner ? innermost(await inner(), rest) : { command, rest: args }
}

/** `wit fnt`: where there is no file of that name, `wit fmt` is what is meant. */
async function refuseMistyped({ commands }: Command, name: string, [word]: readonly string[]): Promise<void> {
  if (commands === undefined || word === undefined || !/^[a-z]+$/.test(word)) return
  const [{ nearest }, { existsSync }] = await Promise.all([
    import('../diagnostics/nearest.ts'),
    import('node:fs'),
  ])
  const [candidate] = nearest(word, Object.keys(commands))
  if (candidate === undefined || existsSync(word)) return
  throw new UsageError(`unknown command ${name} ${word}`, [`did you mean \`tenon ${name} ${candidate}\`?`])
}

async function load(name: string): Promise<Command> {
  if (Object.hasOwn(commands, name)) return commands[name]!()
  const { nearest } = await import('../diagnostics/nearest.ts')
  const candidates = nearest(name, Object.keys(commands))
  if (candidates.length > 0)
    throw new UsageError(`unknown command ${name}`, [`did you mean \`tenon ${candidates[0]}\`?`])
  const looksLikeFile = /\.(wasm|wat|tenon)$|[/\\]/.test(name)
  throw new UsageError(
    `unknown command ${name}`,
    looksLikeFile ? [`to run a component: \`tenon run ${name}\``] : [],
  )
}

/** Of `tenon run` only first of all: later it may be for the guest. */
function asksForHelp(command: string, args: readonly string[]): boolean {
  const own = command === 'run' ? args.slice(0, 1) : args
  return own.includes('--help') || own.includes('-h')
}

function print(text: string): number {
  write(stdout, text)
  return exitCode.success
}

async function version(): Promise<string> {
  const { readFileSync } = await import('node:fs')
  // From src/cli and from dist/cli alike.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
