/** Calls from one component to another in wasm, through the adapter module that lies beside the transpiled module. */
import { type AdapterParts, bindAdapters } from '../compile/fuse/bind-adapters.ts'
import type { CanonicalContext, CoreFunction, LoweredFunction } from '../runtime/back-end.ts'
import { Border } from '../runtime/entering.ts'
import { mayCallBlock } from '../runtime/may-block.ts'
import type { RuntimeResource } from '../runtime/resource.ts'
import { canSuspend, type SwitchModule } from '../runtime/switch.ts'
import { bound } from './functions.ts'

type Side = Pick<CanonicalContext, 'instance' | 'memory'>

export interface WrittenAdapters extends Pick<AdapterParts, 'memories' | 'reallocs' | 'words'> {
  readonly links: readonly { readonly caller: Side; readonly callee: Side }[]
  /** Handles: which link they go through, from which side, and whether anything may ask if they are lent. */
  readonly sites: readonly (readonly [
    link: number,
    from: 'caller' | 'callee',
    resource: RuntimeResource,
    lends: boolean,
  ])[]
  /** For calls that go through JavaScript. */
  readonly switches?: SwitchModule
  readonly calls: readonly {
    readonly callee: CoreFunction
    readonly postReturn?: CoreFunction
    /** The same as lift-then-lower. */
    readonly lower: () => LoweredFunction
    readonly parameters: number
  }[]
}

/** @param module undefined where the engine cannot compile it: several memories, SIMD */
export function adapters(
  module: WebAssembly.Module | undefined,
  { links, sites, calls, switches, ...parts }: WrittenAdapters,
): readonly CoreFunction[] {
  const throughJavaScript = (): readonly CoreFunction[] =>
    bound(
      calls.map(({ lower }) => lower()),
      switches,
    )
  if (module === undefined || parts.memories.some(isShared)) return throughJavaScript()
  for (const { caller, callee } of links) {
    if (canSuspend && mayCallBlock(callee.instance, caller.instance)) caller.instance.mayBlock = true
  }
  const live = links.map(({ caller, callee }) => ({
    caller: withoutRealloc(caller),
    callee: withoutRealloc(callee),
    border: new Border(callee.instance, caller.instance),
    linked: false,
  }))
  const bindings = bindAdapters(module, {
    ...parts,
    links: live,
    sites: sites.map(([link, from, resource, lends]) => ({ link: live[link]!, from, resource, lends })),
    calls: calls.map(({ callee, postReturn, lower, parameters }) => ({
      liftContext: { callee, postReturn },
      slow: () => lower().plain as (...args: unknown[]) => unknown,
      parameters,
    })),
  })
  return bindings ?? throughJavaScript()
}

/** Who is to blame for a fault is asked for its memory only. */
function withoutRealloc({ instance, memory }: Side): CanonicalContext {
  return {
    instance,
    memory,
    realloc: undefined,
    resource: (type) => {
      throw new TypeError(`adapters know their resources: ${type.name}`)
    },
  }
}

/** Another thread could change what was checked before it is copied. */
function isShared({ buffer }: WebAssembly.Memory): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer
}
