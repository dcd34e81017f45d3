/** Worlds that are looked for, taken alone, turned around and replaced; `test/wit/worlds-and-files.test.ts` has whole packages. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { TenonError, WitError } from '../errors.ts'
import { findWorld } from './find-world.ts'
import { importize } from './importize.ts'
import { packagesOfWorld } from './packages-of-world.ts'
import { replaceWorld } from './replace-world.ts'
import { type ResolvedWit, resolveWit } from './resolve.ts'

const read = (text: string): ResolvedWit => resolveWit({ files: [{ name: 'a.wit', text }] })

const wit = read(`package a:b@1.0.0;
interface used { type t = u8; }
interface unused {}
world app { use used.{t}; import log: func(); export run: func() -> t; export used; }
world other { export inner: interface { use used.{t}; } }
package c:d@1.0.0 { world app {} world twice {} interface unused {} }
package c:d@2.0.0 { world twice {} }`)

describe('a world is found', () => {
  for (const [name, path] of [
    ['app', 'a:b/app'],
    ['a:b/app', 'a:b/app'],
    ['a:b/app@1.0.0', 'a:b/app'],
    ['c:d/app', 'c:d/app'],
    ['c:d/twice@2.0.0', 'c:d/twice'],
  ]) {
    it(`as ${name}`, () => {
      const { package: home, name: own } = findWorld(wit, name)
      assert.equal(`${home.namespace}:${home.package}/${own}`, path)
    })
  }

  it('without a name where there is one', () => {
    assert.equal(findWorld(read('package a:b; world w {}')).name, 'w')
  })

  for (const [name, message] of [
    [undefined, 'package a:b@1.0.0 has several worlds, name one: `app`, `other`'],
    ['ap', 'there is no world `ap`: did you mean `app`?'],
    ['c:d/ap', 'there is no world `c:d/ap`: did you mean `c:d/app@1.0.0`?'],
    ['twice', 'there is no world `twice`: did you mean `c:d/twice@1.0.0` or `c:d/twice@2.0.0`?'],
    ['unused', 'there is no world `unused`: package a:b@1.0.0 has `app`, `other`'],
    ['c:d/twice', 'there are several worlds `c:d/twice`: `c:d/twice@1.0.0` or `c:d/twice@2.0.0`'],
  ] as const) {
    it(`or not: ${name}`, () => assert.throws(() => findWorld(wit, name), new TenonError('wit', message)))
  }

  it('or there is none', () => {
    assert.throws(() => findWorld(read('package a:b;')), /package a:b has no world/)
  })
})

describe('a world alone', () => {
  it('has what it needs', () => {
    for (const name of ['app', 'other']) {
      const { main, packages } = packagesOfWorld(wit, findWorld(wit, name))
      assert.deepEqual([...main.interfaces.keys()], ['used'])
      assert.deepEqual([...main.worlds.keys()], [name])
      assert.equal(packages.length, 1)
    }
  })
})

describe('an importized world', () => {
  it('imports what was exported, and has types', () => {
    const { name, imports, exports } = importize(findWorld(wit, 'app'))
    assert.equal(name, 'app-importized')
    assert.deepEqual([...imports.keys()], ['a:b/used@1.0.0', 't', 'run'])
    assert.equal(exports.size, 0)
    const [type] = [...imports.values()].filter((item) => item.kind === 'type')
    assert.equal(type!.owner.name, 'app-importized')
  })

  it('cannot have two things of one name', () => {
    const world = findWorld(read('package a:b;\nworld w { type t = u8; export t: func(); }'))
    assert.throws(
      () => importize(world),
      (error: unknown) => {
        assert.ok(error instanceof WitError)
        const { message, labels } = error.diagnostics[0]!
        assert.equal(message, 'export `t` has the name of a type of the world')
        assert.deepEqual(
          labels.map(({ source, span }) => source.position(span.start)),
          [
            { line: 2, column: 31 },
            { line: 2, column: 16 },
          ],
        )
        return true
      },
    )
  })

  it('stands in the place of the other', () => {
    const world = findWorld(wit, 'app')
    const { main, packages } = replaceWorld(wit, world, importize(world, 'user'))
    assert.deepEqual([...main.worlds.keys()], ['other', 'user'])
    assert.ok(packages.includes(main))
    for (const name of ['other', 'used'])
      assert.throws(
        () => replaceWorld(wit, world, importize(world, name)),
        /there is `a:b\/\w+@1\.0\.0` already/,
      )
  })
})
