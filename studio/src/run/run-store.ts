/** The page's runs: one at a time, with what was set up for it, and what came of it. */
import { create } from 'zustand'
import type { ExportedFunction, LiveResource, MemoryFile, Started } from '../contract/run.ts'
import { type CallRecord, withRecord } from './call-records.ts'
import { callName } from './form/call-text.ts'
import { carryDraft, type Draft, type TextFormat } from './form/draft.ts'
import { OutputLog } from './output-log.ts'
import type { RunText } from './run-target.ts'
import { openThread } from './runner-thread.ts'
import { isFailure, Session } from './session.ts'
import { describe, idle, next, type SessionEvent, type SessionState } from './session-state.ts'
import { type LimitTexts, readLimits, usualLimits } from './setup/limit-fields.ts'
import { CallLog } from './timeline/call-log.ts'
import { splitWords } from './words.ts'

export interface Setup {
  /** As it is typed: split into words when the run starts. */
  readonly args: string
  readonly env: readonly (readonly [name: string, value: string])[]
  /** `terminal`: reads ask. */
  readonly stdinFrom: 'terminal' | 'text'
  readonly stdin: string
  readonly files: readonly MemoryFile[]
  /** As they are typed, too. */
  readonly limits: LimitTexts
}

export interface RunStore {
  readonly session: SessionState
  /** The block that is run alone; undefined: the composition. */
  readonly target: string | undefined
  readonly setup: Setup
  /** Of the newest run: what it was made of, to be compared with what it would be made of now. */
  readonly ran: { readonly fingerprint: string; readonly target: string | undefined } | undefined
  readonly output: OutputLog
  readonly log: CallLog
  /** Changes with the log, which is too large to be copied. */
  readonly logVersion: number
  /** In memory, as the guest left them; undefined: not asked yet. */
  readonly files: readonly MemoryFile[] | undefined
  readonly resources: readonly LiveResource[]
  /** Newest first. */
  readonly history: readonly CallRecord[]
  /** By the function's path. */
  readonly drafts: Readonly<Record<string, Draft>>
  /** That of new drafts: the one that was chosen last. */
  readonly callFormat: TextFormat
  /** The path of the function whose form is shown. */
  readonly chosen: string | undefined

  setTarget(block: string | undefined): void
  changeSetup(changes: Partial<Setup>): void
  start(what: RunText, bytesOf: (name: string) => Promise<ArrayBuffer>): Promise<void>
  stop(): void
  call(callable: ExportedFunction, text: string, parameters: readonly string[]): Promise<void>
  drop(resource: LiveResource): Promise<void>
  refreshFiles(): Promise<void>
  type(bytes: Uint8Array | undefined): void
  setDraft(path: string, draft: Draft): void
  setCallFormat(format: TextFormat): void
  choose(path: string): void
  forgetCalls(): void
}

/** Whether reads can wait for a person in this browser: the runner says it for certain when it has started. */
export const canWaitForInput: boolean = 'Suspending' in WebAssembly

export function pathKey(path: readonly string[]): string {
  return path.join('\n')
}

/** The run that is live, if one is. */
let session: Session | undefined
let calls = 0

export const useRun = create<RunStore>()((set, get) => {
  const tell = (event: SessionEvent) => {
    set((state) => ({ session: next(state.session, event) }))
    if (event.kind === 'started') set((state) => ({ drafts: carryDrafts(state.drafts, event.started) }))
    // With the worker, all that lived in it is gone.
    if (event.kind === 'exit' || event.kind === 'stop' || event.kind === 'failure') set({ resources: [] })
  }

  const remember = (record: CallRecord) => set((state) => ({ history: withRecord(state.history, record) }))

  const finish = (id: number, answer: CallRecord['answer']) =>
    set((state) => ({
      history: state.history.map((record) => (record.id === id ? { ...record, answer } : record)),
      ...(typeof answer === 'object' && !isFailure(answer) ? { resources: answer.resources } : {}),
    }))

  return {
    session: idle,
    target: undefined,
    setup: {
      args: '',
      env: [],
      stdinFrom: canWaitForInput ? 'terminal' : 'text',
      stdin: '',
      files: [],
      limits: usualLimits,
    },
    ran: undefined,
    output: new OutputLog(),
    log: new CallLog(),
    logVersion: 0,
    files: undefined,
    resources: [],
    history: [],
    drafts: {},
    callFormat: 'wave',
    chosen: undefined,

    setTarget: (target) => set({ target }),
    changeSetup: (changes) => set((state) => ({ setup: { ...state.setup, ...changes } })),

    async start(what, bytesOf) {
      session?.stop()
      const { setup, target, ran } = get()
      const words = splitWords(setup.args)
      const read = readLimits(setup.limits)
      if ('problem' in words || 'problems' in read) return
      const output = new OutputLog()
      const log = new CallLog()
      const isAnother = ran?.target !== target
      set({
        output,
        log,
        logVersion: 0,
        files: undefined,
        resources: [],
        ran: { fingerprint: what.fingerprint, target },
      })
      if (isAnother) set({ history: [], drafts: {}, chosen: undefined })
      tell({ kind: 'begin', at: performance.now() })
      const run = new Session(
        openThread,
        {
          event: (event) => {
            tell(event)
            if (event.kind === 'exit' || event.kind === 'stop' || event.kind === 'failure')
              output.say(lastLine(get().session))
          },
          output: (stream, bytes) => output.write(stream, bytes),
          calls: (batch, dropped) => {
            log.add(batch, dropped)
            set({ logVersion: log.version })
          },
          files: (files) => set({ files }),
        },
        () => performance.now(),
        read.time,
      )
      session = run
      const packages = Promise.all(what.packages.map(async (name) => ({ name, bytes: await bytesOf(name) })))
      await run.start(
        packages.then((all) => ({
          text: what.text,
          packages: all,
          args: words.words,
          env: setup.env.filter(([name]) => name !== ''),
          stdin: setup.stdinFrom === 'terminal' && canWaitForInput ? undefined : setup.stdin,
          files: setup.files,
          limits: read.limits,
        })),
      )
    },

    stop: () => session?.stop(),

    async call(callable, text, parameters) {
      const id = ++calls
      remember({ id, callable, text, parameters, answer: undefined })
      finish(id, (await session?.call(callable.path, parameters, callName(callable))) ?? 'stopped')
    },

    async drop(resource) {
      const id = ++calls
      remember({ id, callable: undefined, text: `drop #${resource.id}`, parameters: [], answer: undefined })
      finish(id, (await session?.drop(resource)) ?? 'stopped')
    },

    refreshFiles: async () => session?.collectFiles(),
    type: (bytes) => session?.type(bytes),
    setDraft: (path, draft) => set((state) => ({ drafts: { ...state.drafts, [path]: draft } })),
    setCallFormat: (callFormat) => set({ callFormat }),
    choose: (chosen) => set({ chosen }),
    forgetCalls: () => set({ history: [] }),
  }
})

/** What is being written, for the functions of a composition that was made anew: their types may be others. */
function carryDrafts(drafts: RunStore['drafts'], { exports }: Started): RunStore['drafts'] {
  const carried: Record<string, Draft> = {}
  for (const callable of exports.flatMap(({ functions }) => functions)) {
    const key = pathKey(callable.path)
    const draft = drafts[key] && carryDraft(drafts[key], callable)
    if (draft !== undefined) carried[key] = draft
  }
  return carried
}

/** How the run ended, below what it wrote. Errors are shown in full above the terminal. */
function lastLine(session: SessionState): string {
  return `\x1b[0m\r\n\x1b[90m${describe(session)}\x1b[0m\r\n`
}
