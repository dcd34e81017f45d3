/** A group of calls that share one adapter module: what the module imports, and the text that tells it from others. */
import { flattenFunction } from '../../abi/flatten.ts'
import { limits } from '../../component/limits.ts'
import type { CanonicalContext, CoreFunction, DirectCall, Signature } from '../../runtime/back-end.ts'
import type { ComponentInstance } from '../../runtime/component-instance.ts'
import { Border } from '../../runtime/entering.ts'
import { mayCallBlock } from '../../runtime/may-block.ts'
import type { RuntimeResource } from '../../runtime/resource.ts'
import { AdapterModule } from './adapter-module.ts'
import type { Engine } from './engine.ts'
import type { SideName } from './fault-code.ts'
import { importIntrinsics } from './intrinsics.ts'
import { type Shape, shapeOf } from './shape.ts'
import type { Link, Side } from './side.ts'
import { type AdapterParts, writeAdapter } from './write-adapter.ts'
import { Writing } from './writing.ts'

/** What a live call brings, besides the functions: who calls whom. */
export interface LiveLink {
  readonly caller: CanonicalContext
  readonly callee: CanonicalContext
  /** From the caller into the callee. */
  readonly border: Border
  /** The callee is of another tree. */
  readonly linked: boolean
}

/** A place of a type that has a handle. */
export interface LiveSite {
  readonly link: LiveLink
  /** Whose handle it is before it is moved. */
  readonly from: SideName
  readonly resource: RuntimeResource
  /** Whether anything may ask if it is lent before the call is over. */
  readonly lends: boolean
}

type SideLayout = Omit<Side, 'name'>

interface LinkLayout {
  readonly caller: SideLayout
  readonly callee: SideLayout
  readonly entered: readonly number[]
  readonly idle: boolean
  readonly mayBlock: boolean
  readonly linked: boolean
}

interface CallLayout {
  readonly link: number
  readonly postReturn: boolean
  readonly reps: AdapterParts['reps']
}

function sideKey({ pointer, encoding, memory, realloc, word }: SideLayout): string {
  return `${pointer}${encoding},${memory},${realloc},${word}`
}

/** Live objects by the index that the module has for them. */
class Numbered<T> {
  readonly #indices = new Map<T, number>()

  number(one: T): number {
    const known = this.#indices.get(one)
    if (known !== undefined) return known
    this.#indices.set(one, this.#indices.size)
    return this.#indices.size - 1
  }

  get all(): readonly T[] {
    return [...this.#indices.keys()]
  }
}

/** Whether the host took the callee from the exports of another tree. */
export function isLinked({ liftContext }: DirectCall): boolean {
  return liftContext.caller === undefined
}

/** Up to so many allocations stand in the code of an adapter; those of another share a function. */
const FEW = 2

export class Layout {
  readonly calls: DirectCall[] = []
  readonly links: LiveLink[] = []
  readonly sites: LiveSite[] = []
  readonly #memories = new Numbered<WebAssembly.Memory>()
  readonly #pointers: ('i32' | 'i64')[] = []
  readonly #reallocs = new Numbered<CoreFunction>()
  readonly #reallocPointers: ('i32' | 'i64')[] = []
  readonly #words = new Numbered<ComponentInstance>()
  readonly #linkLayouts: LinkLayout[] = []
  readonly #linkIndices = new Map<string, number>()
  readonly #callLayouts: CallLayout[] = []
  #key = ''

  /** Whether another call may need more memories than a module can have. */
  get full(): boolean {
    return this.#pointers.length + 3 > limits.memories
  }

  get memories(): readonly WebAssembly.Memory[] {
    return this.#memories.all
  }

  get reallocs(): readonly CoreFunction[] {
    return this.#reallocs.all
  }

  get words(): readonly ComponentInstance[] {
    return this.#words.all
  }

  add(call: DirectCall, { key, borrowed }: Shape, sites: (link: LiveLink) => readonly LiveSite[]): void {
    const link = this.#link(call)
    const { instance, postReturn } = call.liftContext
    const live = sites(this.links[link]!)
    // Most calls with a handle are methods: the component that implements the resource gets the rep, and has nothing to drop.
    const reps = new Map(
      borrowed.flatMap(([parameter, handle]) => {
        const { resource, lends } = live[handle]!
        return resource.owner === instance ? [[parameter, { lends }] as const] : []
      }),
    )
    const repKey = Array.from(reps, ([parameter, { lends }]) => (lends ? `${parameter}+` : parameter)).join()
    this.calls.push(call)
    this.sites.push(...live)
    this.#callLayouts.push({ link, postReturn: postReturn !== undefined, reps })
    this.#key += `${link}${postReturn ? '!' : '.'}${key} ${repKey};`
  }

