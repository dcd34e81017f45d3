import { type CallableFunction, callableFunctions, fullName } from '../../component/callable-function.ts'
import { UsageError } from '../../errors.ts'
import { Campaign, type Finding } from '../../fuzz/campaign.ts'
import { commandLine, reproduce } from '../../fuzz/reproduce.ts'
import { findTargets, type Targets } from '../../fuzz/target.ts'
import type { Component } from '../../index.ts'
import { parseCall } from '../../wave/parse-call.ts'
import { exitCode } from '../exit-code.ts'
import { findFunction } from '../find-function.ts'
import { ProgressLine } from '../fuzz/progress-line.ts'
import { ProgressWord, type Setup, Stop } from '../fuzz/protocol.ts'
import {
  count,
  describeFinding,
  describeSummary,
  type Reproducible,
  type Summary,
  toJson,
} from '../fuzz/report.ts'
import { GuestError, SupervisedGuest } from '../fuzz/supervised-guest.ts'
import { cacheDirectory, hostHelp, hostOptions } from '../host-options.ts'
import { loadComponent } from '../link.ts'
import { type OptionValues, parseOptions } from '../parse-options.ts'
import { readComponentFile } from '../read-component.ts'
import { reporting } from '../reporting.ts'
import { show } from '../show.ts'
import { paintFor } from '../terminal.ts'
import { stderr, stdout, write } from '../write.ts'

export const summary = 'Look for inputs that make a component trap, hang or leak'

export const help = `Usage: tenon fuzz [OPTIONS] FILE [FUNCTION…]

Calls the functions that a component exports, or those that are named, with
random arguments of their types, again and again and in any order: resources are
made, used, passed on and dropped. Reports what no caller should ever see:
traps, exits, calls that do not return, and memory that keeps growing. An err
that a function's type declares is none of these. What is found is made as small
as possible and printed with the \`tenon call\` line that shows it again.

The guest gets no input, and its output is kept back. Exits with 1 if something
was found.

Options:
  --runs N                  make N calls (default: 10000, or any number if there
                            is a --time)
  --time SECONDS            make calls for so long; to shrink what is found and
                            to look for leaks takes a little longer
  --timeout SECONDS         a call that takes longer hangs (default: 2)
  --seed N                  draw the same calls as a run that said it had this
                            seed
  --json                    print one JSON object, when all is done
  --stub                    imports that nothing satisfies trap when they are
                            called; such calls are no findings
${hostHelp}`

const fuzzOptions = {
  ...hostOptions,
  runs: { type: 'string' },
  time: { type: 'string' },
  timeout: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean' },
  stub: { type: 'boolean' },
} as const

type Options = OptionValues<typeof fuzzOptions>

/** What the guest's thread runs: it lies beside this file's folder, built or not. */
const entry = new URL(
  `../fuzz/guest-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.cjs'}`,
  import.meta.url,
)

export const run = reporting('fuzz', async (args) => {
  const { options, positionals } = parseOptions(args, fuzzOptions)
  const [path, ...names] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file')
  const limits = limitsOf(options)
  const file = await readComponentFile(path)
  const component = await loadComponent(file, cacheDirectory(options))
  const wanted = names.map((name) => fullName(findFunction(component.type, parseCall(name))))
  const targets = targetsOf(component, wanted)
  const progress = new Int32Array(new SharedArrayBuffer(4 * (ProgressWord.returned + targets.targets.length)))
  const setup: Setup = {
    bytes: file.bytes,
    baseName: file.baseName,
    options: hostOptionsOf(options),
    stub: options.stub ?? false,
    wanted,
    progress,
  }
  const guest = new SupervisedGuest(entry, setup, targets, limits.timeout * 1000)
  const describe = (finding: Finding) =>
    reproducible(finding, path, options, targets, callableFunctions(component.type))
  try {
    return await fuzz(guest, targets, progress, { ...limits, path, asJson: options.json ?? false, describe })
  } catch (error) {
    if (!(error instanceof GuestError)) throw error
    show(stderr, `${error.text}\n`)
    return exitCode.failure
  } finally {
    await guest.end()
  }
})

interface Limits {
  readonly seed: number
  readonly runs: number
  /** Seconds. */
  readonly time: number
  readonly timeout: number
}

interface Task extends Limits {
  readonly path: string
  readonly asJson: boolean
  readonly describe: (finding: Finding) => Reproducible
}

