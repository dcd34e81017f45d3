/** Components against worlds: the tests of `wit-component`, and what is said of each sort of difference. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { encode } from '../../src/binary/encode.ts'
import { readWitSources } from '../../src/cli/read-wit.ts'
import type { ComponentType } from '../../src/component/extern-type.ts'
import { validate } from '../../src/validation/validate.ts'
import { parseWat } from '../../src/wat/index.ts'
import { encodePackage } from '../../src/wit/encode-package.ts'
import type { WitWorld } from '../../src/wit/package.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { type TargetBreak, targets } from '../../src/wit/targets.ts'
import { worldType } from '../../src/wit/world-type.ts'
import { readWasi } from './read-wasi.ts'

const folder = fileURLToPath(new URL('../../../shared/conformance/wit-component/targets/', import.meta.url))
const skip = !existsSync(folder) && 'there is no ../shared/conformance beside this checkout'

describe('targets of wit-component', { skip }, () => {
  for (const name of skip ? [] : readdirSync(folder)) {
    it(name, () => {
      const component = validate(decode(parseWat(readFileSync(`${folder}${name}/test.wat`, 'utf8'))))
      const { main } = resolveWit(readWitSources(`${folder}${name}/test.wit`))
      const breaks = targets(component, main.worlds.get('foobar')!)
      const error = `${folder}${name}/error.txt`
      if (!existsSync(error)) assert.deepEqual(breaks, [])
      else {
        const [, direction, missing] = /missing (import|export) named `(.*)`/.exec(
          readFileSync(error, 'utf8'),
        )!
        // There, only the first is told.
        const [first] = breaks
        assert.deepEqual([first!.direction, first!.kind, first!.path], [direction, 'missing', [missing]])
      }
    })
  }
})

describe('worlds of WASI', { skip }, () => {
  for (const [name, sources] of readWasi()) {
    it(name, () => {
      const { main } = resolveWit(sources, { features: 'all' })
      for (const world of main.worlds.values()) {
        assert.deepEqual(targets(worldType(world), world), [])
        assert.deepEqual(targets(binaryType(main, world), world), [])
        assert.deepEqual(targets(worldType(world), binaryType(main, world)), [])
      }
    })
  }
})

/** What the checker says of the world's binary form. */
function binaryType(main: Parameters<typeof encodePackage>[0], world: WitWorld): ComponentType {
  const extern = validate(decode(encode(encodePackage(main)))).exports.get(world.name)
  assert.ok(extern?.kind === 'type' && extern.type.kind === 'component')
  const [inner] = extern.type.exports.values()
  assert.ok(inner?.kind === 'component')
  return inner
}

function world(text: string): WitWorld {
  const { main } = resolveWit({ files: [{ name: 'w.wit', text: `package a:b@1.2.0;\n${text}` }] })
  return [...main.worlds.values()].at(-1)!
}

/** Between a component of the first world, and the second. */
function breaksBetween(component: string, target: string): Partial<TargetBreak>[] {
  return targets(worldType(world(component)), world(target)).map(({ path, reason, candidates }) => ({
    path,
    reason,
    ...(candidates.length > 0 && { candidates }),
  }))
}

describe('a component that does not fit', () => {
  const face = (body: string, direction = 'export') => `interface i { ${body} } world w { ${direction} i; }`
  const i = 'a:b/i@1.2.0'
  const cases: [what: string, component: string, target: string, breaks: Partial<TargetBreak>[]][] = [
    ['nothing', face('f: func();'), face('f: func();'), []],
    ['exports more', face('f: func(); g: func();'), face('f: func();'), []],
    ['imports less', face('f: func();', 'import'), face('f: func(); g: func();', 'import'), []],
    [
      'a missing function',
      face('get-valu: func();'),
      face('get-value: func();'),
      [
        {
          path: [i, 'get-value'],
          reason: 'the world has it in this interface, the component does not',
          candidates: ['get-valu'],
        },
      ],
    ],
    [
      'an import that the world does not have',
      'world w { import log: func(); }',
      'world w { import logs: func(); }',
      [{ path: ['log'], reason: 'the world does not import it', candidates: ['logs'] }],
    ],
    [
      'a parameter deep inside',
      face('f: func(x: list<tuple<u8, option<u32>>>);'),
      face('f: func(x: list<tuple<u8, option<u64>>>);'),
      [
        {
          path: [i, 'f', 'function parameter `x`', 'list element', 'tuple field 1', 'option'],
          reason: 'the world has `u64`, the component `u32`',
        },
      ],
    ],
    [
      'a record, said once, and not of each function',
      face('record r { a: u8, b: string } f: func(x: r); g: func() -> r;'),
      face('record r { a: u8, b: char } f: func(x: r); g: func() -> r;'),
      [
        {
          path: [i, 'r', 'record field `b`'],
          reason: 'the world has `char`, the component `string`',
        },
      ],
    ],
    [
      'all of it',
      face('enum e { a, b } f: func(x: u8); h: async func(); i: func() -> u8; j: func();', 'import'),
      face('enum e { b, a } f: func(y: u8); h: func(); i: func(); j: func() -> u8;', 'import'),
      [
        { path: [i, 'e'], reason: 'mismatch in enum elements: the component has `a`, the world `b`' },
        { path: [i, 'f'], reason: 'the component has parameter named `x`, the world `y`' },
        { path: [i, 'h'], reason: 'the component has async function, the world sync function' },
        { path: [i, 'i'], reason: 'the function of the component has a result, that of the world has none' },
        { path: [i, 'j'], reason: 'the function of the world has a result, that of the component has none' },
      ],
    ],
    [
      'a resource that is another one',
      'interface i { resource r; } interface j { resource r; f: func(x: r); } world w { export i; export j; }',
      'interface i { resource r; } interface j { use i.{r}; f: func(x: r); } world w { export i; export j; }',
      [
        { path: ['a:b/j@1.2.0', 'r'], reason: 'resource types are not the same' },
        { path: ['a:b/j@1.2.0', 'f', 'function parameter `x`'], reason: 'resource types are not the same' },
      ],
    ],
  ]
  for (const [what, component, target, breaks] of cases) {
    it(what, () => assert.deepEqual(breaksBetween(component, target), breaks))
  }

  it('both sides are shown, by the names that they have there', () => {
    const [found] = targets(
      worldType(world(face('type t = u8; f: func(x: t, y: u8);', 'import'))),
      world(face('type t = u8; f: func(x: t, y: u16);', 'import')),
    )
    assert.equal(found!.component, 'func(x: t, y: u8)')
    assert.equal(found!.world, 'func(x: t, y: u16)')
  })

  it('versions replace each other on one track, the highest first, the exact one before all', () => {
    const at = (version: string, body: string) => `package c:d@${version} { interface i { ${body} } }`
    const target = world(`${at('1.0.0', 'f: func();')} ${at('1.3.0', 'f: func(x: u8);')} ${at('2.0.0', '')}
      world w { import c:d/i@1.0.0; import c:d/i@1.3.0; import c:d/i@2.0.0; }`)
    const needs = (version: string, body: string) =>
      targets(worldType(world(`${at(version, body)} world w { import c:d/i@${version}; }`)), target).length
    assert.equal(needs('1.0.0', 'f: func();'), 0)
    assert.equal(needs('1.1.0', 'f: func(x: u8);'), 0)
    assert.equal(needs('1.1.0', 'f: func();'), 1)
    assert.equal(needs('3.0.0', ''), 1)
  })
})
