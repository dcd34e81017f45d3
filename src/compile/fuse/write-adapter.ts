/**
 * One adapter: the core function that a component imports, calling the core function that another one lifts (CanonicalABI.md,
 * "canon lower" and "canon lift", one inside the other).
 */
import { alignment } from '../../abi/alignment.ts'
import { elementSize } from '../../abi/element-size.ts'
import { type FlatFunction, parameterTuple } from '../../abi/flatten.ts'
import type { FlatType } from '../../abi/join.ts'
import type { FunctionType } from '../../component/extern-type.ts'
import { CALL_SHIFT, CANNOT_LEAVE, DISPOSED, ENTERED, RUNNING_CALL } from '../../runtime/thread.ts'
import { THREAD_MEMORY } from './adapter-module.ts'
import { type Sites, ValueMover } from './move-value.ts'
import { at, FlatPlace, type Slot } from './place.ts'
import type { Writing } from './writing.ts'

export interface AdapterParts {
  readonly type: FunctionType
  /** What the caller imports, and what the callee exports. */
  readonly lowered: FlatFunction
  readonly lifted: FlatFunction
  /** How many of the handles in it are borrows. */
  readonly borrows: number
  /** Parameters that are borrows of resources that the callee implements; `lends`: whether that has to be counted. */
  readonly reps: ReadonlyMap<number, { readonly lends: boolean }>
  /** Indices of functions. `slow` has the type of `lowered`: the same call through JavaScript, for what is rare. */
  readonly slow: number
  readonly callee: number
  readonly postReturn: number | undefined
  /** The number of its first handle among those of the module. */
  readonly firstSite: number
}

/** Writes the body of an adapter. */
export function writeAdapter(writing: Writing, parts: AdapterParts): void {
  new AdapterWriter(writing, parts).write()
}

class AdapterWriter {
  readonly #writing: Writing
  readonly #parts: AdapterParts
  readonly #sites: Sites
  readonly #mover: ValueMover
  /** Handles whose loan ends with the call: the local that has the index, and the site. */
  readonly #lent: { readonly local: number; readonly site: number }[] = []
  /** Locals: what the instances that it enters are marked with, where that is no constant; and what a call lends. */
  readonly #mark: number | undefined
  readonly #loans: number | undefined

  constructor(writing: Writing, parts: AdapterParts) {
    const { code, link } = writing
    this.#writing = writing
    this.#parts = parts
    this.#mark = link.mayBlock ? code.local('i32') : undefined
    const loans = parts.borrows > (parts.lowered.spillsParameters ? 0 : parts.reps.size)
    this.#loans = loans ? code.local('externref') : undefined
    this.#sites = { next: parts.firstSite, pushLoans: () => code.get(this.#loans!) }
    this.#mover = new ValueMover(writing, this.#sites)
  }

