/**
 * The worker that runs components: one for each run, ended by the page whenever it likes (`terminate`), so that no guest can hold it. What
 * goes over is plain data; values of guests are text and numbers, never markup. The page talks to it by Comlink.
 */

export interface Runner {
  /** Makes the composition and waits for calls. */
  start(source: RunSource, events: RunEvents): Promise<Started | RunFailure>
  /** Runs a command, `wasi:cli/run`; answers when it is over, and all of its output and calls were handed over. */
  run(): Promise<Exit | RunFailure>
  /**
   * Calls an export.
   *
   * @param path of an export of {@link Started}: an interface and a function, or a function alone
   * @param parameters WAVE texts, one each; a resource of the side panel is written `#3`
   */
  call(path: readonly string[], parameters: readonly string[]): Promise<CallResult | RunFailure>
  drop(resource: number): Promise<CallResult | RunFailure>
  /** Answers a read of standard input; undefined ends it. Only where {@link Started.canWaitForInput}. */
  input(bytes: Uint8Array | undefined): Promise<void>
  /** The files in memory, as they are now. */
  files(): Promise<readonly MemoryFile[]>
}

export interface RunSource {
  readonly text: string
  /** Of each package that the text names. */
  readonly packages: readonly { readonly name: string; readonly bytes: ArrayBuffer }[]
  /** Without the program's name, which comes before them. */
  readonly args: readonly string[]
  readonly env: readonly (readonly [name: string, value: string])[]
  /** Given beforehand; undefined where reads shall ask. */
  readonly stdin: string | undefined
  readonly files: readonly MemoryFile[]
  readonly limits: RunLimits
}

export interface MemoryFile {
  /** `notes/today.txt`, from the guest's `/`. */
  readonly path: string
  readonly bytes: Uint8Array
}

export interface RunLimits {
  /** Of all linear memories, in bytes; each instance has the same share. */
  readonly memory: number
  /** Of standard output and error together, in bytes; what is more is dropped, and said. */
  readonly output: number
  /** Calls that are told of, and pieces of what went through streams; the rest is counted only. */
  readonly calls: number
}

/** Called by the worker, in order. */
export interface RunEvents {
  progress(step: string, part: number): void
  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void
  /** A read of standard input waits for {@link Runner.input}. */
  wantsInput(): void
  /** In batches, a few a second at most. */
  calls(calls: readonly CallEvent[], dropped: number): void
}

export interface Started {
  readonly isCommand: boolean
  readonly exports: readonly ExportedInterface[]
  /** Reads of standard input can wait (JSPI); otherwise it is what was given beforehand. */
  readonly canWaitForInput: boolean
}

export interface ExportedInterface {
  /** `undefined`: functions that the world exports directly. */
  readonly name: string | undefined
  readonly functions: readonly ExportedFunction[]
}

export interface ExportedFunction {
  readonly path: readonly string[]
  /** `add`, `constructor`, `get`. */
  readonly label: string
  /** Of a resource: its name; its functions stand together, and methods take the resource first. */
  readonly resource: string | undefined
  readonly kind: 'function' | 'constructor' | 'method' | 'static'
  readonly isAsync: boolean
  readonly parameters: readonly { readonly name: string; readonly type: FormType }[]
  readonly result: FormType | undefined
  /** WIT in one line. */
  readonly type: string
}

/** A type as a form needs it. */
export type FormType =
  | { readonly kind: 'bool' | 'char' | 'string' | 'error-context' }
  | { readonly kind: 'integer'; readonly bits: 8 | 16 | 32 | 64; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | {
      readonly kind: 'record'
      readonly name?: string
      readonly fields: readonly { readonly name: string; readonly type: FormType }[]
    }
  | { readonly kind: 'tuple'; readonly types: readonly FormType[] }
  | {
      readonly kind: 'variant'
      readonly name?: string
      readonly cases: readonly { readonly name: string; readonly type: FormType | undefined }[]
    }
  | { readonly kind: 'enum' | 'flags'; readonly name?: string; readonly names: readonly string[] }
  | { readonly kind: 'option'; readonly type: FormType }
  | { readonly kind: 'result'; readonly ok: FormType | undefined; readonly error: FormType | undefined }
  | { readonly kind: 'list'; readonly type: FormType; readonly length: number | undefined }
  | { readonly kind: 'map'; readonly key: FormType; readonly value: FormType }
  | { readonly kind: 'own' | 'borrow'; readonly resource: string }
  /** Streams and futures: no form for them, and so none for what takes them. */
  | { readonly kind: 'unsupported'; readonly type: string }

export interface CallResult {
  /** WAVE; undefined where nothing is returned. Resources are `#3`. */
  readonly wave: string | undefined
  /** The same as JSON, indented; undefined where JSON has no such value. */
  readonly json: string | undefined
  /** `error`: the declared error of a `result`. */
  readonly outcome: 'ok' | 'error'
  readonly milliseconds: number
  /** All that live now. */
  readonly resources: readonly LiveResource[]
}

export interface LiveResource {
  readonly id: number
  readonly resource: string
  /** The call that made it. */
  readonly from: string
}

export interface Exit {
  readonly code: number
  readonly milliseconds: number
}

/** A trap, a limit, an import that nobody gives, a value that is none of its type. */
export interface RunFailure {
  readonly failed: string
  readonly code: string | undefined
  readonly cure: string | undefined
  /** Plain text, a line a frame. */
  readonly backtrace: string | undefined
}

/** A call that crossed a wire, or went to the host. */
export interface CallEvent {
  readonly id: number
  /** Blocks by their ids; undefined: the host. */
  readonly from: string | undefined
  readonly to: string | undefined
  /** `docs:adder/add`, undefined where a function is imported directly. */
  readonly interface: string | undefined
  readonly function: string
  /** WAVE, cut where it is long. */
  readonly parameters: readonly string[]
  /** Undefined while it is under way. */
  readonly end:
    | {
        readonly outcome: 'ok' | 'error' | 'trap'
        readonly result: string | undefined
        readonly milliseconds: number
      }
    | undefined
  /** Milliseconds since the run began. */
  readonly start: number
  /** How many calls it is inside of. */
  readonly depth: number
  /** The first of the streams and futures that it passes. */
  readonly passages: readonly PassageEvent[]
  /** Those that are not told of. */
  readonly morePassages: number
}

/** A stream or future that a call passes, and what went through it, also after the call has ended. */
export interface PassageEvent {
  readonly kind: 'stream' | 'future'
  /** A parameter's name or `result`, and the path from there: `x`, `result.body`. */
  readonly place: string
  /** Elements that went through. */
  readonly count: number
  /** The first of them: what is more is counted only. */
  readonly pieces: readonly Piece[]
  /** Undefined while more may come. `cancelled`: the reader wanted no more. */
  readonly end: { readonly how: 'ended' | 'cancelled' | 'failed'; readonly time: number } | undefined
}

/** Elements that went through at once. */
export interface Piece {
  /** Milliseconds since the run began. */
  readonly time: number
  readonly count: number
  /** WAVE, of several elements that of a list, cut where it is long; undefined where elements have no type. */
  readonly values: string | undefined
}
