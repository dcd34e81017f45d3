import { flattenTypes, MAX_FLAT_PARAMS } from '../abi/flatten.ts'
import type { Builtin, CoreItem } from '../compile/plan.ts'
import type { FunctionType } from '../component/extern-type.ts'
import type { ValueType } from '../component/value-type.ts'
import type { CanonicalOptions } from '../runtime/back-end.ts'

/** What a built-in is, as far as a Plan can be wrong about it. */
export interface BuiltinFacts {
  readonly parameters: readonly string[]
  readonly results: readonly string[]
  /** The values that it moves, as a function whose parameters are lowered by it and whose result is lifted. */
  readonly moves?: { readonly type: FunctionType; readonly options: CanonicalOptions } | undefined
  readonly memory?: CoreItem | undefined
  readonly realloc?: CoreItem | undefined
  readonly table?: CoreItem | undefined
  /** The address type that the memory must have. */
  readonly pointer?: 'i32' | 'i64' | undefined
  readonly needsMemory?: boolean
}

/** @param index64 whether the table that a thread's function comes from has 64-bit addresses */
export function builtinFacts(builtin: Builtin, index64: boolean): BuiltinFacts {
  switch (builtin.kind) {
    case 'context.get':
      return { parameters: [], results: [builtin.type] }
    case 'context.set':
      return { parameters: [builtin.type], results: [] }
    case 'backpressure.inc':
    case 'backpressure.dec':
    case 'task.cancel':
      return { parameters: [], results: [] }
    case 'task.return': {
      const { result, options, memory, realloc } = builtin
      const types = result === undefined ? [] : [result]
      const flat = flattenTypes(types, options.pointer)
      const spills = flat.length > MAX_FLAT_PARAMS
      return {
        parameters: spills ? [options.pointer] : flat,
        results: [],
        ...{ moves: moves([], result, options), memory, realloc, needsMemory: spills },
      }
    }
    case 'waitable-set.new':
    case 'thread.index':
    case 'thread.suspend':
    case 'thread.yield':
      return { parameters: [], results: ['i32'] }
    case 'subtask.drop':
    case 'error-context.drop':
    case 'waitable-set.drop':
    case 'thread.resume-later':
    case 'stream.drop-readable':
    case 'stream.drop-writable':
    case 'future.drop-readable':
    case 'future.drop-writable':
      return { parameters: ['i32'], results: [] }
    case 'waitable.join':
      return { parameters: ['i32', 'i32'], results: [] }
    case 'subtask.cancel':
    case 'stream.cancel-read':
    case 'stream.cancel-write':
    case 'future.cancel-read':
    case 'future.cancel-write':
    case 'thread.suspend-then-resume':
    case 'thread.yield-then-resume':
    case 'thread.suspend-then-promote':
    case 'thread.yield-then-promote':
      return { parameters: ['i32'], results: ['i32'] }
    case 'waitable-set.wait':
    case 'waitable-set.poll': {
      const { pointer, memory } = builtin
      return { parameters: ['i32', pointer], results: ['i32'], memory, pointer, needsMemory: true }
    }
    case 'stream.new':
    case 'future.new':
      return { parameters: [], results: ['i64'] }
    case 'stream.read':
    case 'stream.write': {
      const { pointer } = builtin.options
      return { parameters: ['i32', pointer, pointer], results: [pointer], ...copies(builtin) }
    }
    case 'future.read':
    case 'future.write':
      return { parameters: ['i32', builtin.options.pointer], results: ['i32'], ...copies(builtin) }
    case 'error-context.new': {
      const { options, memory, realloc } = builtin
      const moved = moves([], { kind: 'string' }, options)
      return {
        parameters: [options.pointer, options.pointer],
        results: ['i32'],
        moves: moved,
        memory,
        realloc,
      }
    }
    case 'error-context.debug-message': {
      const { options, memory, realloc } = builtin
      const moved = moves([{ kind: 'string' }], undefined, options)
      return { parameters: ['i32', options.pointer], results: [], moves: moved, memory, realloc }
    }
    case 'thread.new-indirect': {
      const { closure, table } = builtin
      return { parameters: [index64 ? 'i64' : 'i32', closure], results: ['i32'], table }
    }
  }
}

/** A read lowers elements into the guest's memory, a write lifts them. */
function copies(builtin: Extract<Builtin, { element: unknown; options: unknown }>): Partial<BuiltinFacts> {
  const { kind, element, options, memory, realloc } = builtin
  const reads = kind === 'stream.read' || kind === 'future.read'
  const lowered = reads && element ? [element] : []
  const moved = moves(lowered, reads ? undefined : element, options)
  return { moves: moved, memory, realloc, needsMemory: element !== undefined }
}

function moves(
  lowered: readonly ValueType[],
  lifted: ValueType | undefined,
  options: CanonicalOptions,
): NonNullable<BuiltinFacts['moves']> {
  const parameters = lowered.map((type, i) => ({ name: String(i), type }))
  return { type: { kind: 'function', async: false, parameters, result: lifted }, options }
}