async function fuzz(
  guest: SupervisedGuest,
  targets: Targets,
  progress: Int32Array,
  { path, seed, runs, time, asJson, describe }: Task,
): Promise<number> {
  const paint = paintFor(stdout)
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  const found: Reproducible[] = []
  const functions = () =>
    targets.targets.flatMap(({ name, wanted }, index) =>
      wanted ? [{ name, returned: progress[ProgressWord.returned + index]! }] : [],
    )
  using interrupt = new Interrupt(progress, time)
  using line = new ProgressLine(() => {
    const calls = progress[ProgressWord.calls]!
    const returned = functions().filter((one) => one.returned > 0)
    const rate = Math.round(calls / seconds())
    return `${count(calls, 'call')} · ${rate}/s · ${returned.length} of ${count(functions().length, 'function')} · ${count(found.length, 'finding')}`
  }, paintFor(stderr))
  const campaign = new Campaign(guest, targets, {
    seed,
    runs,
    ended: () => interrupt.ended,
    aborted: () => interrupt.aborted,
    onFinding: (finding) => {
      found.push(describe(finding))
      if (!asJson) line.print(stdout, `${describeFinding(found.at(-1)!, paint)}\n`)
    },
  })
  await campaign.run()
  const summary: Summary = {
    file: path,
    seed,
    calls: campaign.calls,
    seconds: seconds(),
    functions: functions(),
    skipped: targets.skipped,
    interrupted: interrupt.aborted,
  }
  if (asJson) write(stdout, `${JSON.stringify(toJson(summary, found))}\n`)
  else line.print(stdout, describeSummary(summary, found.length, paint))
  if (found.length > 0) return exitCode.failure
  return interrupt.aborted ? exitCode.interrupted : exitCode.success
}

/** Ends the search when its time is up, or on SIGINT, which also ends the shrinking; a second one ends the process. */
class Interrupt implements Disposable {
  ended = false
  aborted = false
  readonly #progress: Int32Array
  readonly #timer: NodeJS.Timeout | undefined
  readonly #abort = (): void => {
    this.aborted = true
    this.#end(Stop.all)
  }

  constructor(progress: Int32Array, seconds: number) {
    this.#progress = progress
    process.once('SIGINT', this.#abort)
    if (Number.isFinite(seconds)) this.#timer = setTimeout(() => this.#end(Stop.search), seconds * 1000)
  }

  #end(what: number): void {
    this.ended = true
    Atomics.store(this.#progress, ProgressWord.stop, what)
  }

  [Symbol.dispose](): void {
    process.off('SIGINT', this.#abort)
    clearTimeout(this.#timer)
  }
}

function targetsOf(component: Component, wanted: readonly string[]): Targets {
  const set = new Set(wanted)
  const targets = findTargets(component.type, (callable) => set.size === 0 || set.has(fullName(callable)))
  if (targets.targets.some((target) => target.wanted)) return targets
  const reasons = targets.skipped.map(({ name, reason }) => `  ${name} ${reason}`)
  throw new UsageError('the component exports no function that could be called', reasons)
}

function limitsOf({ runs, time, timeout, seed }: Options): Limits {
  return {
    seed: seed === undefined ? Math.floor(Math.random() * 2 ** 32) : integer('--seed', seed, 2 ** 32 - 1),
    runs:
      runs === undefined ? (time === undefined ? 10_000 : Number.POSITIVE_INFINITY) : integer('--runs', runs),
    time: time === undefined ? Number.POSITIVE_INFINITY : seconds('--time', time),
    timeout: timeout === undefined ? 2 : seconds('--timeout', timeout),
  }
}

function integer(option: string, text: string, most: number = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text)
  if (/^[0-9]+$/.test(text) && value <= most) return value
  throw new UsageError(`${option} ${text}: expected a whole number, at most ${most}`)
}

function seconds(option: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value > 0 && value < 2 ** 31 / 1000) return value
  throw new UsageError(`${option} ${text}: expected a number of seconds, more than 0`)
}

/** Plain data: it goes to the guest's thread. */
function hostOptionsOf(options: Options): Setup['options'] {
  return Object.fromEntries(
    Object.keys(hostOptions).map((name) => [name, options[name as keyof typeof hostOptions]]),
  ) as Setup['options']
}

function reproducible(
  finding: Finding,
  path: string,
  options: Options,
  targets: Targets,
  all: readonly CallableFunction[],
): Reproducible {
  const calls = reproduce(finding.trace, targets, all)
  const granted = Object.keys(hostOptions).flatMap((name) => {
    const value = options[name as keyof typeof hostOptions]
    if (value === undefined || value === false) return []
    return [value].flat().flatMap((one) => (one === true ? [`--${name}`] : [`--${name}`, one]))
  })
  const own = [
    ...(options.stub ? ['--stub'] : []),
    ...(finding.growth ? ['--repeat', String(finding.growth.rounds)] : []),
  ]
  const command = commandLine(['tenon', 'call', ...granted, ...own, path, ...calls])
  return { finding, calls, command }
}
