/** What can be undone: whole states, each a step. They share what did not change, so a step costs what it changed. */

export interface History<State> {
  readonly past: readonly State[]
  readonly present: State
  readonly future: readonly State[]
  /** The newest step may still grow by others of this kind, until a pause. */
  readonly growing: { readonly kind: string; readonly until: number } | undefined
}

/** More steps than these are forgotten, the oldest first. */
export const stepLimit = 200

/** Milliseconds without a key after which typing becomes a new step. */
export const typingPause = 800

export function historyOf<State>(present: State): History<State> {
  return { past: [], present, future: [], growing: undefined }
}

/** A step of its own, and the end of the one before. */
export function step<State>(history: History<State>, next: State): History<State> {
  return {
    past: [...history.past.slice(-(stepLimit - 1)), history.present],
    present: next,
    future: [],
    growing: undefined,
  }
}

/**
 * A step that those of the same kind which follow within a pause belong to: typing.
 *
 * @param now milliseconds of any clock that goes on
 */
export function growingStep<State>(
  history: History<State>,
  next: State,
  kind: string,
  now: number,
): History<State> {
  const { growing } = history
  const grows = growing?.kind === kind && now < growing.until
  const stepped = grows ? { ...history, present: next } : step(history, next)
  return { ...stepped, growing: { kind, until: now + typingPause } }
}

/** Changes the newest state and makes no step: what follows from it by itself, such as the place of a new block. */
export function amend<State>(history: History<State>, present: State): History<State> {
  return { ...history, present }
}

export function undone<State>(history: History<State>): History<State> | undefined {
  const present = history.past.at(-1)
  if (present === undefined) return undefined
  return {
    past: history.past.slice(0, -1),
    present,
    future: [history.present, ...history.future],
    growing: undefined,
  }
}

export function redone<State>(history: History<State>): History<State> | undefined {
  const [present, ...future] = history.future
  if (present === undefined) return undefined
  return { past: [...history.past, history.present], present, future, growing: undefined }
}
