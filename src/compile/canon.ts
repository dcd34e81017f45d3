import type { Canon, CanonOption, StringEncoding } from '../component/component.ts'
import { resolveResource } from '../component/resolve-type.ts'
import type { FunctionType } from '../component/extern-type.ts'
import type { CanonicalOptions } from '../runtime/back-end.ts'
import { resolveBuiltin } from './builtin.ts'
import type { CoreItem } from './plan.ts'
import type { Scope } from './scope.ts'
import type { AddressType } from './symbolic.ts'

/** A canonical definition: `lift` defines a component function, all others a core function. */
export function defineCanon(scope: Scope, canon: Canon): void {
  switch (canon.kind) {
    case 'lift':
      defineLift(scope, canon)
      break
    case 'lower':
      defineLower(scope, canon)
      break
    case 'resource.new':
    case 'resource.drop':
    case 'resource.rep': {
      const to = defineCoreFunction(scope)
      const resource = scope.builder.resource(resolveResource(canon.type, scope.lookup))
      scope.builder.addStep({ kind: canon.kind, resource, instance: scope.instance, to })
      return
    }
    case 'thread.spawn-ref':
    case 'thread.spawn-indirect':
    case 'thread.available-parallelism':
      defineCoreFunction(scope)
      scope.builder.addStep({ kind: 'unsupported', what: `canon ${canon.kind}` })
      break
    default: {
      const builtin = resolveBuiltin(scope, canon)
      scope.builder.addBuiltin({ builtin, instance: scope.instance, to: defineCoreFunction(scope) })
    }
  }
}

function defineLift(scope: Scope, canon: Canon & { kind: 'lift' }): void {
  const options = resolveOptions(scope, canon.options)
  const type = functionType(scope, canon.type)
  if (type.async) scope.builder.markAsync(scope.instance)
  const lift = scope.builder.addLift({
    signature: scope.builder.addSignature({ name: '', type, options: options.canonical }),
    instance: scope.instance,
    callee: scope.get('core func', canon.func).item,
    memory: options.memory,
    realloc: options.realloc,
    postReturn: options.postReturn,
    callback: options.callback,
  })
  scope.define('func', { sort: 'func', type, item: { from: 'lift', lift }, label: '' })
}

function functionType(scope: Scope, index: number): FunctionType {
  const type = scope.get('type', index)
  return type.kind === 'function' ? type : scope.refuse(`type index ${index} is not a function type`)
}

function defineLower(scope: Scope, canon: Canon & { kind: 'lower' }): void {
  const options = resolveOptions(scope, canon.options)
  const callee = scope.get('func', canon.func)
  if (callee.type.async) scope.builder.markAsync(scope.instance)
  scope.builder.addLower({
    signature: scope.builder.addSignature({
      name: callee.label,
      type: callee.type,
      options: options.canonical,
    }),
    instance: scope.instance,
    function: callee.item,
    memory: options.memory,
    realloc: options.realloc,
    to: defineCoreFunction(scope),
  })
}

/** A core function that a canonical definition makes; returns its register. */
function defineCoreFunction(scope: Scope): number {
  const index = scope.builder.register('coreFunctions')
  scope.define('core func', { item: { from: 'core-function', index }, addressType: () => 'i32' })
  return index
}

export interface ResolvedOptions {
  readonly canonical: CanonicalOptions
  readonly memory: CoreItem | undefined
  readonly realloc: CoreItem | undefined
  readonly postReturn: CoreItem | undefined
  readonly callback: CoreItem | undefined
}

export function resolveOptions(scope: Scope, options: readonly CanonOption[]): ResolvedOptions {
  let stringEncoding: StringEncoding = 'utf8'
  let pointer: AddressType = 'i32'
  let async = false
  let memory: CoreItem | undefined
  const functions: { [K in 'realloc' | 'post-return' | 'callback']?: CoreItem } = {}
  for (const option of options) {
    switch (option.kind) {
      case 'string-encoding':
        stringEncoding = option.encoding
        break
      case 'memory': {
        const found = scope.get('core memory', option.memory)
        memory = found.item
        pointer = found.addressType()
        break
      }
      case 'async':
        async = true
        break
      default:
        functions[option.kind] = scope.get('core func', option.func).item
    }
  }
  const { realloc, callback, 'post-return': postReturn } = functions
  const flags = { postReturn: postReturn !== undefined, callback: callback !== undefined }
  return {
    canonical: { stringEncoding, pointer, async, ...flags },
    memory,
    realloc,
    postReturn,
    callback,
  }
}
