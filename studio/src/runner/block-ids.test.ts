import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { analyzeWac } from 'tenon/compose'
import { createWorkshop } from '../workshop/workshop.ts'
import { blockIds } from './block-ids.ts'
import { Packages } from './packages.ts'

test('blocks have the ids that the workshop draws them with', async () => {
  const workshop = createWorkshop()
  const buffer = (name: string): ArrayBuffer =>
    new Uint8Array(readFileSync(`examples/${name}/rust/${name}.wasm`)).buffer
  const names: string[] = []
  for (const [name, as] of [
    ['calculator', 'ex:calculator@1.0.0'],
    ['interfaced-adder', 'ex:adder'],
  ] as const) {
    const added = await workshop.addPackage(buffer(name), `${name}.wasm`, () => {})
    assert.ok('package' in added)
    assert.equal(await workshop.renamePackage(added.package.name, as), undefined)
    names.push(as)
  }
  const add = '"tenon-examples:interfaced-adder/add"'
  const text = `package t:t;
    let named = new ex:calculator { add: (new ex:adder { ... })[${add}], ... };
    let other = new ex:adder { ... };
    let same = other;
    export new ex:calculator { add: other[${add}], ... }...;
    let more = new ex:calculator@1.0.0 { add: (new ex:adder { ... })[${add}], ... };`
  const { graph, problems } = await workshop.analyze(text)
  assert.deepEqual(problems, [])
  const packages = new Packages(
    {
      packages: await Promise.all(names.map(async (name) => ({ name, bytes: await workshop.bytesOf(name) }))),
    },
    () => {},
  )
  const ids = blockIds(analyzeWac({ name: 'x.wac', text }, packages), packages)
  assert.deepEqual([...ids.values()].sort(), graph!.blocks.map(({ id }) => id).sort())
  assert.deepEqual([...ids.values()].sort(), [
    'ex:adder#1',
    'ex:adder#2',
    'ex:calculator@1.0.0#1',
    'more',
    'named',
    'other',
  ])
})
