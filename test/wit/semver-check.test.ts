/**
 * Versions of random worlds: one can take the place of another exactly where a component of the old world fits the new one, as the checker of
 * component types has it, which knows nothing of names and places.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type ResolvedWit, resolveWit } from '../../src/wit/resolve.ts'
import { semverCheck } from '../../src/wit/semver/semver-check.ts'
import { targets } from '../../src/wit/targets.ts'
import { worldType } from '../../src/wit/world-type.ts'
import fc from '../support/fast-check.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 400)

/** Two interfaces, of which the second may use types of the first, and a world. Small choices: random versions are often alike. */
const arbitraryPackage = fc.record({
  types: fc.record({
    t: fc.constantFrom('u8', 'list<u8>', 'tuple<u8, string>'),
    record: fc.constantFrom('x: u8', 'x: u8, y: t', 'y: t, x: u8', 'x: u16'),
    variant: fc.constantFrom('p', 'p, q(t)', 'q(t), p', 'p, q'),
    resource: fc.constantFrom('', 'constructor();', 'constructor(a: t);', 'm: func(x: t);'),
  }),
  has: fc.record({
    resource: fc.boolean(),
    f: fc.boolean(),
    g: fc.boolean(),
    h: fc.boolean(),
    alias: fc.boolean(),
  }),
  parameter: fc.constantFrom('u8', 't', 'rec', 'v', 'list<rec>'),
  uses: fc.record({ t: fc.boolean(), r: fc.boolean() }),
  second: fc.record({
    own: fc.boolean(),
    f: fc.boolean(),
    g: fc.boolean(),
    h: fc.boolean(),
    alias: fc.boolean(),
  }),
  world: fc.record({
    a: fc.constantFrom('', 'import a;', 'export a;', 'import a; export a;'),
    b: fc.constantFrom('', 'import b;', 'export b;', 'import b; export b;'),
    uses: fc.boolean(),
    import: fc.boolean(),
    export: fc.boolean(),
  }),
})

type Package = typeof arbitraryPackage extends fc.Arbitrary<infer T> ? T : never

/** Some of the choices of another package. */
const arbitraryChange = fc.record({
  other: arbitraryPackage,
  parts: fc.subarray(['types', 'has', 'parameter', 'uses', 'second', 'world'] as const, { maxLength: 2 }),
})

function print({ types, has, parameter, uses, second, world }: Package): string {
  const when = (condition: boolean, text: string): string => (condition ? text : '')
  const used = [when(uses.t, 't'), when(uses.r && has.resource, 'r')].filter((name) => name !== '')
  const hasR = (uses.r && has.resource) || second.own
  return [
    `interface a { type t = ${types.t}; record rec { ${types.record} } variant v { ${types.variant} }`,
    when(has.resource, `resource r { ${types.resource} }`),
    when(has.alias, 'type s = rec;'),
    when(has.f, `f: func(p: ${parameter});`),
    when(has.g, `g: func() -> ${parameter};`),
    when(has.h && has.resource, 'h: func(x: r, y: borrow<r>);'),
    '} interface b {',
    when(used.length > 0, `use a.{${used.join(', ')}};`),
    when(!(uses.r && has.resource) && second.own, 'resource r;'),
    when(second.alias && hasR, 'type q = r;'),
    when(second.f, `f: func(p: ${uses.t ? 't' : 'u8'});`),
    when(second.g && hasR, 'g: func() -> r;'),
    when(second.h && second.alias && hasR, 'h: func(a: borrow<q>);'),
    `} world w { ${world.a} ${world.b}`,
    when(world.uses, 'use a.{t, rec};'),
    when(world.import, `import wf: func(x: ${world.uses ? 'rec' : 'u8'});`),
    when(world.export, `export we: func() -> ${world.uses ? 't' : types.t};`),
    '}',
  ].join('\n')
}

function read(one: Package, version: string): ResolvedWit {
  return resolveWit({ files: [{ name: `${version}.wit`, text: `package p:q@${version};\n${print(one)}` }] })
}

describe('versions of random worlds', () => {
  it('are compatible where the types of components are', () => {
    let compatible = 0
    fc.assert(
      fc.property(arbitraryPackage, arbitraryChange, (before, { other, parts }) => {
        const changed = Object.fromEntries(parts.map((part) => [part, other[part]]))
        const old = read(before, '1.0.0')
        const updated = read({ ...before, ...changed }, '1.0.1')
        const report = semverCheck(old, updated, { world: 'w' })
        const breaks = targets(worldType(old.main.worlds.get('w')!), updated.main.worlds.get('w')!)
        const texts = `${print(before)}\n\n${print({ ...before, ...changed })}`
        assert.equal(
          report.compatible,
          breaks.length === 0,
          `${JSON.stringify([report.breaks.map(({ message }) => message), breaks], null, 1)}\n${texts}`,
        )
        if (report.compatible) compatible++
      }),
      { numRuns },
    )
    assert.ok(compatible > numRuns / 10 && compatible < (numRuns * 9) / 10, `${compatible} of ${numRuns}`)
  })

  it('and what says so says it of the same', () => {
    fc.assert(
      fc.property(arbitraryPackage, (one) => {
        const { compatible, bump } = semverCheck(read(one, '1.0.0'), read(one, '1.0.1'))
        assert.deepEqual([compatible, bump], [true, 'none'])
      }),
      { numRuns: numRuns / 4 },
    )
  })
})
