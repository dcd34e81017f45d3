import type { ComponentType, ExternType } from '../component/extern-type.ts'
import { isValueType } from '../component/resolve-type.ts'
import type { TypeDifference } from '../errors.ts'
import { mismatchPath } from '../validation/mismatch-path.ts'
import { printFunction } from '../wit/print-function.ts'
import { printType, type TypeNames } from '../wit/print-type.ts'

/** How the checker says that the difference is further inside, and what is inside. */
const steps: readonly { readonly words: RegExp; readonly step: Step }[] = [
  { words: /^type mismatch in instance export `([^`]*)`: /, step: exportOf },
  { words: /^type mismatch for export `([^`]*)`: /, step: exportOf },
  { words: /^type mismatch for import `([^`]*)`: /, step: importOf },
]

type Step = (type: ExternType, name: string) => ExternType | undefined

/**
 * What the checker says of two types that do not match (`type mismatch in instance export …: …`), taken apart: the way to
 * what differs, and both sides as they are at the innermost export or import on it.
 */
export function typeDifference(actual: ExternType, expected: ExternType, words: string): TypeDifference {
  const path: string[] = []
  let sides: readonly [ExternType | undefined, ExternType | undefined] = [actual, expected]
  let reason = words
  for (let next = innerStep(reason); next; next = innerStep(reason)) {
    const { name, step, length } = next
    path.push(name)
    sides = [sides[0] && step(sides[0], name), sides[1] && step(sides[1], name)]
    reason = reason.slice(length)
  }
  const [found, wanted] = sides.map((side) => side && printExtern(side))
  const inner = mismatchPath(reason, ...sides)
  return { path: [...path, ...inner.path], reason: inner.reason, expected: wanted, found }
}

function innerStep(
  words: string,
): { readonly name: string; readonly step: Step; readonly length: number } | undefined {
  for (const { words: pattern, step } of steps) {
    const match = pattern.exec(words)
    if (match) return { name: match[1]!, step, length: match[0].length }
  }
  return undefined
}

function exportOf(type: ExternType, name: string): ExternType | undefined {
  const inner = type.kind === 'type' ? type.type : type
  return inner.kind === 'instance' || inner.kind === 'component' ? inner.exports.get(name) : undefined
}

/** Of a component it is the imports that are compared the other way round; what they are called is the same. */
function importOf(type: ExternType, name: string): ExternType | undefined {
  const inner = type.kind === 'type' ? type.type : type
  return inner.kind === 'component' ? inner.imports.get(name) : undefined
}

/** Most exports that are listed of an instance. */
const listed = 12
/** Parts of a type that are spelled out: types share theirs, and texts of them do not. */
const spelledOut = 1_000

/**
 * A type in one line of WIT, or of words where WIT has none; of instances the names of what they export, up to twelve.
 *
 * @example
 * printExtern({ kind: 'instance', exports: new Map([['run', {}]]) }) // instance { run }
 */
export function printExtern(type: ExternType): string {
  switch (type.kind) {
    case 'function':
      return printFunction(type, bounded())
    case 'instance':
      return `instance ${printNames(type.exports)}`
    case 'component':
      return printComponent(type)
    case 'core-module':
      return 'core module'
    case 'value':
      return `value ${printType(type.type, bounded())}`
    case 'type': {
      const named = type.type
      if (named.kind === 'resource') return 'resource'
      if (named.kind === 'instance') return `interface ${printNames(named.exports)}`
      if (named.kind === 'component') return `type of a ${printComponent(named)}`
      return `type ${isValueType(named) ? printType(named, bounded()) : printFunction(named, bounded())}`
    }
  }
}

function bounded(): TypeNames {
  let room = spelledOut
  return () => (room-- > 0 ? undefined : '…')
}

function printComponent({ imports, exports }: ComponentType): string {
  return `component that imports ${printNames(imports)} and exports ${printNames(exports)}`
}

function printNames(externs: ReadonlyMap<string, ExternType>): string {
  const names = [...externs.keys()]
  if (names.length === 0) return '{}'
  const shown = names.length > listed ? [...names.slice(0, listed), '…'] : names
  return `{ ${shown.join(', ')} }`
}
