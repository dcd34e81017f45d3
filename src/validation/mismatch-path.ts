import type { ExternType, FunctionType } from '../component/extern-type.ts'
import { isValueType, type TypeEntity } from '../component/resolve-type.ts'
import type { ValueType } from '../component/value-type.ts'

const step = /^type mismatch (?:in|for|with) ([a-z ]+?(?: `([^`]*)`| (\d+))?): /

type Part = ValueType | FunctionType | undefined

/**
 * What the checker says of two types that do not match, taken apart: the way to what differs, and what is said of that. The checker's
 * words pass over lists and options, as those of other toolchains do; the way has them.
 *
 * @param actual one of the types that were compared; undefined, as the other, where they are not at hand
 * @example
 * mismatchPath('type mismatch in function parameter `p`: type mismatch in record field `x`: expected u8, found s8')
 * // { path: ['function parameter `p`', 'record field `x`'], reason: 'expected u8, found s8' }
 */
export function mismatchPath(
  words: string,
  actual?: ExternType,
  expected?: ExternType,
): { readonly path: readonly string[]; readonly reason: string } {
  const path: string[] = []
  let reason = words
  let sides: readonly [Part, Part] = [partOf(actual), partOf(expected)]
  for (let match = step.exec(reason); match; match = step.exec(reason)) {
    const [whole, name, label, number] = match
    sides = unwrapped(sides, path)
    path.push(name!)
    const inner = (side: Part): Part => side && follow(side, name!, label ?? number ?? '')
    sides = [inner(sides[0]), inner(sides[1])]
    reason = reason.slice(whole.length)
  }
  unwrapped(sides, path)
  return { path, reason }
}

function partOf(type: ExternType | undefined): Part {
  const entity: TypeEntity | ExternType | undefined = type?.kind === 'type' ? type.type : type
  if (entity === undefined) return undefined
  if (entity.kind === 'function') return entity
  return entity.kind !== 'core-module' && entity.kind !== 'value' && isValueType(entity) ? entity : undefined
}

/** Goes into lists and options as long as both sides are the same. */
function unwrapped([a, b]: readonly [Part, Part], path: string[]): readonly [Part, Part] {
  let sides: readonly [Part, Part] = [a, b]
  for (;;) {
    const [one, other] = sides
    if (one?.kind === 'list' && other?.kind === 'list' && one.length === other.length) {
      path.push('list element')
      sides = [one.element, other.element]
    } else if (one?.kind === 'option' && other?.kind === 'option') {
      path.push('option')
      sides = [one.type, other.type]
    } else return sides
  }
}

/** @param step as the checker calls it: ``record field `x` `` */
function follow(type: ValueType | FunctionType, step: string, name: string): Part {
  switch (type.kind) {
    case 'function':
      if (step === 'result type') return type.result
      return type.parameters.find((each) => each.name === name)?.type
    case 'record':
      return type.fields.find((each) => each.name === name)?.type
    case 'variant':
      return type.cases.find((each) => each.name === name)?.type
    case 'tuple':
      return type.types[Number(name)]
    case 'result':
      return step === 'ok variant' ? type.ok : type.error
    case 'map':
      return step === 'map key' ? type.key : type.value
    case 'stream':
    case 'future':
      return type.element
    default:
      return undefined
  }
}
