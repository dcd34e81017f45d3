/** Values that are typed as one text: what is wrong with the text, and what it stands for. */
import type { FormType } from '../../contract/run.ts'
import { brief } from '../brief.ts'

export type LeafType =
  | { readonly kind: 'char' | 'string' }
  | Extract<
      FormType,
      { readonly kind: 'integer' } | { readonly kind: 'float' } | { readonly resource: string }
    >

const leafKinds: ReadonlySet<FormType['kind']> = new Set<LeafType['kind']>([
  'char',
  'string',
  'integer',
  'float',
  'own',
  'borrow',
])

export function isLeaf(type: FormType): type is LeafType {
  return leafKinds.has(type.kind)
}

/** A resource of the side panel, as a value. */
export interface ResourceNumber {
  readonly resource: number
}

export type Read<T> = { readonly value: T } | { readonly problem: string }

/**
 * @example
 * readLeaf({ kind: 'integer', bits: 8, signed: false }, '300')
 * // { problem: 'u8 is an integer from 0 to 255.' }
 */
export function readLeaf(type: LeafType, text: string): Read<unknown> {
  switch (type.kind) {
    case 'integer':
      return readInteger(type, text.trim())
    case 'float':
      return readFloat(type, text.trim().toLowerCase())
    case 'char':
      return readChar(text)
    case 'string':
      return text.isWellFormed() ? { value: text } : { problem: 'Half of a surrogate pair is no character.' }
    case 'own':
    case 'borrow': {
      const number = /^#(\d{1,15})$/.exec(text.trim())?.[1]
      if (number === undefined)
        return { problem: `Choose one of the live resources of type ${brief(type.resource)}.` }
      return { value: { resource: Number(number) } satisfies ResourceNumber }
    }
  }
}

function readInteger(type: LeafType & { kind: 'integer' }, text: string): Read<number | bigint> {
  const { least, greatest } = rangeOf(type)
  const range = `${typeName(type)} is an integer from ${least} to ${greatest}.`
  if (text === '') return { problem: `Empty: ${range}` }
  // A text of a million digits is out of range without being converted.
  const isInteger = /^[-+]?\d{1,40}$|^0x[0-9a-f]{1,16}$/i.test(text)
  if (!isInteger) return { problem: range }
  const value = BigInt(text.replace(/^\+/, ''))
  if (value < least || value > greatest) return { problem: range }
  return { value: type.bits === 64 ? value : Number(value) }
}

export function rangeOf({ bits, signed }: LeafType & { kind: 'integer' }): {
  readonly least: bigint
  readonly greatest: bigint
} {
  const span = 1n << BigInt(bits)
  return signed ? { least: -span / 2n, greatest: span / 2n - 1n } : { least: 0n, greatest: span - 1n }
}

const words: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '+inf': Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
}

function readFloat(type: LeafType & { kind: 'float' }, text: string): Read<number> {
  const word = Object.hasOwn(words, text) ? words[text] : undefined
  if (word !== undefined) return { value: word }
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(text) || text.length > 1_000)
    return { problem: `${typeName(type)} is a decimal number (6.02e23), nan, inf or -inf.` }
  const value = type.bits === 32 ? Math.fround(Number(text)) : Number(text)
  if (!Number.isFinite(value))
    return { problem: `This is beyond the largest ${typeName(type)}: write inf where that is meant.` }
  return { value }
}

function readChar(text: string): Read<string> {
  const count = [...text.slice(0, 100)].length
  if (count === 0) return { problem: 'Empty: a char is exactly one character.' }
  if (count > 1)
    return {
      problem: `A char is exactly one Unicode character, and this is ${text.length > 100 ? 'many' : count}.`,
    }
  return text.isWellFormed() ? { value: text } : { problem: 'Half of a surrogate pair is no character.' }
}

function typeName(type: LeafType & { kind: 'integer' | 'float' }): string {
  return type.kind === 'float' ? `f${type.bits}` : `${type.signed ? 's' : 'u'}${type.bits}`
}
