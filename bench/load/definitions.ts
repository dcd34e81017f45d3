/** The definitions that generated components are made of. */
import { encode } from '../../src/binary/encode.ts'
import type { Component, Definition, ExternName, SortIndex } from '../../src/component/component.ts'
import type { InstanceIndex } from '../../src/component/indices.ts'

/** A component of at least so many bytes, of components that `make` gives the definitions of. */
export function repeated(bytes: number, make: () => readonly Definition[]): Uint8Array {
  const count = Math.ceil(bytes / encode(component(make())).length)
  return encode(component(Array.from({ length: count }, () => nested(make()))))
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
