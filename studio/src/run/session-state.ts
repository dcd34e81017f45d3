/** What a run is in the middle of, as pure logic: events in, state out. Times are milliseconds of one clock. */
import type { Exit, RunFailure, Started } from '../contract/run.ts'

export type Phase =
  /** Nothing was started yet. */
  | 'idle'
  /** The composition is being made. */
  | 'loading'
  /** It waits for calls. */
  | 'ready'
  /** A command or a call is under way. */
  | 'running'
  /** So is it, and it waits for standard input. */
  | 'waiting'
  /** A person stopped it. */
  | 'stopped'
  /** It could not be made, a command trapped, or the worker died. */
  | 'failed'
  /** A command is over. */
  | 'ended'

export interface SessionState {
  readonly phase: Phase
  readonly began: number
  /** How long it took, where it is over. */
  readonly took: number | undefined
  /** Of loading: what is being done, and how much of it is done, 0 to 1. */
  readonly step: string
  readonly part: number
  readonly started: Started | undefined
  /** The function that is called; undefined of a command. */
  readonly activity: string | undefined
  readonly exit: Exit | undefined
  readonly failure: RunFailure | undefined
}

export type SessionEvent =
  | { readonly kind: 'begin'; readonly at: number }
  | { readonly kind: 'progress'; readonly step: string; readonly part: number }
  | { readonly kind: 'started'; readonly started: Started }
  | { readonly kind: 'call'; readonly activity?: string }
  | { readonly kind: 'returned' }
  | { readonly kind: 'wants-input' }
  | { readonly kind: 'input' }
  | { readonly kind: 'exit'; readonly exit: Exit; readonly at: number }
  | { readonly kind: 'failure'; readonly failure: RunFailure; readonly at: number }
  | { readonly kind: 'stop'; readonly at: number }

export const idle: SessionState = {
  phase: 'idle',
  began: 0,
  took: undefined,
  step: '',
  part: 0,
  started: undefined,
  activity: undefined,
  exit: undefined,
  failure: undefined,
}

/** Whether there is a worker that may still do something. */
export function isLive({ phase }: SessionState): boolean {
  return phase === 'loading' || phase === 'ready' || isBusy(phase)
}

export function isBusy(phase: Phase): boolean {
  return phase === 'running' || phase === 'waiting'
}

/** What cannot happen in a state changes nothing: answers come late, after a run was stopped. */
export function next(state: SessionState, event: SessionEvent): SessionState {
  if (event.kind === 'begin') return { ...idle, phase: 'loading', began: event.at, step: 'Loading' }
  const { phase } = state
  switch (event.kind) {
    case 'progress':
      return phase === 'loading' ? { ...state, step: event.step, part: bounded(event.part) } : state
    case 'started':
      return phase === 'loading' ? { ...state, phase: 'ready', started: event.started } : state
    case 'call':
      return phase === 'ready' ? { ...state, phase: 'running', activity: event.activity } : state
    case 'returned':
      return isBusy(phase) ? { ...state, phase: 'ready', activity: undefined } : state
    case 'wants-input':
      return phase === 'running' ? { ...state, phase: 'waiting' } : state
    case 'input':
      return phase === 'waiting' ? { ...state, phase: 'running' } : state
    case 'exit':
      return isBusy(phase) ? { ...over(state, 'ended', event.at), exit: event.exit } : state
    case 'failure':
      return isLive(state) ? { ...over(state, 'failed', event.at), failure: event.failure } : state
    case 'stop':
      return isLive(state) ? over(state, 'stopped', event.at) : state
  }
}

function over(state: SessionState, phase: Phase, at: number): SessionState {
  return { ...state, phase, took: Math.max(0, at - state.began), activity: undefined }
}

/** A hostile worker's progress is a number, too. */
function bounded(part: number): number {
  return part >= 0 && part <= 1 ? part : 0
}

/** The state in a few words. */
export function describe(state: SessionState): string {
  const time = state.took === undefined ? '' : ` after ${duration(state.took)}`
  switch (state.phase) {
    case 'idle':
      return 'Not started'
    case 'loading':
      return state.step === '' ? 'Loading' : state.step
    case 'ready':
      return 'Ready for calls'
    case 'running':
      return state.activity === undefined ? 'Running' : `Running ${state.activity}`
    case 'waiting':
      return 'Waiting for input'
    case 'stopped':
      return `Stopped${time}`
    case 'failed':
      return `Failed${time}`
    case 'ended':
      return `Ended with exit code ${state.exit?.code ?? 0}${time}`
  }
}

/** The state in words, with the reason why a run failed. */
export function statusOf(state: SessionState): string {
  const reason = state.failure?.failed.split('\n')[0]
  return reason === undefined ? describe(state) : `${describe(state)}: ${reason}`
}

/**
 * @example
 * duration(0.0123) // 12 µs
 * duration(3210) // 3.2 s
 */
export function duration(milliseconds: number): string {
  // Browsers' clocks have no finer steps unless a page gives up much else.
  if (milliseconds < 0.000_5) return '<0.1 ms'
  if (milliseconds < 0.099_5) return `${(milliseconds * 1_000).toFixed(milliseconds < 0.01 ? 1 : 0)} µs`
  if (milliseconds < 100) return `${milliseconds.toFixed(milliseconds < 10 ? 2 : 1)} ms`
  if (milliseconds < 1_000) return `${milliseconds.toFixed(0)} ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`
  return `${Math.floor(milliseconds / 60_000)} min ${Math.floor((milliseconds % 60_000) / 1_000)} s`
}