  write(): void {
    const { code, module, intrinsics, link } = this.#writing
    const body = (): void => {
      this.#enter()
      if (this.#loans !== undefined) code.i32(link.index).call(intrinsics.openLoans).set(this.#loans)
      const returned = this.#call(this.#parameters())
      this.#leave()
      const result = this.#result(returned)
      if (this.#loans !== undefined) code.get(this.#loans).call(intrinsics.closeLoans)
      for (const { local, site } of this.#lent) code.i32(site).get(local).call(intrinsics.endLend)
      this.#postReturn(returned)
      for (const { local } of result) code.get(local)
      code.op('return')
    }
    code.catchAll(module.engine.exceptions, body, () => code.i32(link.index).call(intrinsics.uncaught))
  }

  /** Where the caller may not call out, or the callee may not be entered, JavaScript finds out what there is to do. */
  #enter(): void {
    const { code, link } = this.#writing
    code.global(link.caller.word).access('i32.load', THREAD_MEMORY).i32(CANNOT_LEAVE).op('i32.and')
    for (const word of link.entered) code.global(word).access('i32.load', THREAD_MEMORY).op('i32.or')
    code.if(() => {
      code.get(...this.#parts.lowered.parameters.keys())
      code.call(this.#parts.slow).op('return')
    })
    if (this.#mark !== undefined) {
      // The running call's word is kept as a byte address: four times its index.
      code.i32(RUNNING_CALL * 4).access('i32.load', THREAD_MEMORY)
      code
        .i32(CALL_SHIFT - 2)
        .op('i32.shl')
        .i32(ENTERED)
        .op('i32.or')
        .set(this.#mark)
    }
    this.#setWords(() => this.#pushMark())
  }

  #pushMark(): void {
    const { code } = this.#writing
    const { mark } = this.#writing.link
    if (mark !== undefined) code.global(mark)
    else if (this.#mark === undefined) code.i32(ENTERED)
    else code.get(this.#mark)
  }

  #setWords(value: () => void): void {
    const { code, link } = this.#writing
    for (const word of link.entered) {
      code.global(word)
      value()
      code.access('i32.store', THREAD_MEMORY)
    }
  }

  /** Moves the arguments; returns the locals that the callee's core arguments are in. */
  #parameters(): readonly number[] {
    const { code, link } = this.#writing
    const { type, lowered, lifted } = this.#parts
    const given = lowered.parameters.map((one, local) => ({ local, type: one }))
    if (!lowered.spillsParameters) {
      const slots = this.#slots(lifted.parameters)
      const [from, to] = [new FlatPlace(link.caller, given), new FlatPlace(link.callee, slots)]
      for (const [i, parameter] of type.parameters.entries()) {
        const rep = this.#parts.reps.get(i)
        if (rep === undefined) this.#mover.move(parameter.type, from, to)
        else this.#rep(from.next(), to.next(), rep.lends)
      }
      return slots.map(({ local }) => local)
    }
    const tuple = parameterTuple(type)
    const { caller, callee } = link
    this.#writing.checkPlace(caller, 0, elementSize(tuple, caller.pointer), alignment(tuple, caller.pointer))
    const [byteLength, pointer] = [code.local(callee.pointer), code.local(callee.pointer)]
    code.int(callee.pointer, elementSize(tuple, callee.pointer)).set(byteLength)
    this.#writing.allocate(callee, byteLength, alignment(tuple, callee.pointer), 'arguments')
    code.set(pointer)
    this.#mover.move(tuple, at(caller, 0), at(callee, pointer))
    return [pointer]
  }

  /** The callee implements the resource: it gets the rep. */
  #rep(handle: Slot, rep: Slot, lends: boolean): void {
    const { code, intrinsics } = this.#writing
    const site = this.#sites.next++
    code.i32(site).get(handle.local).call(intrinsics.repOf).set(rep.local)
    if (lends) this.#lent.push({ local: handle.local, site })
  }

  #slots(types: readonly FlatType[]): readonly Slot[] {
    return types.map((type) => ({ local: this.#writing.code.local(type), type }))
  }

  #call(args: readonly number[]): readonly Slot[] {
    const { code } = this.#writing
    const returned = this.#slots(this.#parts.lifted.results)
    code.get(...args).call(this.#parts.callee)
    for (const { local } of returned) code.set(local)
    return returned
  }

  /**
   * Before the result is moved: a fault of the caller's `realloc` is none of the callee's. Nothing can enter the callee until the
   * caller goes on.
   */
  #leave(): void {
    const { code, link, intrinsics } = this.#writing
    if (link.entered.length === 0) return
    code.block((left) => {
      code.block((changed) => {
        for (const word of link.entered) {
          code.global(word).access('i32.load', THREAD_MEMORY)
          this.#pushMark()
          code.op('i32.ne').brIf(changed)
        }
        if (link.mark !== undefined) {
          // The caller may have been disposed meanwhile, and not the callee.
          code.global(link.caller.word).access('i32.load', THREAD_MEMORY)
          code.i32(DISPOSED).op('i32.and').brIf(changed)
        }
        this.#setWords(() => code.i32(0))
        code.br(left)
      })
      code.i32(link.index).call(intrinsics.leave)
    })
  }

  /** Moves the result; returns the caller's core result, or none where it has said where the result goes. */
  #result(returned: readonly Slot[]): readonly Slot[] {
    const { link } = this.#writing
    const { type, lowered, lifted } = this.#parts
    if (type.result === undefined) return []
    const { caller, callee } = link
    if (!lifted.spillsResult) {
      const slots = this.#slots(lowered.results)
      this.#mover.move(type.result, new FlatPlace(callee, returned), new FlatPlace(caller, slots))
      return slots
    }
    const { result } = type
    const [from, to] = [returned[0]!.local, lowered.parameters.length - 1]
    this.#writing.checkPlace(
      callee,
      from,
      elementSize(result, callee.pointer),
      alignment(result, callee.pointer),
    )
    this.#writing.checkPlace(
      caller,
      to,
      elementSize(result, caller.pointer),
      alignment(result, caller.pointer),
    )
    this.#mover.move(result, at(callee, from), at(caller, to))
    return []
  }

  /** The callee cleans up, and may not call out meanwhile. */
  #postReturn(returned: readonly Slot[]): void {
    const { code, link } = this.#writing
    const { postReturn } = this.#parts
    if (postReturn === undefined) return
    this.#setWords(() => this.#pushMark())
    this.#writing.mayNotLeave(link.callee, () => {
      code.get(...returned.map(({ local }) => local)).call(postReturn)
    })
    this.#setWords(() => code.i32(0))
  }
}
