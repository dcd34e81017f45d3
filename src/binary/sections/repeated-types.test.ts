import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TypeSyntax } from '../../component/component.ts'
import { ByteWriter } from '../byte-writer.ts'
import { decode } from '../decode.ts'
import { encode } from '../encode.ts'

const preamble = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]

/** `(instance (type (flags …)) (export NAME (type (eq 0))))`; the index is padded. */
function instanceType(name: string): Uint8Array {
  return new ByteWriter()
    .bytes([0x42, 2, 0x01, 0x6e, 3])
    .name('first-of-all-of-the-flags')
    .name('second')
    .name('third')
    .bytes([0x04, 0x00])
    .name(name)
    .bytes([0x03, 0x00, 0x80, 0x00])
    .finish()
}

function componentOf(types: readonly Uint8Array[]): Uint8Array {
  return new ByteWriter()
    .bytes(preamble)
    .section(7, (section) => section.vector(types, (type) => section.bytes(type)))
    .finish()
}

function typesOf(bytes: Uint8Array): readonly TypeSyntax[] {
  return decode(bytes).definitions.map((definition) => {
    assert.equal(definition.kind, 'type')
    return definition.type
  })
}

test('types of the same bytes share their declarations', () => {
  const name = 'some-name-that-is-not-all-too-short'
  const types = typesOf(componentOf([name, `${name}s`, name].map(instanceType)))
  const [first, other, second] = types.map((type) =>
    type.kind === 'instance' ? type.declarations : undefined,
  )
  assert.equal(second, first)
  assert.notEqual(other, first)
  assert.equal(other?.length, 2)
})

test('of many types that begin alike, those that stood last are found', () => {
  const names = Array.from({ length: 100 }, (_, i) => `a-name-that-begins-as-the-others-do-${i}`)
  const types = typesOf(componentOf([...names, ...names.slice(-9)].map(instanceType)))
  const declarations = types.map((type) => (type.kind === 'instance' ? type.declarations : undefined))
  assert.equal(new Set(declarations).size, 100)
  for (const [i, again] of declarations.slice(-9).entries()) assert.equal(again, declarations[91 + i])
})

test('what is repeated is encoded as it was, padding included', () => {
  const name = 'some-name-that-is-not-all-too-short'
  const bytes = componentOf([name, 'another', name, name].map(instanceType))
  assert.deepEqual(encode(decode(bytes)), bytes)
})

test('a type that ends beyond its section is not found', () => {
  const type = instanceType('some-name-that-is-not-all-too-short')
  const bytes = componentOf([type, type])
  // One byte less of the section, and of the file.
  const cut = Uint8Array.from(bytes.subarray(0, -1))
  cut[9]! -= 1
  assert.throws(() => decode(cut), { code: 'decode', message: /^unexpected end-of-file/ })
})
