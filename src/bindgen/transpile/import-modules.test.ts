import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compile } from '../../compile/compile.ts'
import { decode } from '../../binary/index.ts'
import { parseWat } from '../../wat/index.ts'
import { importedModules } from './import-modules.ts'

const imports = compile(
  decode(
    parseWat(`(component
      (import "slugify" (external-id "https://example.com/slugify@1.6.6") (func))
      (import "users" (implements "docs:storage/store") (external-id "production:users") (instance (export "f" (func))))
      (import "catalog" (implements "docs:storage/store") (external-id "production:catalog") (instance (export "f" (func))))
      (import "wasi:cli/stdin@0.2.3" (instance (export "f" (func))))
      (import "docs:types/types" (instance (type $t (enum "a")) (export "t" (type (eq $t))))))`),
  ),
).imports

test('imports are looked up by what others call them, by their names, and by what they implement', () => {
  const found = importedModules(imports, {
    'https://example.com/slugify@1.6.6': 'slugify',
    users: './wrong.js',
    'production:users': './users.js',
    'docs:storage/store': './store.js',
  })
  assert.deepEqual(
    found.map(({ name, specifier, instance }) => [name, specifier, instance]),
    [
      ['slugify', 'slugify', false],
      ['users', './users.js', true],
      ['catalog', './store.js', true],
      ['wasi:cli/stdin@0.2.3', 'tenon/esm/wasi', true],
    ],
  )
})

test('an external-id by itself leads nowhere', () => {
  assert.throws(() => importedModules(imports, { users: './users.js', catalog: './catalog.js' }), {
    code: 'link',
    message: /which module an import comes from:\n {2}`slugify`: `func\(\)`\n/,
  })
})
