/** Instances of adapter modules. */
import type { CoreFunction } from '../../runtime/back-end.ts'
import type { ComponentInstance } from '../../runtime/component-instance.ts'
import { plainFunction, type TypeOf } from '../../runtime/guest-imports.ts'
import { CALL_SHIFT, ENTERED, LINKED, threadMemory } from '../../runtime/thread.ts'
import { lazily } from '../glue/lazily.ts'
import type { LiveLink, LiveSite } from './layout.ts'
import { handleIntrinsics, liveIntrinsics } from './live-intrinsics.ts'

/** The live objects that an adapter module imports, in its order. */
export interface AdapterParts {
  readonly links: readonly LiveLink[]
  readonly sites: readonly LiveSite[]
  readonly memories: readonly WebAssembly.Memory[]
  readonly reallocs: readonly CoreFunction[]
  /** Those whose words it reads. */
  readonly words: readonly ComponentInstance[]
  readonly calls: readonly AdapterCall[]
}

export interface AdapterCall {
  readonly liftContext: {
    readonly callee: CoreFunction
    readonly postReturn?: CoreFunction | undefined
  }
  /** The same call as lift-then-lower, and how many core parameters it has; made when it is first needed. */
  readonly slow: () => (...args: unknown[]) => unknown
  readonly parameters: number
}

/**
 * The adapters, in the order of the calls; undefined where one of the guests' functions is of a type that only JavaScript can call: not the
 * plain one with its parameters, and it is not known which.
 */
export function bindAdapters(
  module: WebAssembly.Module,
  parts: AdapterParts,
): readonly CoreFunction[] | undefined {
  const { links, sites } = parts
  const { root } = links[0]!.caller.instance
  const imports: WebAssembly.ModuleImports = {
    thread: threadMemory,
    ...liveIntrinsics(links),
    ...(sites.length > 0 && handleIntrinsics(links, sites)),
  }
  parts.memories.forEach((memory, i) => {
    imports[`m${i}`] = memory
  })
  parts.reallocs.forEach((realloc, i) => {
    imports[`r${i}`] = realloc as WebAssembly.ImportValue
  })
  parts.words.forEach((instance, i) => {
    imports[`w${i}`] = instance.root === root ? instance.word * 4 : instance.wordGlobal
  })
  imports.mark = ENTERED | LINKED | (root.firstWord << CALL_SHIFT)
  for (const other of root.linkedRoots ?? []) if (other.disposed) root.linkedRoots?.delete(other)
  for (const { linked, callee } of links) if (linked) root.linkTo(callee.instance.root)
  parts.calls.forEach(({ liftContext, slow, parameters }, i) => {
    imports[`s${i}`] = lazily(parameters, slow) as WebAssembly.ImportValue
    imports[`c${i}`] = liftContext.callee as WebAssembly.ImportValue
    imports[`p${i}`] = liftContext.postReturn as WebAssembly.ImportValue
  })
  const exports =
    exportsOf(module, imports) ?? exportsOf(module, { ...imports, ...plainFunctions(parts, imports) })
  return exports && parts.calls.map((_, i) => exports[String(i)] as CoreFunction)
}

/** The guests' functions that are not of plain types, as ones that are. */
function plainFunctions(
  { links, reallocs, calls }: AdapterParts,
  imports: WebAssembly.ModuleImports,
): WebAssembly.ModuleImports {
  const known = new Set(links.flatMap(({ caller, callee }) => [caller.typeOf, callee.typeOf]))
  const typeOf: TypeOf = (core) => {
    for (const one of known) {
      const type = one?.(core)
      if (type !== undefined) return type
    }
    return undefined
  }
  const names = [...reallocs.map((_, i) => `r${i}`), ...calls.flatMap((_, i) => [`c${i}`, `p${i}`])]
  const found: WebAssembly.ModuleImports = {}
  for (const name of names) {
    const plain = imports[name] && plainFunction(imports[name] as CoreFunction, typeOf)
    if (plain) found[name] = plain
  }
  return found
}

function exportsOf(
  module: WebAssembly.Module,
  imports: WebAssembly.ModuleImports,
): WebAssembly.Exports | undefined {
  try {
    return new WebAssembly.Instance(module, { '': imports }).exports
  } catch (error) {
    if (error instanceof WebAssembly.LinkError) return undefined
    throw error
  }
}
