/** Calls as the page shows them: printed, numbered, in batches, and no more than somebody looks at. */
import { type CallOutcome, ExitError, type FunctionType, type ValueType, type WatchPassage } from 'tenon'
import type { CallEvent, RunEvents } from '../contract/run.ts'
import { cutText } from './cut-text.ts'
import { Pace } from './pace.ts'
import { PassageLog, PieceRoom } from './passage-log.ts'
import { type NameOfHandle, waveText } from './wave-text.ts'

/** Characters of one value, and of all that a call passes. */
const longestValue = 400
const longestParameters = 4_000
/** Characters of a name, which components choose. */
const longestName = 500
/** Streams and futures of one call. */
const mostPassages = 20
/** Milliseconds between two batches, where there are many calls. */
const batchTime = 200
/** Events of one batch. */
const batchSize = 1_000

export type CallBegin = Pick<CallEvent, 'from' | 'to' | 'interface' | 'function'> & {
  /** Undefined of drops. */
  readonly type: FunctionType | undefined
  readonly arguments: readonly unknown[]
}

/** A call that is told of. */
export interface LoggedCall {
  end(outcome: CallOutcome): void
  readonly passage: WatchPassage
}

interface OpenCall {
  readonly to: string | undefined
  readonly depth: number
}

export class CallLog {
  readonly #events: Pick<RunEvents, 'calls'>
  readonly #limit: number
  readonly #nameOf: NameOfHandle
  readonly #began = performance.now()
  /** By id: those of a call that ends before its batch goes over are one. */
  readonly #batch = new Map<number, () => CallEvent>()
  /** Calls that are under way, innermost last. */
  readonly #open: OpenCall[] = []
  readonly #pieces: PieceRoom
  #last = 0
  #dropped = 0
  #isDroppedNews = false
  readonly #pace = new Pace(40, 1000 / batchTime)
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param limit calls that are told of, and pieces of what their streams pass */
  constructor(events: Pick<RunEvents, 'calls'>, limit: number, nameOf: NameOfHandle) {
    this.#events = events
    this.#limit = limit
    this.#pieces = new PieceRoom(limit)
    this.#nameOf = nameOf
  }

  /** @returns undefined where the call is only counted */
  begin(call: CallBegin): LoggedCall | undefined {
    if (this.#last >= this.#limit) {
      this.#dropped++
      this.#isDroppedNews = true
      this.#changed()
      return undefined
    }
    const start = performance.now()
    const depth = this.#depthOf(call)
    const passages: PassageLog[] = []
    let morePassages = 0
    let end: CallEvent['end']
    const begun = {
      id: ++this.#last,
      from: call.from,
      to: call.to,
      interface: call.interface && cutText(call.interface, longestName),
      function: cutText(call.function, longestName),
      parameters: this.#parameters(call),
      start: start - this.#began,
      depth,
    }
    const changed = () =>
      this.#add(begun.id, () => ({
        ...begun,
        end,
        passages: passages.map(({ event }) => event),
        morePassages,
      }))
    const open: OpenCall = { to: call.to, depth }
    this.#open.push(open)
    changed()
    const now = () => performance.now() - this.#began
    return {
      end: (outcome) => {
        this.#open.splice(this.#open.lastIndexOf(open), 1)
        end = { ...this.#ending(outcome, call.type), milliseconds: performance.now() - start }
        changed()
      },
      passage: (passage) => {
        const isTold = passages.length < mostPassages
        const log = isTold
          ? new PassageLog(passage, this.#pieces, { nameOf: this.#nameOf, now, changed })
          : undefined
        if (log) passages.push(log)
        else morePassages++
        changed()
        return log
      },
    }
  }

  /** Hands over what was collected. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#batch.size === 0 && !this.#isDroppedNews) return
    const batch = Array.from(this.#batch.values(), (event) => event())
    this.#batch.clear()
    this.#isDroppedNews = false
    this.#events.calls(batch, this.#dropped)
  }

  /** It is inside of the newest call that its caller answers. */
  #depthOf({ from }: CallBegin): number {
    const outer = from === undefined ? undefined : this.#open.findLast(({ to }) => to === from)
    return outer === undefined ? 0 : outer.depth + 1
  }

  #add(id: number, event: () => CallEvent): void {
    this.#batch.set(id, event)
    this.#changed()
  }

  #changed(): void {
    if (this.#batch.size >= batchSize || this.#pace.take()) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), batchTime)
  }

  #parameters({ function: name, type, arguments: values }: CallBegin): readonly string[] {
    if (type === undefined) {
      const resource = { kind: 'resource' as const, name: name.replace(/^.*\]/, '') }
      return values.map((handle) => cutText(this.#nameOf(handle, resource), longestValue))
    }
    const texts: string[] = []
    let left = longestParameters
    for (const [i, parameter] of type.parameters.entries()) {
      if (left <= 0) return [...texts, '… (cut)']
      const text = this.#print(values[i], parameter.type)
      texts.push(text)
      left -= text.length
    }
    return texts
  }

  #ending(outcome: CallOutcome, type: FunctionType | undefined) {
    const result = type?.result
    const [ok, error] = result?.kind === 'result' ? [result.ok, result.error] : [result, undefined]
    switch (outcome.outcome) {
      case 'returned':
        return { outcome: 'ok' as const, result: ok && this.#print(outcome.value, ok) }
      case 'error':
        return { outcome: 'error' as const, result: error && this.#print(outcome.payload, error) }
      case 'trap':
      case 'thrown': {
        const { error } = outcome
        // The guest asked for its end.
        if (error instanceof ExitError)
          return { outcome: 'ok' as const, result: `ends with code ${error.exitCode}` }
        return { outcome: 'trap' as const, result: cutText(messageOf(error), longestValue) }
      }
    }
  }

  /** What hosts return may be anything that becomes a value of the type. */
  #print(value: unknown, type: ValueType): string {
    try {
      return waveText(value, type, longestValue, this.#nameOf)
    } catch {
      return 'a value that cannot be printed'
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'an error'
}
