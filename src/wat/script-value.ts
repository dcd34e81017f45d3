import type { Source } from '../diagnostics/source.ts'
import { type Node, stringText, watError } from './s-expression.ts'

export type IntegerKind = 's8' | 'u8' | 's16' | 'u16' | 's32' | 'u32' | 's64' | 'u64'

/** A component value as reference scripts write it: `(u32.const 1)`, `(record.const (field "a" bool.const true))` … */
export type ScriptValue =
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: IntegerKind; readonly value: bigint }
  | { readonly kind: 'f32' | 'f64'; readonly value: number }
  | { readonly kind: 'char' | 'string'; readonly value: string }
  | { readonly kind: 'list' | 'tuple'; readonly values: readonly ScriptValue[] }
  | {
      readonly kind: 'record'
      readonly fields: readonly { readonly name: string; readonly value: ScriptValue }[]
    }
  | { readonly kind: 'variant'; readonly name: string; readonly value: ScriptValue | undefined }
  | { readonly kind: 'enum'; readonly name: string }
  | { readonly kind: 'flags'; readonly names: readonly string[] }
  | { readonly kind: 'option' | 'ok' | 'err'; readonly value: ScriptValue | undefined }

/** Reads a value in parentheses. */
export function readScriptValue(source: Source, node: Node): ScriptValue {
  if (node.kind !== 'list') throw watError(source, node.span, 'expected a value such as `(u32.const 1)`')
  return readItems(source, node.items, node)
}

/** Reads a value whose parentheses stand around it or, as in `(field "n" u32.const 7)`, around more than it. */
function readItems(source: Source, items: readonly Node[], outer: Node): ScriptValue {
  const [head, ...rest] = items
  if (head?.kind === 'list' && rest.length === 0) return readScriptValue(source, head)
  if (head?.kind !== 'atom')
    throw watError(source, (head ?? outer).span, 'expected a value such as `u32.const 1`')
  return new ValueReader(source, head, rest).read()
}

class ValueReader {
  readonly #source: Source
  readonly #head: Node & { readonly kind: 'atom' }
  readonly #rest: readonly Node[]

  constructor(source: Source, head: Node & { readonly kind: 'atom' }, rest: readonly Node[]) {
    this.#source = source
    this.#head = head
    this.#rest = rest
  }

  read(): ScriptValue {
    switch (this.#head.text) {
      case 'bool.const':
        return { kind: 'bool', value: this.#bool() }
      case 's8.const':
      case 'u8.const':
      case 's16.const':
      case 'u16.const':
      case 's32.const':
      case 'u32.const':
      case 's64.const':
      case 'u64.const': {
        const kind = this.#head.text.replace('.const', '') as IntegerKind
        return { kind, value: this.#integer(kind) }
      }
      case 'f32.const':
        return { kind: 'f32', value: Math.fround(this.#float()) }
      case 'f64.const':
        return { kind: 'f64', value: this.#float() }
      case 'char.const':
        return { kind: 'char', value: this.#name(this.#single()) }
      case 'str.const':
        return { kind: 'string', value: this.#name(this.#single()) }
      case 'list.const':
        return { kind: 'list', values: this.#values() }
      case 'tuple.const':
        return { kind: 'tuple', values: this.#values() }
      case 'record.const':
        return { kind: 'record', fields: this.#rest.map((field) => this.#field(field)) }
      case 'variant.const':
        return { kind: 'variant', name: this.#name(this.#rest[0]), value: this.#payload(1) }
      case 'enum.const':
        return { kind: 'enum', name: this.#name(this.#single()) }
      case 'flags.const':
        return { kind: 'flags', names: this.#rest.map((flag) => this.#name(flag)) }
      case 'option.none':
        return { kind: 'option', value: undefined }
      case 'option.some':
        return {
          kind: 'option',
          value: this.#payload(0) ?? this.#fail('expected a value after `option.some`'),
        }
      case 'result.ok':
        return { kind: 'ok', value: this.#payload(0) }
      case 'result.err':
        return { kind: 'err', value: this.#payload(0) }
      default:
        return this.#fail(`unknown value \`${this.#head.text}\``)
    }
  }

  #bool(): boolean {
    const text = this.#atom()
    if (text !== 'true' && text !== 'false') this.#fail('expected `true` or `false`')
    return text === 'true'
  }

  #integer(kind: IntegerKind): bigint {
    const text = this.#atom().replaceAll('_', '')
    const [, sign, digits] =
      /^([+-]?)(0x[0-9a-fA-F]+|[0-9]+)$/.exec(text) ?? this.#fail(`expected an integer`)
    const value = sign === '-' ? -BigInt(digits!) : BigInt(digits!)
    const bits = Number(kind.slice(1))
    const fits = kind[0] === 'u' ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value)
    return fits === value ? value : this.#fail(`${text} is out of range for ${kind}`)
  }

  #float(): number {
    const text = this.#atom().replaceAll('_', '')
    const [, sign, magnitude] = /^([+-]?)(.*)$/.exec(text)!
    const value = parseMagnitude(magnitude!) ?? this.#fail('expected a floating-point number')
    return sign === '-' ? -value : value
  }

  #values(): ScriptValue[] {
    return this.#rest.map((value) => readScriptValue(this.#source, value))
  }

  /** `(field "name" value)` */
  #field(node: Node): { name: string; value: ScriptValue } {
    if (node.kind !== 'list') return this.#fail('expected `(field "name" value)`', node)
    const [keyword, name, ...value] = node.items
    if (keyword?.kind !== 'atom' || keyword.text !== 'field')
      this.#fail('expected `(field "name" value)`', node)
    return { name: this.#name(name), value: readItems(this.#source, value, node) }
  }

  /** The value that follows the first `skip` items, if there is one. */
  #payload(skip: number): ScriptValue | undefined {
    const items = this.#rest.slice(skip)
    return items.length === 0 ? undefined : readItems(this.#source, items, this.#head)
  }

  #single(): Node {
    return this.#rest.length === 1
      ? this.#rest[0]!
      : this.#fail(`expected one operand for \`${this.#head.text}\``)
  }

  #atom(): string {
    const node = this.#single()
    return node.kind === 'atom' ? node.text : this.#fail('expected a number or keyword', node)
  }

  #name(node: Node | undefined): string {
    return node?.kind === 'string' ? stringText(this.#source, node) : this.#fail('expected a string', node)
  }

  #fail(message: string, node: Node = this.#head): never {
    throw watError(this.#source, node.span, message)
  }
}

/** Decimal and hexadecimal floats, `inf`, and all forms of `nan`: components see only one NaN. */
function parseMagnitude(text: string): number | undefined {
  if (text === 'inf') return Number.POSITIVE_INFINITY
  if (/^nan(:canonical|:arithmetic|:0x[0-9a-fA-F]+)?$/.test(text)) return Number.NaN
  if (/^[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?$/.test(text)) return Number(text)
  const hex = /^0x([0-9a-fA-F]+)(?:\.([0-9a-fA-F]*))?(?:[pP]([+-]?[0-9]+))?$/.exec(text)
  if (!hex) return undefined
  const [, whole, fraction = '', exponent = '0'] = hex
  return Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length)
}
