/** Canonical definitions, on one line. */
import type { Canon, CanonOption } from '../../component/component.ts'
import type { PrintedNames } from './printed-names.ts'
import { valueTypeText } from './print-types.ts'

/** `canon lower (func 3) …`, without parentheses. */
export function canonText(names: PrintedNames, canon: Canon): string {
  return [`canon ${canon.kind}`, ...operands(names, canon)].join(' ')
}

function operands(names: PrintedNames, canon: Canon): string[] {
  switch (canon.kind) {
    case 'lift':
      return [`(core func ${names.use('core func', canon.func)})`, ...options(names, canon.options)]
    case 'lower':
      return [`(func ${names.use('func', canon.func)})`, ...options(names, canon.options)]
    case 'resource.new':
    case 'resource.drop':
    case 'resource.rep':
    case 'stream.new':
    case 'stream.drop-readable':
    case 'stream.drop-writable':
    case 'future.new':
    case 'future.drop-readable':
    case 'future.drop-writable':
      return [names.use('type', canon.type)]
    case 'stream.read':
    case 'stream.write':
    case 'future.read':
    case 'future.write':
      return [names.use('type', canon.type), ...options(names, canon.options)]
    case 'stream.cancel-read':
    case 'stream.cancel-write':
    case 'future.cancel-read':
    case 'future.cancel-write':
      return [names.use('type', canon.type), ...flag('async', canon.async)]
    case 'task.return': {
      const { result } = canon
      const type = result === undefined ? [] : [`(result ${valueTypeText(names, result)})`]
      return [...type, ...options(names, canon.options)]
    }
    case 'context.get':
    case 'context.set':
      return [canon.type, String(canon.index)]
    case 'subtask.cancel':
      return flag('async', canon.async)
    case 'error-context.new':
    case 'error-context.debug-message':
      return options(names, canon.options)
    case 'waitable-set.wait':
    case 'waitable-set.poll':
      return [...flag('cancellable', canon.cancellable), `(memory ${names.use('core memory', canon.memory)})`]
    case 'thread.suspend':
    case 'thread.yield':
    case 'thread.suspend-then-resume':
    case 'thread.yield-then-resume':
    case 'thread.suspend-then-promote':
    case 'thread.yield-then-promote':
      return flag('cancellable', canon.cancellable)
    case 'thread.new-indirect':
      return [names.use('core type', canon.type), names.use('core table', canon.table)]
    case 'thread.spawn-ref':
      return [...flag('shared', canon.shared), names.use('core type', canon.type)]
    case 'thread.spawn-indirect':
      return [
        ...flag('shared', canon.shared),
        names.use('core type', canon.type),
        names.use('core table', canon.table),
      ]
    case 'thread.available-parallelism':
      return flag('shared', canon.shared)
    case 'backpressure.inc':
    case 'backpressure.dec':
    case 'task.cancel':
    case 'subtask.drop':
    case 'error-context.drop':
    case 'waitable-set.new':
    case 'waitable-set.drop':
    case 'waitable.join':
    case 'thread.index':
    case 'thread.resume-later':
      return []
  }
}

function flag(word: string, set: boolean): string[] {
  return set ? [word] : []
}

function options(names: PrintedNames, list: readonly CanonOption[]): string[] {
  return list.map((option) => optionText(names, option))
}

function optionText(names: PrintedNames, option: CanonOption): string {
  switch (option.kind) {
    case 'string-encoding':
      return `string-encoding=${option.encoding}`
    case 'memory':
      return `(memory ${names.use('core memory', option.memory)})`
    case 'async':
      return 'async'
    case 'realloc':
    case 'post-return':
    case 'callback':
      return `(${option.kind} ${names.use('core func', option.func)})`
  }
}
