import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ValueType } from '../../component/value-type.ts'
import type { WitFunction, WitWorld } from '../../wit/package.ts'
import { resolveWit } from '../../wit/resolve.ts'
import { func, list, tuple, u8 } from '../../../test/support/type-builders.ts'
import { generateTypes } from './generate-types.ts'
import { guestTypes } from './guest-types.ts'
import { moduleTypes } from './module-types.ts'

const home = { namespace: 'a', package: 'b', version: undefined }

/** A world that exports and imports the functions. */
function worldOf(functions: readonly WitFunction[]): WitWorld {
  const items = new Map(functions.map((fn) => [fn.name, fn]))
  const own = { name: 'w', package: home, docs: undefined, stability: undefined }
  return { kind: 'world', ...own, imports: items, exports: items }
}

function functionOf(name: string, type: ValueType): WitFunction {
  const said = { docs: undefined, stability: undefined, externalId: undefined }
  return { kind: 'function', name, type: func([type], type), ...said }
}

test('types that share their parts do not become texts without end', () => {
  let type: ValueType = list(u8)
  for (let depth = 0; depth < 18; depth++) type = tuple(type, type)
  const world = worldOf(Array.from({ length: 100 }, (_, i) => functionOf(`f${i}`, type)))
  for (const generate of [generateTypes, guestTypes, moduleTypes]) {
    const start = performance.now()
    assert.throws(() => generate(world), { code: 'limit', message: /^the declarations would be longer/ })
    assert.ok(performance.now() - start < 5_000)
  }
})

test('a world with much in it', () => {
  const lines = Array.from(
    { length: 3_000 },
    (_, i) => `type t${i} = list<u8>; get${i}: func(a: t${i}) -> t${i};`,
  )
  const users = Array.from(
    { length: 300 },
    (_, i) => `interface user${i} { use big.{t${i} as t}; f: func() -> t; }`,
  )
  const exported = users.map((_, i) => `export user${i};`).join(' ')
  const text = `package a:b; interface big { ${lines.join('\n')} } ${users.join('\n')} world w { import big; export big; ${exported} }`
  const world = resolveWit({ files: [{ name: 'big.wit', text }] }).main.worlds.get('w')!
  assert.equal(generateTypes(world).size, 303)
  assert.equal(guestTypes(world).size, 302)
  assert.match(moduleTypes(world), /export declare const user299: /)
})

test('what the world’s module declares besides', () => {
  const files = generateTypes(worldOf([]), {
    name: 'my-app',
    more: ({ world }) => `export declare const it: ${world}\n`,
  })
  assert.match(
    files.get('my-app.d.ts')!,
    /export interface MyApp \{[^}]*\}\n\nexport declare const it: MyApp\n$/,
  )
})
