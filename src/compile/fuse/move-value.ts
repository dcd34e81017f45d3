/**
 * A value on its way from one component to the other: lifted and lowered at once (CanonicalABI.md, "Loading", "Storing",
 * "Flat Lifting", "Flat Lowering"). It is flat on both sides or in memory on both sides: the limits of flattening count
 * core values, and a pointer is one, however wide.
 */
import { recordLayout, variantLayout } from '../../abi/element-size.ts'
import { type DespecializedType, despecialize } from '../../abi/despecialize.ts'
import { flattenType } from '../../abi/flatten.ts'
import type { ListType, RecordType, ValueType, VariantType } from '../../component/value-type.ts'
import { TenonError } from '../../errors.ts'
import type { Label } from './code.ts'
import { moveFixedList, moveList } from './move-list.ts'
import { moveString } from './move-string.ts'
import { FlatPlace, type MemoryPlace, type Place, plus, pushFrom, putInto } from './place.ts'
import { moveBool, moveChar, moveDiscriminant, moveFlags, moveNumber } from './scalar.ts'
import type { Writing } from './writing.ts'

/** Where the handles of a function's type are numbered: the code names a site, and JavaScript knows its resource. */
export interface Sites {
  /** The number of the next one. */
  next: number
  /** Pushes what the call lends; only where the type has borrows. */
  pushLoans(): void
}

export class ValueMover {
  readonly writing: Writing
  readonly #sites: Sites

  constructor(writing: Writing, sites: Sites) {
    this.writing = writing
    this.#sites = sites
  }

  move(type: ValueType, from: Place, to: Place): void {
    const { writing } = this
    const plain = despecialize(type)
    switch (plain.kind) {
      case 'bool':
        moveBool(writing, from, to)
        break
      case 'char':
        moveChar(writing, from, to)
        break
      case 'flags':
        moveFlags(writing, plain, from, to)
        break
      case 'string':
        moveString(writing, from, to)
        break
      case 'list':
        this.#list(plain, from, to)
        break
      case 'record':
        this.#record(plain, from, to)
        break
      case 'variant':
        this.#variant(plain, from, to)
        break
      case 'own':
      case 'borrow':
        this.#handle(plain, from, to)
        break
      case 'error-context':
      case 'stream':
      case 'future':
        // Functions that pass them are tasks.
        throw new TenonError('unsupported', `no adapter moves values of type \`${plain.kind}\``)
      default:
        moveNumber(writing, plain.kind, from, to)
    }
  }

  #list({ element, length }: ListType, from: Place, to: Place): void {
    if (length === undefined) moveList(this, element, from, to)
    else if (from.kind === 'memory') moveFixedList(this, element, length, from, to as MemoryPlace)
    else this.#repeat(length, () => this.move(element, from, to))
  }

  /** Elements have one type, and so the same handles. */
  #repeat(times: number, write: () => void): void {
    const first = this.#sites.next
    for (let i = 0; i < times; i++) {
      this.#sites.next = first
      write()
    }
  }

  #record({ fields }: RecordType, from: Place, to: Place): void {
    const froms = partsOf(from, (pointer) => recordLayout(fields, pointer).offsets)
    const tos = partsOf(to, (pointer) => recordLayout(fields, pointer).offsets)
    for (const [i, { type }] of fields.entries()) this.move(type, froms(i), tos(i))
  }

  #variant(type: VariantType, from: Place, to: Place): void {
    const { code } = this.writing
    const discriminant = moveDiscriminant(this.writing, type.cases.length, from, to)
    const fromPayload = payloadOf(type, from)
    const toPayload = payloadOf(type, to)
    const moves = type.cases.flatMap(({ type: payload }, index) => {
      if (payload === undefined) return []
      return [{ index, write: () => this.move(payload, fromPayload(), toPayload()) }]
    })
    if (moves.length > SHORT) {
      this.#table(discriminant, type.cases.length, moves)
      return
    }
    for (const { index, write } of moves) {
      // What every value is needs no question.
      if (type.cases.length === 1) write()
      else code.get(discriminant).i32(index).op('i32.eq').if(write)
    }
  }

  /** One block inside the other: the branch to the end of each is where its case begins. */
  #table(discriminant: number, cases: number, moves: readonly CaseMove[]): void {
    const { code } = this.writing
    code.block((done) => {
      // From the outside in, so that the cases are written in their order: their handles are numbered by it.
      const labels = new Map<number, Label>()
      const nest = (last: number): void => {
        const move = moves[last]
        if (move === undefined) {
          const byCase = Array.from({ length: cases }, (_, i) => labels.get(i) ?? done)
          code.get(discriminant).brTable(byCase, done)
          return
        }
        code.block((label) => {
          labels.set(move.index, label)
          nest(last - 1)
        })
        move.write()
        code.br(done)
      }
      nest(moves.length - 1)
    })
  }

  #handle({ kind }: DespecializedType & { kind: 'own' | 'borrow' }, from: Place, to: Place): void {
    const { code, intrinsics } = this.writing
    const site = this.#sites.next++
    putInto(code, to, 'i32', 'i32.store', () => {
      if (kind === 'borrow') this.#sites.pushLoans()
      code.i32(site)
      pushFrom(code, from, 'i32', 'i32.load')
      code.call(kind === 'own' ? intrinsics.own : intrinsics.borrow)
    })
  }
}

/** Up to so many cases are asked for one by one. */
const SHORT = 4

interface CaseMove {
  readonly index: number
  readonly write: () => void
}

function partsOf(
  place: Place,
  offsets: (pointer: 'i32' | 'i64') => readonly number[],
): (index: number) => Place {
  if (place.kind === 'flat') return () => place
  const all = offsets(place.side.pointer)
  return (index) => plus(place, all[index]!)
}

/** Each case begins at the same place. */
function payloadOf(type: VariantType, place: Place): () => Place {
  const { side } = place
  if (place.kind === 'memory') {
    const payload = plus(place, variantLayout(type.cases, side.pointer).payloadOffset)
    return () => payload
  }
  const slots = place.take(flattenType(type, side.pointer).length - 1)
  return () => new FlatPlace(side, slots)
}
