import assert from 'node:assert/strict'
import { test } from 'node:test'
import { camelCase, pascalCase, propertyNames } from './js-name.ts'

test('kebab case becomes camel and Pascal case', () => {
  assert.deepEqual(['get-value', 'is-XML', 'HTTP3', 'a-1'].map(camelCase), [
    'getValue',
    'isXml',
    'http3',
    'a1',
  ])
  assert.deepEqual(['input-stream', 'URL', 'x'].map(pascalCase), ['InputStream', 'Url', 'X'])
})

test('labels that share a camelCase name keep their own', () => {
  assert.deepEqual(propertyNames(['a-1', 'b-c', 'a1']), ['a-1', 'bC', 'a1'])
})
