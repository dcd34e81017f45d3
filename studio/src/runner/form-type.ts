import type { ValueType } from 'tenon'
import { printType } from 'tenon/wit'
import type { FormType } from '../contract/run.ts'

/** The name under which an interface exports a type. */
export type NameOfType = (type: ValueType) => string | undefined

/** Types as forms need them. Types share their parts, and so do forms. */
export class FormTypes {
  readonly #nameOf: NameOfType
  readonly #known = new Map<ValueType, FormType>()

  constructor(nameOf: NameOfType) {
    this.#nameOf = nameOf
  }

  of(type: ValueType): FormType {
    const known = this.#known.get(type)
    if (known) return known
    const made = this.#make(type)
    this.#known.set(type, made)
    return made
  }

  #optional(type: ValueType | undefined): FormType | undefined {
    return type && this.of(type)
  }

  #make(type: ValueType): FormType {
    const name = this.#nameOf(type)
    const named = name === undefined ? {} : { name }
    switch (type.kind) {
      case 'bool':
      case 'char':
      case 'string':
      case 'error-context':
        return { kind: type.kind }
      case 's8':
      case 'u8':
        return { kind: 'integer', bits: 8, signed: type.kind === 's8' }
      case 's16':
      case 'u16':
        return { kind: 'integer', bits: 16, signed: type.kind === 's16' }
      case 's32':
      case 'u32':
        return { kind: 'integer', bits: 32, signed: type.kind === 's32' }
      case 's64':
      case 'u64':
        return { kind: 'integer', bits: 64, signed: type.kind === 's64' }
      case 'f32':
      case 'f64':
        return { kind: 'float', bits: type.kind === 'f32' ? 32 : 64 }
      case 'record': {
        const fields = type.fields.map((field) => ({ name: field.name, type: this.of(field.type) }))
        return { kind: 'record', ...named, fields }
      }
      case 'tuple':
        return { kind: 'tuple', types: type.types.map((part) => this.of(part)) }
      case 'variant': {
        const cases = type.cases.map((one) => ({ name: one.name, type: this.#optional(one.type) }))
        return { kind: 'variant', ...named, cases }
      }
      case 'enum':
      case 'flags':
        return { kind: type.kind, ...named, names: type.names }
      case 'option':
        return { kind: 'option', type: this.of(type.type) }
      case 'result':
        return { kind: 'result', ok: this.#optional(type.ok), error: this.#optional(type.error) }
      case 'list':
        return { kind: 'list', type: this.of(type.element), length: type.length }
      case 'map':
        return { kind: 'map', key: this.of(type.key), value: this.of(type.value) }
      case 'own':
      case 'borrow':
        return { kind: type.kind, resource: type.resource.name ?? 'resource' }
      case 'stream':
      case 'future':
        return { kind: 'unsupported', type: printType(type) }
    }
  }
}
