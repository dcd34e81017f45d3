/** Worlds as component types, and component types as worlds. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { encode } from '../../src/binary/encode.ts'
import { readWitSources } from '../../src/cli/read-wit.ts'
import type { ComponentType, InstanceType, TypeExtern } from '../../src/component/extern-type.ts'
import { validate } from '../../src/validation/validate.ts'
import { encodePackage } from '../../src/wit/encode-package.ts'
import type { WitPackage } from '../../src/wit/package.ts'
import { type ResolvedWit, resolveWit } from '../../src/wit/resolve.ts'
import { interfaceOf } from '../../src/wit/interface-of.ts'
import { worldOf } from '../../src/wit/world-of.ts'
import { interfaceType, worldType } from '../../src/wit/world-type.ts'
import { readWasi } from './read-wasi.ts'

const folder = fileURLToPath(new URL('../../../shared/conformance/wit/ui/', import.meta.url))
const skip = !existsSync(folder) && 'there is no ../shared/conformance beside this checkout'

/** As text; components have no such types. */
const notValid: ReadonlySet<string> = new Set(['multi-file', 'types', 'union-fuzz-2', 'use-chain'])

describe('types of worlds and interfaces', { skip }, () => {
  for (const [name, sources] of readWasi())
    it(`wasi ${name}`, () => assertSame(resolveWit(sources, { features: 'all' })))

  const files = skip ? [] : readdirSync(folder).filter((name) => name.endsWith('.wit.json'))
  for (const file of files) {
    const name = file.slice(0, -'.wit.json'.length)
    if (notValid.has(name)) continue
    it(name, () => {
      const path = ['', '.wit', '.wat'].map((end) => folder + name + end).find((each) => existsSync(each))!
      assertSame(resolveWit(readWitSources(path), { features: new Set(['active']) }))
    })
  }
})

/** The same as the checker says of their binary form, and the same again after they were a world. */
function assertSame({ packages }: ResolvedWit): void {
  for (const each of packages) {
    const checked = typesIn(each)
    for (const [name, one] of each.interfaces) {
      const type = interfaceType(one)
      assert.deepEqual(type, checked.get(name))
      assert.deepEqual(interfaceType(interfaceOf(type).interface), type)
    }
    for (const [name, world] of each.worlds) {
      const type = worldType(world)
      const [inner] = checked.get(name)!.exports.values()
      assert.deepEqual(type, inner)
      assert.deepEqual(worldType(worldOf(type).world), type)
    }
  }
}

/** Of a package in binary form: by interface or world. */
function typesIn(one: WitPackage): ReadonlyMap<string, ComponentType> {
  const { exports } = validate(decode(encode(encodePackage(one))))
  return new Map(
    Array.from(exports, ([name, extern]) => [name, (extern as TypeExtern).type as ComponentType]),
  )
}

it('each import and each export has resource types of its own', () => {
  const text = 'package a:b; interface i { resource r; f: func() -> r; } world w { import i; export i; }'
  const world = resolveWit({ files: [{ name: 'w.wit', text }] }).main.worlds.get('w')!
  const types = [worldType(world), worldType(world)].flatMap(({ imports, exports }) =>
    [imports, exports].map((each) => {
      const { exports: items } = each.get('a:b/i') as InstanceType
      const resource = items.get('r') as TypeExtern
      const f = items.get('f')
      assert.ok(f?.kind === 'function')
      assert.equal(f.result, resource.handles!.own)
      return resource.type
    }),
  )
  assert.equal(new Set(types).size, 4)
})
