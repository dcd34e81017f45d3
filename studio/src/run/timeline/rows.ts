/** The timeline as rows of a tree: what is seen of the calls after filters, searching and folding. */
import type { CallEvent } from '../../contract/run.ts'

export interface CallRow {
  readonly call: CallEvent
  /** 1: a call of the host's. */
  readonly level: number
  readonly hasCallsInside: boolean
  readonly isFolded: boolean
}

export interface RowFilter {
  /** Part of a name, a value or a result, in any case; empty: all. */
  readonly search: string
  /** Calls that go to the host: WASI and other imports. */
  readonly hostCalls: boolean
  /** Calls by id whose inner calls are not shown. */
  readonly folded: ReadonlySet<number>
}

export function isHostCall(call: CallEvent): boolean {
  return call.to === undefined
}

/**
 * The rows in order. A call is inside of the nearest one before it that is less deep. What a search finds is shown with all that it
 * is inside of, and then nothing is folded.
 */
export function rowsOf(
  calls: readonly CallEvent[],
  { search, hostCalls, folded }: RowFilter,
): readonly CallRow[] {
  const shown = hostCalls ? calls : calls.filter((call) => !isHostCall(call))
  const wanted = search.trim().toLowerCase()
  const kept = wanted === '' ? shown : withSurroundings(shown, (call) => textOf(call).includes(wanted))
  const rows: CallRow[] = []
  let hiddenBelow = Number.POSITIVE_INFINITY
  for (const [index, call] of kept.entries()) {
    if (call.depth > hiddenBelow) continue
    hiddenBelow = Number.POSITIVE_INFINITY
    const after = kept[index + 1]
    const hasCallsInside = after !== undefined && after.depth > call.depth
    const isFolded = hasCallsInside && wanted === '' && folded.has(call.id)
    if (isFolded) hiddenBelow = call.depth
    rows.push({ call, level: call.depth + 1, hasCallsInside, isFolded })
  }
  return rows
}

function withSurroundings(
  calls: readonly CallEvent[],
  matches: (call: CallEvent) => boolean,
): readonly CallEvent[] {
  const kept = new Array<boolean>(calls.length).fill(false)
  const around: number[] = []
  for (const [index, call] of calls.entries()) {
    while (around.length > 0 && calls[around.at(-1)!]!.depth >= call.depth) around.pop()
    if (matches(call)) {
      kept[index] = true
      // Those further out were kept together with the innermost that is.
      for (let at = around.length - 1; at >= 0 && !kept[around[at]!]; at--) kept[around[at]!] = true
    }
    around.push(index)
  }
  return calls.filter((_, index) => kept[index])
}

/** What a search looks at. */
function textOf(call: CallEvent): string {
  const { from, to, interface: inner, function: name, parameters, end, passages } = call
  return [
    from ?? 'host',
    to ?? 'host',
    inner ?? '',
    name,
    ...parameters,
    end?.result ?? '',
    end?.outcome ?? '',
    ...passages.flatMap(({ place, pieces }) => [place, ...pieces.map(({ values }) => values ?? '')]),
  ]
    .join('\n')
    .toLowerCase()
}

/**
 * A function as people call it.
 *
 * @example
 * functionName('[method]output-stream.write') // output-stream.write
 * functionName('[constructor]counter') // counter.constructor
 * functionName('[resource-drop]counter') // drop of counter
 */
export function functionName(name: string): string {
  const [, kind, rest] = /^\[([a-z-]+)\](.+)$/s.exec(name) ?? []
  if (kind === undefined || rest === undefined) return name
  if (kind === 'constructor') return `${rest}.constructor`
  return kind === 'resource-drop' ? `drop of ${rest}` : rest
}

/** From the first call's beginning to the last one's end, in milliseconds of the run. */
export interface Span {
  readonly start: number
  readonly length: number
}

export function spanOf(calls: readonly CallEvent[]): Span {
  let start = Number.POSITIVE_INFINITY
  let end = 0
  for (const call of calls) {
    start = Math.min(start, call.start)
    end = Math.max(end, call.start + (call.end?.milliseconds ?? 0))
  }
  return calls.length === 0 ? { start: 0, length: 0 } : { start, length: end - start }
}

/** Where a call's bar is, in percent of the span; one that is under way goes to the span's end. */
export function barOf(
  call: CallEvent,
  { start, length }: Span,
): { readonly left: number; readonly width: number } {
  if (!(length > 0)) return { left: 0, width: 100 }
  const left = ((call.start - start) / length) * 100
  return { left, width: call.end === undefined ? 100 - left : (call.end.milliseconds / length) * 100 }
}
