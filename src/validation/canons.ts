import { type FlatFunction, flattenFunction, flattenType, MAX_FLAT_PARAMS } from '../abi/flatten.ts'
import type { Canon } from '../component/component.ts'
import type { CoreValueType, FunctionType } from '../component/extern-type.ts'
import { checkBuiltin } from './builtins.ts'
import {
  type CanonOptions,
  checkCanonOptions,
  checkLowering,
  containsPointer,
  requireMemory,
  requireRealloc,
} from './canon-options.ts'
import { printCoreFunc } from './describe.ts'
import type { Scope } from './scope.ts'

/** A canonical definition (CanonicalABI.md, "Canonical Definitions"). */
export function checkCanon(scope: Scope, canon: Canon): void {
  const { spaces } = scope
  switch (canon.kind) {
    case 'lift':
      spaces.funcs.add(checkLift(scope, canon))
      break
    case 'lower': {
      const { parameters, results } = checkLower(scope, canon)
      spaces.coreFuncs.add({ kind: 'func', parameters, results })
      break
    }
    case 'task.return': {
      const { parameters } = checkTaskReturn(scope, canon)
      spaces.coreFuncs.add({ kind: 'func', parameters, results: [] })
      break
    }
    default: {
      const [parameters, results] = checkBuiltin(scope, canon)
      spaces.coreFuncs.add({ kind: 'func', parameters, results })
      break
    }
  }
}

type Of<Kind extends Canon['kind']> = Extract<Canon, { kind: Kind }>

function checkLift(scope: Scope, canon: Of<'lift'>): FunctionType {
  const { spaces, refuse } = scope
  const type = spaces.types.get(canon.type)
  if (type.kind !== 'function') scope.refuse(`type index ${canon.type} is not a function type`)
  const core = spaces.coreFuncs.get(canon.func)
  const options = checkCanonOptions(scope, canon.options)
  const { postReturn } = options
  if (postReturn && (`${postReturn.parameters}` !== `${core.results}` || postReturn.results.length > 0)) {
    refuse(
      'canonical option `post-return` uses a core function with an incorrect signature: ' +
        `wanted the results ${print(core.results)} of core function ${canon.func} as parameters`,
    )
  }
  checkAsync(scope, options, type)
  const flat = flattenFunction(type, { ...options, callback: options.callback !== undefined }, 'lift')
  checkLiftNeeds(scope, type, options, flat)
  const compare = (what: string, wanted: readonly CoreValueType[], found: readonly CoreValueType[]): void => {
    if (`${wanted}` === `${found}`) return
    refuse(
      `lowered ${what} types \`${print(wanted)}\` do not match ${what} types \`${print(found)}\` of core function ${canon.func}`,
    )
  }
  compare('parameter', flat.parameters, core.parameters)
  compare('result', flat.results, core.results)
  if (core.form)
    refuse(
      `lowered function type does not match type \`${printCoreFunc(core)}\` of core function ${canon.func}`,
    )
  return type
}

/** Core types as the reference suite writes them: `[I32, I64]`. */
function print(types: readonly CoreValueType[]): string {
  return `[${types.map((type) => (/^[ifv][0-9]+$/.test(type) ? type.toUpperCase() : type)).join(', ')}]`
}

/** Arguments are lowered into the guest, whose `realloc` makes room for them; the result is read where it lies. */
function checkLiftNeeds(scope: Scope, type: FunctionType, options: CanonOptions, flat: FlatFunction): void {
  if (flat.spillsParameters || type.parameters.some((parameter) => containsPointer(scope, parameter.type))) {
    requireRealloc(scope, options)
  }
  if (!type.result) return
  const spills = options.async
    ? flattenType(type.result, options.pointer).length > MAX_FLAT_PARAMS
    : flat.spillsResult
  if (spills || containsPointer(scope, type.result)) requireMemory(scope, options)
}

function checkLower(scope: Scope, canon: Of<'lower'>): FlatFunction {
  const type = scope.spaces.funcs.get(canon.func)
  const options = checkCanonOptions(scope, canon.options)
  checkLowering(scope, options)
  checkAsync(scope, options, type)
  return lowered(scope, type, options)
}

/** Arguments are read where they lie; the result is lowered into the guest, whose `realloc` makes room for it. */
function lowered(scope: Scope, type: FunctionType, options: CanonOptions): FlatFunction {
  const flat = flattenFunction(type, { ...options, callback: false }, 'lower')
  const readsMemory = type.parameters.some((parameter) => containsPointer(scope, parameter.type))
  if (readsMemory || flat.spillsParameters || flat.spillsResult) requireMemory(scope, options)
  if (type.result && containsPointer(scope, type.result)) requireRealloc(scope, options)
  return flat
}

/** It lowers nothing, but its core type is that of lowering a function that takes the result. */
function checkTaskReturn(scope: Scope, canon: Of<'task.return'>): FlatFunction {
  const { refuse } = scope
  const value = canon.result === undefined ? undefined : scope.valueType(canon.result)
  const options = checkCanonOptions(scope, canon.options)
  if (options.realloc) refuse('cannot specify `realloc` option on `task.return`')
  if (options.postReturn) refuse('cannot specify `post-return` option on `task.return`')
  checkLowering(scope, options)
  if (options.async) refuse('cannot specify `async` option on `task.return`')
  const parameters = value ? [{ name: 'v', type: value }] : []
  return lowered(scope, { kind: 'function', async: false, parameters, result: undefined }, options)
}

function checkAsync({ refuse }: Scope, options: CanonOptions, type: FunctionType): void {
  if (options.async && !type.async) refuse('the `async` canonical option requires an async function type')
}
