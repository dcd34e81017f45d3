import type { Canon } from '../component/component.ts'
import { resolveReference } from '../component/resolve-type.ts'
import type { ValueType } from '../component/value-type.ts'
import { resolveOptions } from './canon.ts'
import type { Builtin } from './plan.ts'
import type { Scope } from './scope.ts'

/** Canonical definitions that are built-ins, and can be run. */
export type BuiltinCanon = Extract<Canon, { kind: Builtin['kind'] }>

/** A built-in with what its indices lead to. */
export function resolveBuiltin(scope: Scope, canon: BuiltinCanon): Builtin {
  switch (canon.kind) {
    case 'context.get':
    case 'context.set':
      return {
        kind: canon.kind,
        type: canon.type === 'i64' ? 'i64' : 'i32',
        index: canon.index,
      }
    case 'task.return': {
      const result = canon.result === undefined ? undefined : resolveReference(canon.result, scope.lookup)
      return { kind: canon.kind, result, ...builtinOptions(scope, canon) }
    }
    case 'subtask.cancel':
      return { kind: canon.kind, async: canon.async }
    case 'stream.new':
    case 'stream.drop-readable':
    case 'stream.drop-writable':
    case 'future.new':
    case 'future.drop-readable':
    case 'future.drop-writable':
      return { kind: canon.kind, element: elementOf(scope, canon.type) }
    case 'stream.read':
    case 'stream.write':
    case 'future.read':
    case 'future.write':
      return { kind: canon.kind, element: elementOf(scope, canon.type), ...builtinOptions(scope, canon) }
    case 'stream.cancel-read':
    case 'stream.cancel-write':
    case 'future.cancel-read':
    case 'future.cancel-write':
      return { kind: canon.kind, element: elementOf(scope, canon.type), async: canon.async }
    case 'error-context.new':
    case 'error-context.debug-message':
      return { kind: canon.kind, ...builtinOptions(scope, canon) }
    case 'waitable-set.wait':
    case 'waitable-set.poll': {
      const { item, addressType } = scope.get('core memory', canon.memory)
      return { kind: canon.kind, cancellable: canon.cancellable, pointer: addressType(), memory: item }
    }
    case 'thread.suspend':
    case 'thread.yield':
    case 'thread.suspend-then-resume':
    case 'thread.yield-then-resume':
    case 'thread.suspend-then-promote':
    case 'thread.yield-then-promote':
      return { kind: canon.kind, cancellable: canon.cancellable }
    case 'thread.new-indirect': {
      const type = scope.get('core type', canon.type)
      const closure = type.kind === 'other' ? type.parameter : undefined
      if (closure === undefined)
        return scope.refuse('start function must take a single `i32` or `i64` argument')
      return { kind: canon.kind, closure, table: scope.get('core table', canon.table).item }
    }
    default:
      return { kind: canon.kind }
  }
}

/** What a stream or future is of. */
function elementOf(scope: Scope, index: number): ValueType | undefined {
  const type = scope.get('type', index)
  if (type.kind === 'stream' || type.kind === 'future') return type.element
  return scope.refuse(`type index ${index} is not a stream or future type`)
}

function builtinOptions(scope: Scope, canon: Extract<BuiltinCanon, { options: unknown }>) {
  const { canonical, memory, realloc } = resolveOptions(scope, canon.options)
  return { options: canonical, memory, realloc }
}
