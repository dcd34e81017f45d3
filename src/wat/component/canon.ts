/** Canonical definitions (Explainer.md, "Canonical Definitions" and "Canonical Built-ins"). */
import type { Canon, CanonOption, ValueTypeReference } from '../../component/component.ts'
import { didYouMean } from '../did-you-mean.ts'
import { watError } from '../s-expression.ts'
import { takeCoreValueType } from './core-types.ts'
import type { Cursor } from './cursor.ts'
import { type Pending, reference, referenceIn } from './references.ts'
import type { Scope } from './scope.ts'
import { settle, valueType } from './value-types.ts'

/** `(core func $f) opts*` of a lift; its type is its caller's business. */
export function canonLift(cursor: Cursor, scope: Scope): Pending<Omit<Canon & { kind: 'lift' }, 'type'>> {
  const func = reference(cursor, scope, 'core func')
  const options = canonOptions(cursor, scope)
  return () => ({ kind: 'lift', func: func(), options: settle(options) })
}

/** What follows `canon` where it defines a core function: all but `lift`. */
export function coreCanon(cursor: Cursor, scope: Scope): Pending<Exclude<Canon, { kind: 'lift' }>> {
  const { node } = cursor
  const kind = cursor.keyword ?? cursor.expected('a canonical definition')
  const read = Object.hasOwn(builtIns, kind) ? builtIns[kind] : undefined
  if (!read || !node) {
    const notes = didYouMean(kind, Object.keys(builtIns))
    throw watError(cursor.source, node!.span, `unknown canonical definition \`${kind}\``, notes)
  }
  cursor.take()
  return read(cursor, scope)
}

type ReadCanon = (cursor: Cursor, scope: Scope) => Pending<Exclude<Canon, { kind: 'lift' }>>
type OfShape<Shape> = Extract<Canon, Shape>['kind']

const nothing =
  (kind: NothingKind): ReadCanon =>
  () =>
  () => ({ kind })
type NothingKind = Exclude<Canon['kind'], OfShape<{ options: unknown } | { type: unknown } | Flagged>>
type Flagged = { async: boolean } | { cancellable: boolean } | { shared: boolean }

const ofType =
  (
    kind: Exclude<
      OfShape<{ type: unknown }>,
      OfShape<{ options: unknown } | Flagged> | 'context.get' | 'context.set' | 'thread.new-indirect'
    >,
  ): ReadCanon =>
  (cursor, scope) => {
    const type = reference(cursor, scope, 'type')
    return () => ({ kind, type: type() })
  }

const ofTypeAndOptions =
  (kind: 'stream.read' | 'stream.write' | 'future.read' | 'future.write'): ReadCanon =>
  (cursor, scope) => {
    const type = reference(cursor, scope, 'type')
    const options = canonOptions(cursor, scope)
    return () => ({ kind, type: type(), options: settle(options) })
  }

const ofTypeAsync =
  (
    kind: 'stream.cancel-read' | 'stream.cancel-write' | 'future.cancel-read' | 'future.cancel-write',
  ): ReadCanon =>
  (cursor, scope) => {
    const type = reference(cursor, scope, 'type')
    const async = cursor.takes('async')
    return () => ({ kind, type: type(), async })
  }

const ofOptions =
  (kind: 'error-context.new' | 'error-context.debug-message'): ReadCanon =>
  (cursor, scope) => {
    const options = canonOptions(cursor, scope)
    return () => ({ kind, options: settle(options) })
  }

const cancellable =
  (kind: Exclude<OfShape<{ cancellable: boolean }>, 'waitable-set.wait' | 'waitable-set.poll'>): ReadCanon =>
  (cursor) => {
    const cancellable = cursor.takes('cancellable')
    return () => ({ kind, cancellable })
  }

const waiting =
  (kind: 'waitable-set.wait' | 'waitable-set.poll'): ReadCanon =>
  (cursor, scope) => {
    const cancellable = cursor.takes('cancellable')
    const option = cursor.enters('memory') ?? cursor.expected('`(memory …)`')
    const memory = referenceIn(option, scope, 'core memory')
    return () => ({ kind, cancellable, memory: memory() })
  }

const context =
  (kind: 'context.get' | 'context.set'): ReadCanon =>
  (cursor, scope) => {
    // The type was not written once, when it could only be i32.
    const type = cursor.atIndex ? () => 'i32' : takeCoreValueType(cursor, scope)
    const index = cursor.u32('the index of a context slot')
    return () => ({ kind, type: type(), index })
  }

