/** Functions as TypeScript: who implements them and who calls them decides what they take and return. */
import type { FunctionType } from '../../component/extern-type.ts'
import type { Field, ValueType } from '../../component/value-type.ts'
import { parameterNames } from './identifiers.ts'
import { mayBeUndefined, type Position, printValueType, type TypeNames } from './value-type.ts'

/**
 * Who implements a function, and on which side of it the declarations are: `host-import` is what a host implements, `host-export` what it
 * calls; `guest-import` is what a guest calls, `guest-export` what it implements.
 */
export type Role = 'host-import' | 'host-export' | 'guest-import' | 'guest-export'

export interface Signature {
  /** `(a: number, b?: string | undefined)` */
  readonly parameters: string
  readonly result: string
}

/**
 * @param self drops the first parameter, which is what a method is called on
 * @example
 * const names = { nameOf: () => undefined, global: (name) => name, streamable: () => 'Streamable', remember: (type, position, print) => print() }
 * const type = { kind: 'function', async: false, parameters: [{ name: 'at', type: u32 }], result: string }
 * printSignature(type, 'host-export', names).parameters // (at: number)
 * printSignature(type, 'host-import', names).result // string | Promise<string>
 */
export function printSignature(
  type: FunctionType,
  role: Role,
  names: TypeNames,
  { self = false }: { readonly self?: boolean } = {},
): Signature {
  const parameters = self ? type.parameters.slice(1) : type.parameters
  return {
    parameters: `(${printParameters(parameters, role, names).join(', ')})`,
    result: printResult(type, role, names),
  }
}

/** What a caller need not pass is at the end, and may be undefined. */
function printParameters(parameters: readonly Field[], role: Role, names: TypeNames): readonly string[] {
  const calls = role === 'host-export' || role === 'guest-import'
  const required = parameters.findLastIndex(({ type }) => !mayBeUndefined(type)) + 1
  const labels = parameterNames(parameters.map(({ name }) => name))
  return parameters.map(({ type }, i) => {
    const mark = calls && i >= required ? '?' : ''
    return `${labels[i]}${mark}: ${printValueType(type, positionOf(role, calls), names)}`
  })
}

function printResult(type: FunctionType, role: Role, names: TypeNames): string {
  const result = returned(type)
  const value = (part: ValueType): string =>
    printValueType(part, positionOf(role, role === 'host-import' || role === 'guest-export'), names)
  const promise = (text: string): string => `${names.global('Promise')}<${text}>`
  const calls = role === 'host-export' || role === 'guest-import'
  const settled = type.async && calls ? withoutFutures(result) : result
  const text = settled === undefined ? 'void' : value(settled)
  // What a promise of a future would be, a future is.
  if (role === 'host-import') return settled?.kind === 'future' ? text : `${text} | ${promise(text)}`
  return type.async ? promise(text) : text
}

/** A promise of a promise is none in JavaScript: who awaits one gets what the other brings. */
function withoutFutures(type: ValueType | undefined): ValueType | undefined {
  return type?.kind === 'future' ? withoutFutures(type.element) : type
}

/** What it returns: of a `result` the ok case, for the other one is thrown. */
export function returned({ result }: FunctionType): ValueType | undefined {
  return result?.kind === 'result' ? result.ok : result
}

/** What it throws as the payload of a ComponentError; undefined where its type has no error case. */
export function printThrown({ result }: FunctionType, names: TypeNames): string | undefined {
  if (result?.kind !== 'result') return undefined
  const payload = result.error ? printValueType(result.error, 'either', names) : 'undefined'
  return `@throws {ComponentError} with \`payload: ${payload}\``
}

/** Guests are served by other tools, which may take less. */
function positionOf(role: Role, passes: boolean): Position {
  if (role.startsWith('guest')) return 'either'
  return passes ? 'passed' : 'received'
}
