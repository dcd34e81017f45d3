import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode } from '../binary/decode.ts'
import { validate } from '../validation/validate.ts'
import { parseWat } from '../wat/index.ts'
import { Composition } from './composition.ts'
import { encodeComposition } from './encode-composition.ts'

test('methods of a resource that is exported again mention it by its name there', () => {
  const component = parseWat(`(component
    (import "a:b/io" (instance $io
      (export "s" (type $s (sub resource)))
      (export "[method]s.read" (func (param "self" (borrow $s))))))
    (export "a:b/io" (instance $io)))`)
  const [composition] = new Composition().add('c:d', component).instantiate('c:d')
  for (const packages of ['import', 'nest'] as const) {
    const { imports } = validate(decode(encodeComposition(composition, { packages })))
    assert.ok(imports.has('a:b/io'), packages)
  }
})
