/** What a run is: one composition, made once, and whatever is called of it. The worker around it is `worker.ts`. */
import { ComponentError, ExitError, Linker } from 'tenon'
import { analyzeWac, type NodeId, WacError } from 'tenon/compose'
import { type LiveCall, LiveComposition } from 'tenon/live'
import { type MemoryDirectory, wasi } from 'tenon/wasi'
import { toJson } from 'tenon/wave'
import type {
  CallResult,
  Exit,
  MemoryFile,
  RunEvents,
  RunFailure,
  Runner,
  RunSource,
  Started,
} from '../contract/run.ts'
import { isRun } from '../workshop/host-interfaces.ts'
import { blockIds, instanceOf } from './block-ids.ts'
import { CallLog } from './call-log.ts'
import { cutText } from './cut-text.ts'
import { EventSink } from './event-sink.ts'
import { type Callable, type CallableExports, callableExports } from './exported-functions.ts'
import { failureOf } from './failure.ts'
import { hasJsonForm } from './json-form.ts'
import { directoryOf, filesIn } from './memory-files.ts'
import { Output } from './output.ts'
import { Packages } from './packages.ts'
import { parseParameters } from './parse-parameters.ts'
import { Resources } from './resources.ts'
import { TypedInput } from './typed-input.ts'
import { waveText } from './wave-text.ts'

/** Characters of a result. */
const longestResult = 1_000_000
/** Characters of the call that made a resource. */
const longestOrigin = 200

/** Whether a guest can be suspended: without JSPI, reads cannot wait. */
const canWait = 'Suspending' in WebAssembly && 'promising' in WebAssembly

type AnyFunction = (...args: unknown[]) => Promise<unknown>
type Exports = Readonly<Record<string, unknown>>

/** What is there once a run was started. */
interface Running {
  readonly live: LiveComposition
  readonly exports: CallableExports
  /** The export with the command. */
  readonly command: Callable | undefined
  readonly events: EventSink
  readonly output: Output
  readonly log: CallLog
  readonly input: TypedInput | undefined
  readonly directory: MemoryDirectory
  /** Of the block that has an export. */
  blockOf(node: NodeId): string | undefined
}

export class RunSession implements Runner {
  readonly #resources = new Resources()
  #running: Running | undefined

  async start(source: RunSource, events: RunEvents): Promise<Started | RunFailure> {
    try {
      this.#running = await this.#begin(source, new EventSink(events))
    } catch (error) {
      return failureOf(error)
    }
    const { exports, command, input } = this.#running
    return {
      isCommand: command !== undefined,
      exports: exports.interfaces,
      canWaitForInput: input !== undefined,
    }
  }

  async run(): Promise<Exit | RunFailure> {
    const running = this.#running
    if (running?.command === undefined) return failureOf(new Error('the composition is no command'))
    const start = performance.now()
    const exit = (code: number): Exit => ({ code, milliseconds: performance.now() - start })
    try {
      await this.#call(running, running.command, [])
      return exit(0)
    } catch (error) {
      if (error instanceof ExitError) return exit(error.exitCode)
      if (error instanceof ComponentError) return exit(1)
      return failureOf(error)
    } finally {
      await handOver(running)
    }
  }

