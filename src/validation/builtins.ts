import type { PointerType } from '../abi/pointer.ts'
import type { Canon } from '../component/component.ts'
import type { CoreValueType } from '../component/extern-type.ts'
import type { CoreTypeIndex, TypeIndex } from '../component/indices.ts'
import { resolveResource } from '../component/resolve-type.ts'
import type { ValueType } from '../component/value-type.ts'
import {
  type CanonOptions,
  checkCanonOptions,
  checkLowering,
  containsPointer,
  pointerOf,
  requireMemory,
  requireRealloc,
} from './canon-options.ts'
import { signature } from './core-types.ts'
import type { Scope } from './scope.ts'

export type Builtin = Exclude<Canon, { kind: 'lift' | 'lower' | 'task.return' }>

/** The type of the core function that a built-in makes. */
export type CoreSignature = readonly [parameters: readonly CoreValueType[], results: readonly CoreValueType[]]

type Of<Kind extends Canon['kind']> = Extract<Canon, { kind: Kind }>

/** Checks a canonical built-in (CanonicalABI.md, "Canonical Definitions", under its name). */
export function checkBuiltin(scope: Scope, canon: Builtin): CoreSignature {
  switch (canon.kind) {
    case 'resource.new':
      return [[localRepresentation(scope, canon.type)], ['i32']]
    case 'resource.rep':
      return [['i32'], [localRepresentation(scope, canon.type)]]
    case 'resource.drop':
      resolveResource(canon.type, scope.type, scope.refuse)
      return [['i32'], []]
    case 'backpressure.inc':
    case 'backpressure.dec':
    case 'task.cancel':
      return [[], []]
    case 'waitable-set.new':
    case 'thread.index':
    case 'thread.suspend':
    case 'thread.yield':
    case 'thread.available-parallelism':
      return [[], ['i32']]
    case 'subtask.drop':
    case 'error-context.drop':
    case 'waitable-set.drop':
    case 'thread.resume-later':
      return [['i32'], []]
    case 'waitable.join':
      return [['i32', 'i32'], []]
    case 'subtask.cancel':
    case 'thread.suspend-then-resume':
    case 'thread.yield-then-resume':
    case 'thread.suspend-then-promote':
    case 'thread.yield-then-promote':
      return [['i32'], ['i32']]
    case 'context.get':
      return [[], [contextType(scope, canon)]]
    case 'context.set':
      return [[contextType(scope, canon)], []]
    case 'waitable-set.wait':
    case 'waitable-set.poll':
      return [['i32', pointerOf(scope, canon.memory)], ['i32']]
    case 'stream.new':
    case 'future.new':
      endOf(scope, canon)
      return [[], ['i64']]
    case 'stream.drop-readable':
    case 'stream.drop-writable':
    case 'future.drop-readable':
    case 'future.drop-writable':
      endOf(scope, canon)
      return [['i32'], []]
    case 'stream.cancel-read':
    case 'stream.cancel-write':
    case 'future.cancel-read':
    case 'future.cancel-write':
      endOf(scope, canon)
      return [['i32'], ['i32']]
    case 'stream.read':
    case 'stream.write': {
      const pointer = checkCopy(scope, canon)
      return [['i32', pointer, pointer], [pointer]]
    }
    case 'future.read':
    case 'future.write':
      return [['i32', checkCopy(scope, canon)], ['i32']]
    case 'error-context.new': {
      const { pointer } = errorContextOptions(scope, canon)
      return [[pointer, pointer], ['i32']]
    }
    case 'error-context.debug-message': {
      const options = errorContextOptions(scope, canon)
      requireRealloc(scope, options)
      return [['i32', options.pointer], []]
    }
    case 'thread.new-indirect':
      return newIndirect(scope, canon)
    case 'thread.spawn-ref': {
      const closure = startParameter(scope, canon.type, canon.shared)
      return [[`(ref null ${canon.type})`, closure], ['i32']]
    }
    case 'thread.spawn-indirect':
      return spawnIndirect(scope, canon)
  }
}

/** The representation of a resource type that this component defines itself. */
function localRepresentation(scope: Scope, index: TypeIndex): CoreValueType {
  const type = resolveResource(index, scope.type, scope.refuse)
  const rep = scope.definedResources.get(scope.store.root(type))
  return rep ?? scope.refuse(`type ${index} is not a local resource`)
}