  #link(call: DirectCall): number {
    const { lowerContext, liftContext } = call
    const border = new Border(liftContext.instance, liftContext.caller)
    const linked = isLinked(call)
    const marked = linked || border.set.some((instance) => instance.reenterable) ? border.set : []
    const caller = this.#side(call.lower, lowerContext)
    const callee = this.#side(call.lift, liftContext)
    const entered = marked.map((instance) => this.#words.number(instance))
    const idle = border.set.length > 0 && marked.length === 0
    const mayBlock = !linked && marked.length > 0 && mayCallBlock(liftContext.instance, lowerContext.instance)
    const key = `${sideKey(caller)} ${sideKey(callee)} ${entered} ${idle} ${mayBlock} ${linked}`
    const known = this.#linkIndices.get(key)
    if (known !== undefined) return known
    const index = this.links.push({ caller: lowerContext, callee: liftContext, border, linked }) - 1
    this.#linkLayouts.push({ caller, callee, entered, idle, mayBlock, linked })
    this.#linkIndices.set(key, index)
    this.#key += `${key}:`
    return index
  }

  #side({ options }: Signature, { memory, realloc, instance }: CanonicalContext): SideLayout {
    const { pointer, stringEncoding: encoding } = options
    const side = {
      pointer,
      encoding,
      memory: memory && this.#memories.number(memory),
      realloc: realloc && this.#reallocs.number(realloc),
      word: this.#words.number(instance),
    }
    if (side.memory !== undefined) this.#pointers[side.memory] = pointer
    if (side.realloc !== undefined) this.#reallocPointers[side.realloc] = pointer
    return side
  }

  /** Layouts with the same key have the same module. */
  get key(): string {
    return this.#key
  }

  /** The module: imports `m0` … (memories), `r0` … (`realloc`), `w0` … (words), `s0`, `c0`, `p0` … of the calls; exports `0` …. */
  encode(engine: Engine): Uint8Array<ArrayBuffer> {
    const module = new AdapterModule(engine)
    const memories = this.#pointers.map((pointer, i) => module.importMemory(`m${i}`, pointer))
    const intrinsics = importIntrinsics(module, this.sites.length > 0)
    const reallocs = this.#reallocPointers.map((pointer, i) =>
      module.importFunction(`r${i}`, {
        parameters: [pointer, pointer, pointer, pointer],
        results: [pointer],
      }),
    )
    const linkedWords = new Set(
      this.#linkLayouts.flatMap(({ linked, callee, entered }) => (linked ? [callee.word, ...entered] : [])),
    )
    const words = this.words.map((_, i) => module.importGlobal(`w${i}`, linkedWords.has(i)))
    const mark = linkedWords.size > 0 ? module.importGlobal('mark', false) : undefined
    const side = (name: SideName, layout: SideLayout): Side => ({
      ...layout,
      name,
      memory: layout.memory === undefined ? undefined : memories[layout.memory]!,
      realloc: layout.realloc === undefined ? undefined : reallocs[layout.realloc]!,
      word: words[layout.word]!,
    })
    const links = this.#linkLayouts.map(
      ({ caller, callee, entered, idle, mayBlock, linked }, index): Link => ({
        index,
        caller: side('caller', caller),
        callee: side('callee', callee),
        entered: entered.map((word) => words[word]!),
        idle,
        mayBlock,
        mark: linked ? mark : undefined,
      }),
    )
    const parts = this.calls.map(({ lower, lift }, i) => {
      const lowered = flattenFunction(lower.type, lower.options, 'lower')
      const lifted = flattenFunction(lift.type, lift.options, 'lift')
      const { postReturn, reps } = this.#callLayouts[i]!
      return {
        type: lower.type,
        lowered,
        lifted,
        reps,
        slow: module.importFunction(`s${i}`, lowered),
        callee: module.importFunction(`c${i}`, lifted),
        postReturn: postReturn
          ? module.importFunction(`p${i}`, { parameters: lifted.results, results: [] })
          : undefined,
      }
    })
    let firstSite = 0
    parts.forEach((one, i) => {
      const { borrows, parameterHandles, resultHandles, allocations } = shapeOf(one.type)!
      const link = links[this.#callLayouts[i]!.link]!
      module.exportFunction(String(i), one.lowered, (code) => {
        writeAdapter(new Writing(code, module, intrinsics, link, allocations <= FEW), {
          ...one,
          borrows,
          firstSite,
        })
      })
      firstSite += parameterHandles.length + resultHandles.length
    })
    return module.encode()
  }
}
