/** The definitions that generated components are made of. */
import { encode } from '../../src/binary/encode.ts'
import type {
  Component,
  Declaration,
  Definition,
  ExternName,
  ExternTypeSyntax,
  LabelledType,
  SortIndex,
  TypeSyntax,
  ValueTypeReference,
  ValueTypeSyntax,
} from '../../src/component/component.ts'
import type { InstanceIndex, TypeIndex } from '../../src/component/indices.ts'

/** A component of at least so many bytes, of components that `make` gives the definitions of, by their numbers. */
export function filled(bytes: number, make: (number: number) => readonly Definition[]): Uint8Array {
  const parts: Definition[] = []
  for (let size = 0; size < bytes; ) {
    const definitions = make(parts.length)
    size += encode(component(definitions)).length
    parts.push(nested(definitions))
  }
  return encode(component(parts))
}

export function component(definitions: readonly Definition[]): Component {
  return { bytes: new Uint8Array(), range: { start: 0, end: 0 }, definitions }
}

export function nested(definitions: readonly Definition[]): Definition {
  return { kind: 'component', offset: 0, component: component(definitions) }
}

export function alias(sort: 'type' | 'func' | 'instance', from: number, name: string): Definition {
  return { kind: 'alias', offset: 0, sort, target: { kind: 'export', instance: from as InstanceIndex, name } }
}

export function exported(name: string, item: SortIndex): Definition {
  return { kind: 'export', offset: 0, name: named(name), item, type: undefined }
}

export function instance(index: number): SortIndex {
  return { sort: 'instance', index }
}

export function named(name: string): ExternName {
  return { name, prefix: 0, attributes: [] }
}

/** The declarations of a component or instance type, one after the other: each type gets the next index. */
export class Declarations {
  readonly list: Declaration[] = []
  #types = 0

  define(type: TypeSyntax): TypeIndex {
    this.list.push({ kind: 'type', offset: 0, type })
    return this.#nextType()
  }

  value(type: ValueTypeSyntax): TypeIndex {
    return this.define({ kind: 'value', type })
  }

  /** An export of a type that was defined before. */
  name(label: string, index: TypeIndex): TypeIndex {
    this.#export(label, { kind: 'type', bound: { kind: 'eq', index } })
    return this.#nextType()
  }

  resource(label: string): TypeIndex {
    this.#export(label, { kind: 'type', bound: { kind: 'sub-resource' } })
    return this.#nextType()
  }

  function(name: string, { async = false, parameters, result }: Signature): void {
    this.#export(name, {
      kind: 'function',
      type: this.define({ kind: 'function', async, parameters, result }),
    })
  }

  #export(name: string, type: ExternTypeSyntax): void {
    this.list.push({ kind: 'export', offset: 0, name: named(name), type })
  }

  #nextType(): TypeIndex {
    return this.#types++ as TypeIndex
  }
}

export interface Signature {
  readonly async?: boolean
  readonly parameters: readonly LabelledType[]
  readonly result: ValueTypeReference | undefined
}