  async call(path: readonly string[], parameters: readonly string[]): Promise<CallResult | RunFailure> {
    const running = this.#running
    const callable = running?.exports.find(path)
    if (running === undefined || callable === undefined) {
      return failureOf(new Error(`nothing is exported as \`${path.join(' ')}\``))
    }
    try {
      const { values, given } = parseParameters(callable.type, parameters, this.#resources)
      const from = cutText(`${path.at(-1)}(${parameters.join(', ')})`, longestOrigin)
      return await this.#callWith(running, callable, values, given, from)
    } catch (error) {
      return failureOf(error)
    } finally {
      await handOver(running)
    }
  }

  async drop(resource: number): Promise<CallResult | RunFailure> {
    const start = performance.now()
    try {
      this.#resources.drop(resource)
      return this.#result('ok', undefined, undefined, start)
    } catch (error) {
      return failureOf(error)
    } finally {
      if (this.#running) await handOver(this.#running)
    }
  }

  async input(bytes: Uint8Array | undefined): Promise<void> {
    this.#running?.input?.give(bytes)
  }

  async files(): Promise<readonly MemoryFile[]> {
    return this.#running === undefined ? [] : filesIn(this.#running.directory)
  }

  async #begin(source: RunSource, events: EventSink): Promise<Running> {
    const packages = packagesOf(source, events)
    const analysis = analyzeWac({ name: 'composition.wac', text: source.text }, packages)
    if (analysis.problems.length > 0) throw new WacError(analysis.problems)
    const { composition } = analysis
    const exports = callableExports(composition)
    const command = commandOf(exports)
    const ids = blockIds(analysis, packages)
    const blockOf = (node: NodeId | undefined): string | undefined =>
      node === undefined ? undefined : ids.get(node)
    const output = new Output(events, source.limits.output)
    const log = new CallLog(events, source.limits.calls, (handle, type) =>
      this.#resources.nameOf(handle, type),
    )
    const input = source.stdin === undefined && canWait ? new TypedInput(events) : undefined
    const directory = directoryOf(source.files)
    const program = command && composition.nodes[instanceOf(composition, command.node) ?? 0]
    const imports = wasi({
      args: [program?.kind === 'instance' ? programName(program.package) : 'run', ...source.args],
      env: Object.fromEntries(source.env),
      stdin: source.stdin ?? input ?? '',
      stdout: (bytes) => output.write('stdout', bytes),
      stderr: (bytes) => output.write('stderr', bytes),
      preopens: [{ guest: '/', host: directory }],
    })
    events.progress('starting', 0.6)
    const live = await LiveComposition.instantiate(composition, new Linker().define(imports), {
      trapUnknown: true,
      // The page's policy forbids it, and would report an attempt.
      generateCode: false,
      maxMemory: Math.floor(source.limits.memory / Math.max(1, ids.size)),
      observe: (call) => observed(log, call, blockOf),
    })
    events.progress('ready', 1)
    return {
      live,
      exports,
      command,
      events,
      output,
      log,
      input,
      directory,
      blockOf: (node) => blockOf(instanceOf(composition, node)),
    }
  }

  /** Calls an export through the promise view, and tells the log of it. */
  async #call(running: Running, callable: Callable, values: readonly unknown[]): Promise<unknown> {
    const { live, log, blockOf } = running
    const [first, second] = callable.path
    const within = second === undefined ? live.async : (live.async[first!] as Exports)
    const fn = within[second ?? first!] as AnyFunction
    const logged = log.begin({
      from: undefined,
      to: blockOf(callable.node),
      interface: second === undefined ? undefined : first,
      function: second ?? first!,
      type: callable.type,
      arguments: values,
    })
    try {
      const value = await fn(...values)
      logged?.end({ outcome: 'returned', value })
      return value
    } catch (error) {
      if (error instanceof ComponentError) logged?.end({ outcome: 'error', payload: error.payload })
      else logged?.end({ outcome: 'thrown', error })
      throw error
    }
  }

  async #callWith(
    running: Running,
    callable: Callable,
    values: readonly unknown[],
    given: readonly object[],
    from: string,
  ): Promise<CallResult> {
    const start = performance.now()
    const { result } = callable.type
    const [ok, declared] = result?.kind === 'result' ? [result.ok, result.error] : [result, undefined]
    try {
      const value = await this.#call(running, callable, values)
      for (const handle of given) this.#resources.forget(handle)
      return this.#result('ok', ok, value, start, from)
    } catch (error) {
      // A call that was not made because of its arguments took nothing.
      if (!(error instanceof TypeError)) for (const handle of given) this.#resources.forget(handle)
      if (!(error instanceof ComponentError) || result?.kind !== 'result') throw error
      return this.#result('error', declared, error.payload, start, from)
    }
  }

  #result(
    outcome: CallResult['outcome'],
    type: Callable['type']['result'],
    value: unknown,
    start: number,
    from = '',
  ): CallResult {
    const milliseconds = performance.now() - start
    const wave =
      type &&
      waveText(value, type, longestResult, (handle, resource) =>
        this.#resources.keep(handle as object, resource, from),
      )
    const json = type && hasJsonForm(type) ? JSON.stringify(toJson(value, type), undefined, 2) : undefined
    return {
      wave,
      json: json === undefined || json.length <= longestResult ? json : undefined,
      outcome,
      milliseconds,
      resources: this.#resources.list,
    }
  }
}

function packagesOf(source: RunSource, events: EventSink): Packages {
  let read = 0
  return new Packages(source, (name) => {
    events.progress(`reading ${name}`, Math.min(0.5, (0.5 * read++) / source.packages.length))
  })
}

function commandOf({ interfaces, find }: CallableExports): Callable | undefined {
  const name = interfaces.find((one) => isRun(one.name ?? ''))?.name
  return name === undefined ? undefined : find([name, 'run'])
}

/** `docs:calculator@1.0.0` → `calculator` */
function programName(packageName: string): string {
  return packageName.replace(/@.*$/, '').split(':').at(-1)!
}

function observed(
  log: CallLog,
  call: LiveCall,
  blockOf: (node: NodeId | undefined) => string | undefined,
): ReturnType<CallLog['begin']> {
  const isDirect = call.import === call.function || call.function === `[resource-drop]${call.import}`
  return log.begin({
    from: blockOf(call.from),
    to: blockOf(call.to),
    interface: isDirect ? undefined : call.import,
    function: call.function,
    type: call.type,
    arguments: call.arguments,
  })
}

/** The page has all output and calls before it has an answer. */
async function handOver({ output, log, events }: Running): Promise<void> {
  output.flush()
  log.flush()
  await events.settled()
}
