import type { Passage, PassageWatch } from 'tenon'
import type { PassageEvent, Piece } from '../contract/run.ts'
import { cutText } from './cut-text.ts'
import { type NameOfHandle, waveText } from './wave-text.ts'

/** Of one stream: what is more is counted only. */
const mostPieces = 100
/** Characters of one piece, and of a place, which has names that components choose. */
const longestPiece = 400
const longestPlace = 200

/** How many pieces may still be kept in the whole run. */
export class PieceRoom {
  #left: number

  constructor(most: number) {
    this.#left = most
  }

  take(): boolean {
    return this.#left-- > 0
  }
}

/** What goes through a stream or future, as the page shows it. */
export class PassageLog implements PassageWatch {
  readonly #passage: Passage
  readonly #room: PieceRoom
  readonly #nameOf: NameOfHandle
  /** In milliseconds of the run. */
  readonly #now: () => number
  readonly #changed: () => void
  readonly #pieces: Piece[] = []
  #count = 0
  #end: PassageEvent['end']

  constructor(
    passage: Passage,
    room: PieceRoom,
    { nameOf, now, changed }: { nameOf: NameOfHandle; now(): number; changed(): void },
  ) {
    this.#passage = passage
    this.#room = room
    this.#nameOf = nameOf
    this.#now = now
    this.#changed = changed
  }

  get event(): PassageEvent {
    const { kind, place } = this.#passage
    const pieces = [...this.#pieces]
    return { kind, place: cutText(place, longestPlace), count: this.#count, pieces, end: this.#end }
  }

  elements(values: ArrayLike<unknown>): void {
    this.#count += values.length
    if (this.#pieces.length < mostPieces && this.#room.take())
      this.#pieces.push({ time: this.#now(), count: values.length, values: this.#print(values) })
    this.#changed()
  }

  end(how: NonNullable<PassageEvent['end']>['how']): void {
    this.#end = { how, time: this.#now() }
    this.#changed()
  }

  /** A single element as it is, more of them as a list. */
  #print(values: ArrayLike<unknown>): string | undefined {
    const { element } = this.#passage
    if (element === undefined) return undefined
    try {
      return values.length === 1
        ? waveText(values[0], element, longestPiece, this.#nameOf)
        : waveText(values, { kind: 'list', element, length: undefined }, longestPiece, this.#nameOf)
    } catch {
      return 'values that cannot be printed'
    }
  }
}
