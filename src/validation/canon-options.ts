import type { PointerType } from '../abi/pointer.ts'
import type { CanonOption } from '../component/component.ts'
import type { CoreValueType } from '../component/extern-type.ts'
import type { CoreFuncIndex, CoreMemoryIndex } from '../component/indices.ts'
import { limits } from '../component/limits.ts'
import type { ValueType } from '../component/value-type.ts'
import type { CoreExternOf } from './index-spaces.ts'
import type { Scope } from './scope.ts'

/** `canonopt*`, each at most once, with what it refers to looked up (CanonicalABI.md, "`canonopt` Validation"). */
export interface CanonOptions {
  readonly memory: boolean
  /** Address type of the memory; `i32` without one. */
  readonly pointer: PointerType
  readonly realloc: boolean
  readonly async: boolean
  readonly postReturn: CoreExternOf<'func'> | undefined
  readonly callback: CoreExternOf<'func'> | undefined
}

type OptionKind = Exclude<CanonOption['kind'], 'string-encoding' | 'async'>

export function checkCanonOptions(scope: Scope, options: readonly CanonOption[]): CanonOptions {
  if (options.length > limits.canonicalOptions) {
    scope.reporter.exceeds('the count of canonical options', limits.canonicalOptions)
  }
  const indices = collectOptions(scope, options)
  const { spaces, refuse } = scope
  const memory = indices.get('memory')
  const pointer = memory === undefined ? 'i32' : pointerOf(scope, memory as CoreMemoryIndex)
  const realloc = indices.get('realloc')
  if (realloc !== undefined) {
    if (memory === undefined) refuse('canonical option `realloc` requires `memory` to also be specified')
    requireSignature(scope, 'realloc', realloc, [pointer, pointer, pointer, pointer], [pointer])
  }
  const func = (kind: OptionKind): CoreExternOf<'func'> | undefined => {
    const index = indices.get(kind)
    return index === undefined ? undefined : spaces.coreFuncs.get(index)
  }
  const callback = func('callback')
  const postReturn = func('post-return')
  const async = options.some((option) => option.kind === 'async')
  if (callback && !async) refuse('cannot specify callback without async')
  if (postReturn && async) refuse('cannot specify post-return function in async')
  if (callback) requireSignature(scope, 'callback', indices.get('callback')!, ['i32', 'i32', 'i32'], ['i32'])
  return {
    memory: memory !== undefined,
    pointer,
    realloc: realloc !== undefined,
    async,
    postReturn,
    callback,
  }
}

/** The index of each option that has one. */
function collectOptions({ refuse }: Scope, options: readonly CanonOption[]): ReadonlyMap<OptionKind, number> {
  const indices = new Map<OptionKind, number>()
  let encoding: string | undefined
  let async = false
  for (const option of options) {
    switch (option.kind) {
      case 'string-encoding': {
        // The reference suite writes it with a dash.
        const name = option.encoding.replace('+', '-')
        if (encoding !== undefined)
          refuse(`canonical encoding option \`${encoding}\` conflicts with option \`${name}\``)
        encoding = name
        break
      }
      case 'async':
        if (async) refuse('canonical option `async` is specified more than once')
        async = true
        break
      default:
        if (indices.has(option.kind))
          refuse(`canonical option \`${option.kind}\` is specified more than once`)
        indices.set(option.kind, option.kind === 'memory' ? option.memory : option.func)
    }
  }
  return indices
}

function requireSignature(
  { spaces, refuse }: Scope,
  option: OptionKind,
  index: number,
  parameters: readonly CoreValueType[],
  results: readonly CoreValueType[],
): void {
  const type = spaces.coreFuncs.get(index as CoreFuncIndex)
  if (`${type.parameters}` !== `${parameters}` || `${type.results}` !== `${results}`) {
    const wanted = `(func (param ${parameters.join(' ')}) (result ${results.join(' ')}))`
    refuse(
      `canonical option \`${option}\` uses a core function with an incorrect signature: wanted ${wanted}`,
    )
  }
}

/** The address type of a memory that values can be moved through. */
export function pointerOf({ spaces, refuse }: Scope, index: CoreMemoryIndex): PointerType {
  const { limits: size } = spaces.coreMemories.get(index)
  if (size.shared)
    refuse('mismatch in the shared flag for memories: the canonical ABI wants an unshared memory')
  return size.index64 ? 'i64' : 'i32'
}

/** Options that only make sense when lifting. */
export function checkLowering({ refuse }: Scope, options: CanonOptions): void {
  if (options.postReturn) refuse('canonical option `post-return` cannot be specified for lowerings')
  if (options.callback) refuse('canonical option `callback` cannot be specified for lowerings')
}

export function requireMemory({ refuse }: Scope, options: CanonOptions): void {
  if (!options.memory) refuse('canonical option `memory` is required')
}

export function requireRealloc(scope: Scope, options: CanonOptions): void {
  requireMemory(scope, options)
  if (!options.realloc) scope.refuse('canonical option `realloc` is required')
}

/** Do its values refer to memory beyond themselves: does it contain a list or a string? */
export function containsPointer({ store }: Scope, type: ValueType): boolean {
  return store.facts(type).containsPointer
}
