import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FunctionType } from './extern-type.ts'
import type { TypeIndex } from './indices.ts'
import { primitive, resolveFunctionType, resolveValueType, type TypeEntity } from './resolve-type.ts'
import type { RecordType, ResourceType } from './value-type.ts'

const index = (at: number): TypeIndex => at as TypeIndex
const record: RecordType = { kind: 'record', fields: [{ name: 'a', type: primitive('u8') }] }
const resource: ResourceType = { kind: 'resource', name: 'r' }
const callback: FunctionType = { kind: 'function', async: false, parameters: [], result: undefined }
const types: readonly TypeEntity[] = [record, resource, callback]
const lookup = (at: TypeIndex): TypeEntity => types[at]!

test('parts are what the lookup says, not copies', () => {
  const type = resolveValueType({ kind: 'result', ok: index(0), error: 'string' }, lookup)
  assert.ok(type.kind === 'result')
  assert.equal(type.ok, record)
  assert.equal(type.error, primitive('string'))
  const own = resolveValueType({ kind: 'own', type: index(1) }, lookup)
  assert.ok(own.kind === 'own' && own.resource === resource)
})

test('every definition is an object of its own', () => {
  const define = () => resolveValueType({ kind: 'primitive', type: 'u8' }, lookup)
  assert.deepEqual(define(), define())
  assert.notEqual(define(), define())
})

test('functions', () => {
  const type = resolveFunctionType(
    { kind: 'function', async: true, parameters: [{ name: 'r', type: index(0) }], result: 'bool' },
    lookup,
  )
  assert.deepEqual(type, {
    kind: 'function',
    async: true,
    parameters: [{ name: 'r', type: record }],
    result: { kind: 'bool' },
  })
})

test('sorts of types are told apart', () => {
  assert.throws(() => resolveValueType({ kind: 'option', type: index(2) }, lookup), {
    message: /^type index 2 is not a defined type: it is a function type/,
  })
  assert.throws(() => resolveValueType({ kind: 'borrow', type: index(0) }, lookup), {
    message: /^type index 0 is not a resource type: it is the value type record/,
  })
})
