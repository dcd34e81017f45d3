/** Calls from one component to another as core wasm, end to end: no JavaScript runs between the two. */
import { MAX_FLAT_PARAMS } from '../../abi/flatten.ts'
import type { FunctionType } from '../../component/extern-type.ts'
import { limits } from '../../component/limits.ts'
import type { CanonicalContext, CoreFunction, DirectCall } from '../../runtime/back-end.ts'
import type { ComponentInstance } from '../../runtime/component-instance.ts'
import { Border } from '../../runtime/entering.ts'
import { mayCallBlock } from '../../runtime/may-block.ts'
import { ModuleCache } from '../../runtime/module-cache.ts'
import { canSuspend } from '../../runtime/switch.ts'
import { bindAdapters } from './bind-adapters.ts'
import { adapterEngine, type Engine } from './engine.ts'
import { isLinked, Layout, type LiveLink, type LiveSite } from './layout.ts'
import { type Shape, shapeOf } from './shape.ts'

/**
 * The functions that callers import instead of lowers; undefined for calls that have to go through JavaScript. All
 * that fit share one module.
 */
export function fuse(calls: readonly DirectCall[]): readonly (CoreFunction | undefined)[] {
  const fused = calls.map((call) => (needsNoAdapter(call) ? call.liftContext.callee : undefined))
  const engine = adapterEngine()
  if (engine === undefined) return fused
  for (const { layout, places } of layOut(calls)) {
    bindAdapters(moduleOf(engine, layout), layout)?.forEach((adapter, i) => {
      fused[places[i]!] = adapter
    })
  }
  return fused
}

/** Calls that share an adapter module, and their places among all. */
export interface LaidOut {
  readonly layout: Layout
  readonly places: readonly number[]
}

/**
 * Those of the calls that can be fused and need an adapter, by module.
 *
 * @param suspends whether the engine that runs them can suspend wasm
 */
export function layOut(calls: readonly DirectCall[], suspends: boolean = canSuspend): readonly LaidOut[] {
  const all: { readonly layout: Layout; readonly places: number[] }[] = []
  calls.forEach((call, i) => {
    if (needsNoAdapter(call)) return
    const shape = commonShape(call)
    const sites = shape && sitesOf(call, shape)
    if (sites === undefined) return
    if (!call.isReplacement && !spend(call.lowerContext.instance.root, shape!.parts)) return
    let last = all.at(-1)
    if (last === undefined || last.layout.full) {
      last = { layout: new Layout(), places: [] }
      all.push(last)
    }
    last.layout.add(call, shape!, sites)
    last.places.push(i)
    if (suspends && mayCallBlock(call.liftContext.instance, call.lowerContext.instance)) {
      call.lowerContext.instance.mayBlock = true
    }
  })
  return all
}

/**
 * Whether the caller can import the callee's core function as it is. It gets what an adapter would pass on, nobody can see a mark while it runs,
 * and there is nothing that the caller could not be allowed to call it for.
 */
export function needsNoAdapter(call: DirectCall): boolean {
  const { lower, lowerContext, liftContext } = call
  return (
    isPassedAsItIs(lower.type) &&
    liftContext.confinedCallee === true &&
    liftContext.postReturn === undefined &&
    !isLinked(call) &&
    commonShape(call) !== undefined &&
    lowerContext.instance.async === undefined &&
    new Border(liftContext.instance, liftContext.caller).set.every(({ reenterable }) => !reenterable) &&
    !call.needsLeaveCheck()
  )
}

/** Whether each value is a core value, and any core value is one (CanonicalABI.md, "Flat Lifting"). */
function isPassedAsItIs({ parameters, result }: FunctionType): boolean {
  return (
    parameters.length <= MAX_FLAT_PARAMS &&
    parameters.every(({ type }) => passedAsTheyAre.has(type.kind)) &&
    (result === undefined || passedAsTheyAre.has(result.kind))
  )
}

const passedAsTheyAre: ReadonlySet<string> = /* @__PURE__ */ new Set([
  's32',
  'u32',
  's64',
  'u64',
  'f32',
  'f64',
])

/** By root, the parts of the types of all adapters in its tree. */
const spent = new WeakMap<ComponentInstance, number>()

/** Whether a tree may have adapters for so many more parts of types. */
function spend(root: ComponentInstance, parts: number): boolean {
  const sum = (spent.get(root) ?? 0) + parts
  if (sum > limits.adapterTypeParts) return false
  spent.set(root, sum)
  return true
}

/** What the two types have in common; undefined where the call cannot be fused. */
function commonShape(call: DirectCall): Shape | undefined {
  const { lower, lift, lowerContext, liftContext } = call
  // An instance that calls itself moves handles within one table, where the order of all removals and additions shows.
  if (lowerContext.instance === liftContext.instance) return undefined
  if (lower.options.async || lift.options.async) return undefined
  // Calls from other trees wait their turn at the callee's root, each as a call of its own.
  if (isLinked(call) && liftContext.instance.mayBlock) return undefined
  if (isShared(lowerContext.memory) || isShared(liftContext.memory)) return undefined
  const shape = shapeOf(lower.type)
  return shape?.key === shapeOf(lift.type)?.key ? shape : undefined
}

/** The handles in the call's type; undefined where the two sides do not know them as the same resources. */
function sitesOf(call: DirectCall, shape: Shape): ((link: LiveLink) => readonly LiveSite[]) | undefined {
  const { lift, lowerContext, liftContext } = call
  const { parameterHandles, resultHandles } = shape
  if (parameterHandles.length + resultHandles.length === 0) return () => []
  // The host's objects stand between the handles of two trees.
  if (isLinked(call)) return undefined
  const expected = shapeOf(lift.type)!
  const resources = (of: Shape, { resource }: CanonicalContext) =>
    [...of.parameterHandles, ...of.resultHandles].map(resource)
  const given = resources(shape, lowerContext)
  const known = resources(expected, liftContext)
  if (given.some((resource, i) => resource !== known[i])) return undefined
  // The same call may pass the handle that it lends.
  const lends = lowerContext.instance.reenterable || parameterHandles.length > 1
  return (link) =>
    given.map((resource, i) => {
      const from = i < parameterHandles.length ? 'caller' : 'callee'
      return { link, from, resource, lends }
    })
}

/** Another thread could change what was checked before it is copied. */
function isShared(memory: WebAssembly.Memory | undefined): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && memory?.buffer instanceof SharedArrayBuffer
}

/** Compiled modules by their layouts: all instances of a component share them. */
const modules = /* @__PURE__ */ new ModuleCache('adapters')

function moduleOf(engine: Engine, layout: Layout): WebAssembly.Module {
  return modules.get(layout.key, () => layout.encode(engine))
}