const builtIns: Readonly<Record<string, ReadCanon>> = {
  lower: (cursor, scope) => {
    const func = reference(cursor, scope, 'func')
    const options = canonOptions(cursor, scope)
    return () => ({ kind: 'lower', func: func(), options: settle(options) })
  },
  'resource.new': ofType('resource.new'),
  'resource.drop': ofType('resource.drop'),
  'resource.rep': ofType('resource.rep'),
  'backpressure.inc': nothing('backpressure.inc'),
  'backpressure.dec': nothing('backpressure.dec'),
  'task.return': (cursor, scope) => {
    const list = cursor.enters('result')
    const result: Pending<ValueTypeReference> | undefined = list && valueType(list, scope)
    list?.end()
    const options = canonOptions(cursor, scope)
    return () => ({ kind: 'task.return', result: result?.(), options: settle(options) })
  },
  'task.cancel': nothing('task.cancel'),
  'context.get': context('context.get'),
  'context.set': context('context.set'),
  'subtask.drop': nothing('subtask.drop'),
  'subtask.cancel': (cursor) => {
    const async = cursor.takes('async')
    return () => ({ kind: 'subtask.cancel', async })
  },
  'stream.new': ofType('stream.new'),
  'stream.read': ofTypeAndOptions('stream.read'),
  'stream.write': ofTypeAndOptions('stream.write'),
  'stream.cancel-read': ofTypeAsync('stream.cancel-read'),
  'stream.cancel-write': ofTypeAsync('stream.cancel-write'),
  'stream.drop-readable': ofType('stream.drop-readable'),
  'stream.drop-writable': ofType('stream.drop-writable'),
  'future.new': ofType('future.new'),
  'future.read': ofTypeAndOptions('future.read'),
  'future.write': ofTypeAndOptions('future.write'),
  'future.cancel-read': ofTypeAsync('future.cancel-read'),
  'future.cancel-write': ofTypeAsync('future.cancel-write'),
  'future.drop-readable': ofType('future.drop-readable'),
  'future.drop-writable': ofType('future.drop-writable'),
  'error-context.new': ofOptions('error-context.new'),
  'error-context.debug-message': ofOptions('error-context.debug-message'),
  'error-context.drop': nothing('error-context.drop'),
  'waitable-set.new': nothing('waitable-set.new'),
  'waitable-set.wait': waiting('waitable-set.wait'),
  'waitable-set.poll': waiting('waitable-set.poll'),
  'waitable-set.drop': nothing('waitable-set.drop'),
  'waitable.join': nothing('waitable.join'),
  'thread.index': nothing('thread.index'),
  'thread.new-indirect': (cursor, scope) => {
    const type = reference(cursor, scope, 'core type')
    const table = reference(cursor, scope, 'core table')
    return () => ({ kind: 'thread.new-indirect', type: type(), table: table() })
  },
  'thread.resume-later': nothing('thread.resume-later'),
  'thread.suspend': cancellable('thread.suspend'),
  'thread.yield': cancellable('thread.yield'),
  'thread.suspend-then-resume': cancellable('thread.suspend-then-resume'),
  'thread.yield-then-resume': cancellable('thread.yield-then-resume'),
  'thread.suspend-then-promote': cancellable('thread.suspend-then-promote'),
  'thread.yield-then-promote': cancellable('thread.yield-then-promote'),
  'thread.spawn-ref': (cursor, scope) => {
    const shared = cursor.takes('shared')
    const type = reference(cursor, scope, 'core type')
    return () => ({ kind: 'thread.spawn-ref', shared, type: type() })
  },
  'thread.spawn-indirect': (cursor, scope) => {
    const shared = cursor.takes('shared')
    const type = reference(cursor, scope, 'core type')
    const table = reference(cursor, scope, 'core table')
    return () => ({ kind: 'thread.spawn-indirect', shared, type: type(), table: table() })
  },
  'thread.available-parallelism': (cursor) => {
    const shared = cursor.takes('shared')
    return () => ({ kind: 'thread.available-parallelism', shared })
  },
}

/** As many options as there are. */
function canonOptions(cursor: Cursor, scope: Scope): Pending<CanonOption>[] {
  const options: Pending<CanonOption>[] = []
  for (let option = canonOption(cursor, scope); option; option = canonOption(cursor, scope)) {
    options.push(option)
  }
  return options
}

const encodings: ReadonlyMap<string, CanonOption> = new Map<string, CanonOption>([
  ['string-encoding=utf8', { kind: 'string-encoding', encoding: 'utf8' }],
  ['string-encoding=utf16', { kind: 'string-encoding', encoding: 'utf16' }],
  ['string-encoding=latin1+utf16', { kind: 'string-encoding', encoding: 'latin1+utf16' }],
  ['async', { kind: 'async' }],
])

function canonOption(cursor: Cursor, scope: Scope): Pending<CanonOption> | undefined {
  const word = encodings.get(cursor.keyword ?? '')
  if (word) {
    cursor.take()
    return () => word
  }
  switch (cursor.nextHead) {
    case 'memory': {
      const memory = referenceIn(cursor.enter('memory'), scope, 'core memory')
      return () => ({ kind: 'memory', memory: memory() })
    }
    case 'realloc':
    case 'post-return':
    case 'callback': {
      const kind = cursor.nextHead
      const func = referenceIn(cursor.enter(kind), scope, 'core func')
      return () => ({ kind, func: func() })
    }
    default:
      return undefined
  }
}
