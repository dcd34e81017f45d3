/** Calls from one component to another as core wasm, end to end: no JavaScript runs between the two. */
import { limits } from '../../component/limits.ts'
import type { CanonicalContext, CoreFunction, DirectCall } from '../../runtime/back-end.ts'
import type { ComponentInstance } from '../../runtime/component-instance.ts'
import { mayCallBlock } from '../../runtime/may-block.ts'
import { ModuleCache } from '../../runtime/module-cache.ts'
import { canSuspend } from '../../runtime/switch.ts'
import { CALL_SHIFT, ENTERED, LINKED, threadMemory } from '../../runtime/thread.ts'
import { lazily } from '../glue/lazily.ts'
import { adapterEngine, type Engine } from './engine.ts'
import { isLinked, Layout, type LiveLink, type LiveSite } from './layout.ts'
import { handleIntrinsics, liveIntrinsics } from './live-intrinsics.ts'
import { type Shape, shapeOf } from './shape.ts'

/**
 * The functions that callers import instead of lowers; undefined for calls that have to go through JavaScript. All
 * that fit share one module.
 */
export function fuse(calls: readonly DirectCall[]): readonly (CoreFunction | undefined)[] {
  const fused: (CoreFunction | undefined)[] = calls.map(() => undefined)
  const engine = adapterEngine()
  if (engine === undefined) return fused
  let layout = new Layout()
  let places: number[] = []
  const bindAll = (): void => {
    if (places.length === 0) return
    bind(engine, layout).forEach((adapter, i) => {
      fused[places[i]!] = adapter
    })
  }
  calls.forEach((call, i) => {
    const shape = commonShape(call)
    const sites = shape && sitesOf(call, shape)
    if (sites === undefined || !spend(call.lowerContext.instance.root, shape!.parts)) return
    if (layout.full) {
      bindAll()
      layout = new Layout()
      places = []
    }
    layout.add(call, shape!, sites)
    places.push(i)
    if (canSuspend && mayCallBlock(call.liftContext.instance, call.lowerContext.instance)) {
      call.lowerContext.instance.mayBlock = true
    }
  })
  bindAll()
  return fused
}

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

function bind(engine: Engine, layout: Layout): readonly CoreFunction[] {
  const { root } = layout.links[0]!.caller.instance
  const imports: WebAssembly.ModuleImports = {
    thread: threadMemory,
    ...liveIntrinsics(layout.links),
    ...(layout.sites.length > 0 && handleIntrinsics(layout.links, layout.sites)),
  }
  layout.memories.forEach((memory, i) => {
    imports[`m${i}`] = memory
  })
  layout.reallocs.forEach((realloc, i) => {
    imports[`r${i}`] = realloc as WebAssembly.ImportValue
  })
  layout.words.forEach((instance, i) => {
    imports[`w${i}`] = instance.root === root ? instance.word * 4 : instance.wordGlobal
  })
  imports.mark = ENTERED | LINKED | (root.firstWord << CALL_SHIFT)
  for (const { linked, callee } of layout.links) if (linked) root.linkedRoots.add(callee.instance.root)
  layout.calls.forEach(({ liftContext, slow, parameters }, i) => {
    imports[`s${i}`] = lazily(parameters, slow) as WebAssembly.ImportValue
    imports[`c${i}`] = liftContext.callee as WebAssembly.ImportValue
    imports[`p${i}`] = liftContext.postReturn as WebAssembly.ImportValue
  })
  const { exports } = new WebAssembly.Instance(moduleOf(engine, layout), { '': imports })
  return layout.calls.map((_, i) => exports[String(i)] as CoreFunction)
}
