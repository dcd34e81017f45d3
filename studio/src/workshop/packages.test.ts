/** Components that are dropped on the page, and what only looks like some. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Component } from 'tenon'
import { encode } from 'tenon/binary'
import { isGivenByWasi } from 'tenon/compose'
import { wasi } from 'tenon/wasi'
import { parseWat } from 'tenon/wat'
import { encodePackage, resolveWit } from 'tenon/wit'
import type { Progress, Refusal } from '../contract/workshop.ts'
import { accepted, bytesIn, bytesOfText, exampleFile, workshopWith } from './testing/examples.ts'
import { createWorkshop } from './workshop.ts'

const nothing = (): void => undefined

describe('a package', () => {
  it('is named by what it is, and described', async () => {
    const workshop = await workshopWith(['calculator', 'interfaced-adder', 'kv-database'])
    const packages = await workshop.packages()
    assert.deepEqual(
      packages.map(({ name, isCommand }) => [name, isCommand]),
      [
        ['local:calculator', true],
        ['tenon-examples:interfaced-adder', false],
        ['tenon-examples:kv-database', false],
      ],
    )
    const [calculator, adder] = packages
    assert.deepEqual(calculator!.imports[0], {
      name: 'tenon-examples:interfaced-adder/add',
      type: 'instance { add }',
    })
    assert.deepEqual(adder!.exports, [
      { name: 'tenon-examples:interfaced-adder/add', type: 'instance { add }' },
    ])
    assert.match(adder!.hash, /^[0-9a-f]{64}$/)
    assert.equal((await workshop.bytesOf(adder!.name)).byteLength, adder!.size)
  })

  it('is the same for the same bytes, and another for others', async () => {
    const workshop = await workshopWith(['adder'])
    const again = accepted(await workshop.addPackage(bytesIn(exampleFile('adder')), 'other.wasm', nothing))
    assert.equal(again.package.name, 'local:adder')
    const other = await workshop.addPackage(bytesOfText('(component)'), 'adder.wat', nothing)
    assert.equal(accepted(other).package.name, 'local:adder-2')
    assert.equal((await workshop.packages()).length, 2)
  })

  it('gets another name, if that is one and free', async () => {
    const workshop = await workshopWith(['adder', 'kv-store'])
    assert.equal(await workshop.renamePackage('local:adder', 'my:own-adder@1.0.0'), undefined)
    assert.deepEqual(
      (await workshop.packages()).map(({ name }) => name),
      ['my:own-adder@1.0.0', 'local:kv-store'],
    )
    for (const [from, to, why] of [
      ['local:kv-store', 'My Store', /is no name of a package/],
      ['local:kv-store', 'my:own-adder@1.0.0', /there is a package `my:own-adder@1.0.0` already/],
      ['local:adder', 'a:b', /there is no package `local:adder`/],
    ] as const)
      assert.match((await workshop.renamePackage(from, to))!.refused, why)
    for (const written of ['my:own-adder', 'my:own-adder@1.0.0']) {
      const { graph, problems } = await workshop.analyze(`package a:b; let x = new ${written} {};`)
      assert.deepEqual(problems, [])
      assert.equal(graph!.blocks[0]!.package, 'my:own-adder@1.0.0')
    }
  })

  it('is gone when it was removed', async () => {
    const workshop = await workshopWith(['adder'])
    await workshop.removePackage('local:adder')
    const { problems } = await workshop.analyze('package a:b; let x = new local:adder {};')
    assert.equal(problems[0]!.message, 'unknown package `local:adder`')
    await assert.rejects(workshop.bytesOf('local:adder'), /there is no package `local:adder`/)
    const refusal = (await workshop.inspect('local:adder')) as Refusal
    assert.equal(refusal.refused, 'there is no package `local:adder`')
  })
})

const wit = resolveWit({ files: [{ name: 'a.wit', text: 'package a:b; interface c { f: func(); }' }] }).main
const invalidCode = parseWat('(component (core module (func (result i32))))')

const refused: readonly (readonly [title: string, bytes: () => ArrayBuffer, why: RegExp, cure: RegExp])[] = [
  ['nothing', () => new ArrayBuffer(0), /unexpected end-of-file/, /choose a .wasm or .wat file/],
  ['a picture', () => bytesOfText('\x89PNG\r\n\x1a\n'), /not a WebAssembly file/, /./],
  ['markup', () => bytesOfText('<script>alert(1)</script>'), /not a WebAssembly file/, /./],
  [
    'a core module',
    () => parseWat('(module)').slice().buffer,
    /it is a core module, not a component/,
    /wasm-tools component new/,
  ],
  [
    'the text of a core module',
    () => bytesOfText(';; adds\n(module (func (export "add") (result i32) (i32.const 1)))'),
    /it is a core module, not a component/,
    /^write a component around it/,
  ],
  ['the fields of one', () => bytesOfText('(func)'), /it is a core module/, /^write a component/],
  ['too long a text', () => bytesOfText(`(${' '.repeat(2 ** 25)})`), /at most 33554432 here/, /tenon parse/],
  [
    'a package of WIT',
    () => encode(encodePackage(wit)).slice().buffer,
    /package of WIT in binary form/,
    /tenon wit/,
  ],
  [
    'a precompiled component',
    () => Component.precompile(new Uint8Array(bytesIn(exampleFile('adder')))).buffer,
    /precompiled component/,
    /the component that it was made of/,
  ],
  ['a component that is cut off', () => bytesIn(exampleFile('adder')).slice(0, 300), /./, /tenon validate/],
  [
    'a component with invalid code',
    () => invalidCode.slice().buffer,
    /Compiling function #0 failed/,
    /tenon validate/,
  ],
  ['text that does not parse', () => bytesOfText('(component (import))'), /./, /^$/],
]

describe('a file is refused with a reason and a cure: it is', () => {
  for (const [title, bytes, why, cure] of refused) {
    it(title, async () => {
      const workshop = createWorkshop()
      const refusal = (await workshop.addPackage(bytes(), 'file.wasm', nothing)) as Refusal
      assert.match(refusal.refused, why)
      assert.match(refusal.cure ?? '', cure)
      assert.deepEqual(await workshop.packages(), [])
      const adder = await workshop.addPackage(bytesIn(exampleFile('adder')), 'adder.wasm', nothing)
      assert.equal(accepted(adder).package.name, 'local:adder', 'the workshop goes on')
    })
  }

  it('damaged anywhere', async () => {
    const workshop = createWorkshop()
    const whole = new Uint8Array(bytesIn(exampleFile('kv-store')))
    for (let at = 8; at < whole.length; at += 1_009) {
      const damaged = whole.slice()
      damaged[at] = damaged[at]! ^ 0xff
      const added = await workshop.addPackage(damaged.buffer, 'damaged.wasm', nothing)
      if (!('refused' in added)) continue
      assert.doesNotMatch(added.refused, /should not have happened/)
      assert.ok(added.refused.length > 0 && added.refused.length < 3_000)
    }
  })
})

it('a text that is wrong is shown where it is, by the name of its file', async () => {
  const added = await createWorkshop().addPackage(
    bytesOfText('(component\n  (import "log" (fun)))'),
    'log.wat',
    nothing,
  )
  assert.match((added as Refusal).refused, /expected|unknown/)
  assert.match((added as Refusal).frame!, /log\.wat:2:\d+[\s\S]*\(fun\)[\s\S]*\^/)
})

it('a file that says it is text is read as one', async () => {
  const added = await createWorkshop().addPackage(bytesOfText('component'), 'log.wat', nothing)
  assert.match((added as Refusal).frame!, /log\.wat:1:1/)
})

it('names as long as a file do not come out whole', async () => {
  const long = 'a'.repeat(50_000)
  const workshop = await workshopWith([], {
    [`${long}.wat`]: `(component (import "${long}" (func (param "${long}" u32))))`,
  })
  const [one] = await workshop.packages()
  assert.ok(one!.name.length < 100)
  assert.ok(one!.imports[0]!.type.length < 1_100)
})

describe('what no block could show is refused', () => {
  const many = Array.from({ length: 2_001 }, (_, n) => `(import "f${n}" (func))`).join('')
  const long = Array.from({ length: 6 }, (_, n) => `(import "${'a'.repeat(50_000)}${n}" (func))`).join('')
  for (const [title, imports, why] of [
    ['too many ports', many, /2001 imports and exports, and 2000 can be drawn/],
    ['names that are too long', long, /names of 300006 characters in all/],
  ] as const)
    it(title, async () => {
      const added = await createWorkshop().addPackage(bytesOfText(`(component ${imports})`), 'x.wat', nothing)
      assert.match((added as Refusal).refused, why)
    })
})

it('what the host gives is what tenon/wasi gives', () => {
  for (const name of Object.keys(wasi())) if (name.includes('/')) assert.ok(isGivenByWasi(name), name)
  for (const name of ['wasi:http/types@0.2.0', 'wasi:cli/run@0.3.0', 'my:cli/run@0.2.0', 'log'])
    assert.ok(!isGivenByWasi(name), name)
})

const python = fileURLToPath(
  new URL('../../../examples/interfaced-adder/python/build/interfaced-adder.wasm', import.meta.url),
)
const skip =
  !existsSync(python) && 'examples/interfaced-adder/python/build is not there: node examples/build-python.ts'

it('18 MB are taken while it says how far it is', { skip }, async () => {
  const workshop = createWorkshop()
  const told: Progress[] = []
  const bytes = bytesIn(python)
  const added = accepted(
    await workshop.addPackage(bytes, 'interfaced-adder.wasm', (each) => void told.push(each)),
  )
  assert.equal(added.package.name, 'tenon-examples:interfaced-adder')
  assert.ok(told.length > 3)
  const parts = told.filter(({ step }) => step === 'checking').map(({ part }) => part)
  assert.deepEqual(
    parts,
    parts.toSorted((a, b) => a - b),
  )
  assert.equal(parts.at(-1), 1)
})
