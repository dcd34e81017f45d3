import type { FunctionType } from '../component/extern-type.ts'
import { escapeKeyword } from './keywords.ts'
import { printType, type TypeNames } from './print-type.ts'

/**
 * @example
 * printFunction(add) // func(a: s32, b: s32) -> s32
 */
export function printFunction(type: FunctionType, names?: TypeNames): string {
  return `${type.async ? 'async ' : ''}func${printSignature(type, names)}`
}

/** Parameters and result alone: `(a: s32, b: s32) -> s32`. */
export function printSignature(type: Pick<FunctionType, 'parameters' | 'result'>, names?: TypeNames): string {
  const parameters = type.parameters.map((one) => `${escapeKeyword(one.name)}: ${printType(one.type, names)}`)
  const result = type.result ? ` -> ${printType(type.result, names)}` : ''
  return `(${parameters.join(', ')})${result}`
}