function contextType(scope: Scope, { kind, type, index }: Of<'context.get' | 'context.set'>): CoreValueType {
  const { refuse } = scope
  if (type !== 'i32' && type !== 'i64')
    refuse(`\`${kind}\` only supports \`i32\` or \`i64\`: found \`${type}\``)
  scope.contextType ??= type
  if (scope.contextType !== type) {
    refuse(
      `\`${kind}\` type must match previous context type: found \`${type}\`, before it was \`${scope.contextType}\``,
    )
  }
  if (index > 1) refuse(`\`${kind}\` immediate must be zero or one: ${index}`)
  return type
}

type EndCanon = Of<
  | 'stream.new'
  | 'stream.read'
  | 'stream.write'
  | 'stream.cancel-read'
  | 'stream.cancel-write'
  | 'stream.drop-readable'
  | 'stream.drop-writable'
  | 'future.new'
  | 'future.read'
  | 'future.write'
  | 'future.cancel-read'
  | 'future.cancel-write'
  | 'future.drop-readable'
  | 'future.drop-writable'
>

/** The stream or future type that a built-in is for. */
function endOf(
  scope: Scope,
  { kind, type: index }: EndCanon,
): Extract<ValueType, { kind: 'stream' | 'future' }> {
  const type = scope.valueType(index)
  const wanted = kind.startsWith('stream') ? 'stream' : 'future'
  if (type.kind !== wanted) scope.refuse(`\`${kind}\` requires a ${wanted} type: found ${type.kind}`)
  return type
}

function checkCopy(
  scope: Scope,
  canon: Of<'stream.read' | 'stream.write' | 'future.read' | 'future.write'>,
): PointerType {
  const { element } = endOf(scope, canon)
  const options = checkCanonOptions(scope, canon.options)
  checkLowering(scope, options)
  if (element) {
    requireMemory(scope, options)
    const reads = canon.kind === 'stream.read' || canon.kind === 'future.read'
    if (reads && containsPointer(scope, element)) requireRealloc(scope, options)
  }
  return options.pointer
}

function errorContextOptions(
  scope: Scope,
  { kind, options: list }: Of<'error-context.new' | 'error-context.debug-message'>,
): CanonOptions {
  const options = checkCanonOptions(scope, list)
  requireMemory(scope, options)
  if (options.async) scope.refuse(`cannot specify \`async\` option on \`${kind}\``)
  checkLowering(scope, options)
  return options
}

/** The one parameter of the function that a new thread starts with. */
function startParameter(scope: Scope, index: CoreTypeIndex, shared: boolean): CoreValueType {
  const { spaces, refuse } = scope
  const { parameters, results } = signature(spaces.coreTypes, index, refuse)
  const [closure] = parameters
  if (parameters.length !== 1 || (closure !== 'i32' && closure !== 'i64')) {
    scope.refuse('start function must take a single `i32` or `i64` argument')
  }
  if (results.length > 0) refuse('start function must not return any values')
  const entity = spaces.coreTypes.get(index)
  if (entity.kind === 'sub' && entity.type.shared !== shared) {
    refuse(shared ? 'spawn type must be shared' : 'spawn type must not be shared')
  }
  return closure
}

function newIndirect(scope: Scope, { type, table }: Of<'thread.new-indirect'>): CoreSignature {
  const closure = startParameter(scope, type, false)
  const { element, limits } = scope.spaces.coreTables.get(table)
  if (element !== 'funcref' || limits.shared) {
    scope.refuse(
      `table is not a table of (ref null (func)): expected table element type funcref, found ${element}`,
    )
  }
  return [[limits.index64 ? 'i64' : 'i32', closure], ['i32']]
}

function spawnIndirect(scope: Scope, { type, table, shared }: Of<'thread.spawn-indirect'>): CoreSignature {
  const closure = startParameter(scope, type, shared)
  const { element, limits } = scope.spaces.coreTables.get(table)
  const wanted = shared ? '(ref null (shared func))' : 'funcref'
  if (element !== wanted || limits.shared !== shared) {
    scope.refuse(`table is not a table of ${wanted}: expected table element type ${wanted}, found ${element}`)
  }
  return [[limits.index64 ? 'i64' : 'i32', closure], ['i32']]
}
