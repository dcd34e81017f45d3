/** What the thread of the tool and the thread of the guest say to each other. */
import type { Growth, Replay, SearchRequest, SearchResult } from '../../fuzz/campaign.ts'
import type { Step, TracedStep } from '../../fuzz/step.ts'
import type { OptionValues } from '../parse-options.ts'
import type { hostOptions } from '../host-options.ts'

/** What the guest's thread needs to begin with. */
export interface Setup {
  readonly bytes: Uint8Array
  /** For messages and for the guest. */
  readonly baseName: string
  readonly options: OptionValues<typeof hostOptions>
  /** Whether imports that nothing satisfies trap when they are called. */
  readonly stub: boolean
  /** Full names of the functions to fuzz; empty for all. */
  readonly wanted: readonly string[]
  /** Of `ProgressWord`s, and one word for each target: how often it returned. */
  readonly progress: Int32Array<SharedArrayBuffer>
}

/** What both threads see at all times. */
export const ProgressWord = {
  /** See `Stop`. */
  stop: 0,
  /** See `Phase`. */
  phase: 1,
  /** The session and the step in it that runs, or ran last. */
  session: 2,
  step: 3,
  /** Calls made, since the beginning. */
  calls: 4,
  /** Counts up with each call, replayed ones too, so that one can be seen to last. */
  beat: 5,
  /** The first target's word. */
  returned: 8,
} as const

/** What the tool asks to end. */
export const Stop = { no: 0, search: 1, all: 2 } as const

export const Phase = {
  idle: 0,
  /** An instance is being made. */
  instantiating: 1,
  calling: 2,
} as const

export type Request =
  | ({ readonly kind: 'search' } & SearchRequest)
  | { readonly kind: 'replay'; readonly steps: readonly Step[] }
  | { readonly kind: 'measure'; readonly steps: readonly Step[]; readonly hurried: boolean }

export type Reply = SearchReply | ReplayReply | MeasureReply | ErrorReply

export interface SearchReply {
  readonly kind: 'search'
  readonly result: SearchResult
}

export interface ReplayReply {
  readonly kind: 'replay'
  readonly result: Replay
}

/** While steps are replayed, each of them: those that a thread dies of are known so. */
export interface StepNotice {
  readonly kind: 'started' | 'done'
  readonly step: TracedStep
}

export interface MeasureReply {
  readonly kind: 'measure'
  readonly result: Growth | undefined
}

/** The component cannot be instantiated, or something that should not happen did. */
export interface ErrorReply {
  readonly kind: 'error'
  readonly message: string
}
