import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Studio } from '../contract/studio.ts'
import type { Workshop } from '../contract/workshop.ts'
import { createWorkshop } from '../workshop/workshop.ts'
import { memoryStorage } from './testing/memory-storage.ts'
import { Model } from './model.ts'
import { newText } from './snapshot.ts'

function example(name: string, fileName = `${name}.wasm`): File {
  const bytes = readFileSync(new URL(`../../../examples/${name}/rust/${name}.wasm`, import.meta.url))
  return new File([bytes], fileName)
}

function open(workshop: Workshop = createWorkshop()): Model {
  return new Model(workshop, async () => ({ adder: { x: 7, y: 7 } }), memoryStorage())
}

function until(model: Model, isSo: (studio: Studio) => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (isSo(model.studio)) return resolve()
    const end = model.store.subscribe((studio) => {
      if (!isSo(studio)) return
      end()
      resolve()
    })
  })
}

const ids = ({ graph }: Studio) => graph.blocks.map(({ id }) => id)

async function withBoth(): Promise<Model> {
  const model = open()
  await model.studio.open([example('calculator'), example('interfaced-adder')])
  return model
}

test('files become packages and blocks, as one step of undo', async () => {
  const model = await withBoth()
  assert.deepEqual(ids(model.studio), ['calculator', 'interfaced-adder'])
  assert.deepEqual(model.studio.selection, ids(model.studio))
  assert.equal(model.studio.graphText, model.studio.text)
  model.studio.undo()
  await until(model, ({ text }) => text === newText)
  assert.deepEqual([ids(model.studio), model.studio.packages, model.studio.canUndo], [[], [], false])
  assert.deepEqual(await model.workshop.packages(), [])
  model.studio.redo()
  await until(model, ({ packages }) => packages.length === 2)
  assert.deepEqual(ids(model.studio), ['calculator', 'interfaced-adder'])
  assert.equal((await model.workshop.packages()).length, 2)
})

test('wiring, typing and moving are steps of one history', async () => {
  const model = await withBoth()
  await model.studio.autoWire()
  const wired = model.studio.text
  assert.equal(model.studio.graph.wires.length, 1)
  model.studio.move({ calculator: { x: 1, y: 2 } }, true)
  model.studio.setText(`${wired}// a`)
  model.studio.setText(`${wired}// a comment\n`)
  model.studio.undo()
  await until(model, ({ text }) => text === wired)
  assert.deepEqual(model.studio.layout.positions['calculator'], { x: 1, y: 2 })
  model.studio.undo()
  await until(model, ({ layout }) => layout.positions['calculator'] === undefined)
  model.studio.undo()
  await until(model, ({ graph }) => graph.wires.length === 0)
})

test('what is wired by itself is laid out anew, in the same step of undo, unless somebody moved a block', async () => {
  const model = await withBoth()
  model.studio.move({ adder: { x: 0, y: 0 } }, false)
  await model.studio.autoWire()
  assert.deepEqual(model.studio.layout.positions['adder'], { x: 7, y: 7 })
  model.studio.undo()
  await until(model, ({ graph }) => graph.wires.length === 0)
  assert.deepEqual(model.studio.layout.positions['adder'], { x: 0, y: 0 })
  model.studio.move({ adder: { x: 1, y: 1 } }, true)
  await model.studio.autoWire()
  assert.deepEqual(model.studio.layout.positions['adder'], { x: 1, y: 1 })
})

test('a gesture keeps comments, and places follow names', async () => {
  const model = await withBoth()
  model.studio.setText(model.studio.text.replace('let calculator', '// adds\nlet calculator'))
  model.studio.move({ calculator: { x: 1, y: 2 } }, true)
  assert.equal(await model.studio.edit({ kind: 'rename', block: 'calculator', to: 'sums' }), undefined)
  assert.match(model.studio.text, /\/\/ adds\nlet sums/)
  assert.deepEqual(model.studio.layout.positions['sums'], { x: 1, y: 2 })
  model.studio.setText(model.studio.text.replace('let sums', 'let totals'))
  await until(model, (studio) => ids(studio).includes('totals'))
  assert.deepEqual(model.studio.layout.positions['totals'], { x: 1, y: 2 })
})

test('a gesture of several edits is done whole or not at all', async () => {
  const model = await withBoth()
  const before = model.studio
  const name = model.studio.packages[0]!.name
  const refusal = await model.studio.edit([
    { kind: 'instantiate', package: name, name: 'second' },
    { kind: 'remove-export', name: 'nothing' },
  ])
  assert.ok(refusal)
  assert.equal(model.studio.text, before.text)
  assert.equal(model.studio.notices.at(-1)?.text, refusal.refused)
  await model.studio.edit(
    [
      { kind: 'instantiate', package: name, name: 'second' },
      { kind: 'instantiate', package: name, name: 'third' },
    ],
    [{ x: 1, y: 1 }],
  )
  assert.deepEqual(model.studio.selection, ['second', 'third'])
  assert.deepEqual(model.studio.layout.positions, { second: { x: 1, y: 1 } })
  model.studio.undo()
  await until(model, ({ text }) => text === before.text)
})

test('what is typed while a gesture waits is kept, and the gesture done after it', async () => {
  const real = createWorkshop()
  let hold: Promise<void> | undefined
  const model = open({
    ...real,
    edit: async (text, edit) => {
      await hold
      return await real.edit(text, edit)
    },
  })
  await model.studio.open([example('calculator')])
  const { promise, resolve } = Promise.withResolvers<void>()
  hold = promise
  const edited = model.studio.edit({ kind: 'rename', block: 'calculator', to: 'sums' })
  await new Promise((done) => setTimeout(done))
  model.studio.setText(`${model.studio.text}// typed\n`)
  hold = undefined
  resolve()
  assert.equal(await edited, undefined)
  assert.match(model.studio.text, /let sums.*\/\/ typed\n/s)
  assert.ok(ids(model.studio).includes('sums'))
})

test('a text that means nothing keeps the last drawing, and says so', async () => {
  const model = await withBoth()
  const { text } = model.studio
  model.studio.setText(`${text}let ;`)
  await until(model, ({ problems }) => problems.length > 0)
  assert.deepEqual(ids(model.studio), ['calculator', 'interfaced-adder'])
  assert.equal(model.studio.isComplete, false)
  model.studio.setText(text)
  await until(model, ({ problems, isStale }) => problems.length === 0 && !isStale)
})

test('an answer to an older text is dropped', async () => {
  const real = createWorkshop()
  const asked = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const model = open({
    ...real,
    analyze: async (text) => {
      const analysis = await real.analyze(text)
      if (text.includes('// slow')) {
        asked.resolve()
        await held.promise
      }
      return analysis
    },
  })
  await model.studio.open([example('calculator')])
  const { text } = model.studio
  model.studio.setText(`${text}// slow\nlet ;`)
  await asked.promise
  model.studio.setText(`${text}// quick\n`)
  await until(model, ({ graphText }) => graphText.includes('// quick'))
  held.resolve()
  await new Promise((done) => setTimeout(done, 20))
  assert.deepEqual([model.studio.problems, model.studio.isStale], [[], false])
})

test('what is no component is refused, with the file’s name', async () => {
  const model = open()
  await model.studio.open([new File(['hello'], 'notes.wasm'), example('adder')])
  assert.deepEqual(ids(model.studio), ['adder'])
  assert.match(model.studio.notices[0]!.text, /^notes\.wasm: /)
  assert.deepEqual(model.studio.incoming, [])
})

test('a text that is opened becomes the document, and files get the names by which it asks', async () => {
  const model = open()
  const text = 'package my:sums;\r\nlet adder = new docs:interfaced-adder {};\r\nexport adder...;\r\n'
  await model.studio.open([new File([text], 'sums.wac')])
  assert.equal(model.studio.text, text.replaceAll('\r\n', '\n'))
  assert.ok(model.studio.problems.length > 0)
  await model.studio.open([example('interfaced-adder', 'interfaced_adder.wasm')])
  assert.deepEqual(
    model.studio.packages.map(({ name }) => name),
    ['docs:interfaced-adder'],
  )
  assert.deepEqual([model.studio.problems, model.studio.isComplete], [[], true])
  // It was asked for, so no undoing takes it away.
  model.studio.undo()
  await until(model, (studio) => studio.text === newText)
  assert.equal(model.studio.packages.length, 1)
})

test('a file dropped at a place becomes a block there, and another each time', async () => {
  const model = open()
  await model.studio.open([example('adder')], { x: 5, y: 6 })
  await model.studio.open([example('adder')], { x: 7, y: 8 })
  assert.equal(model.studio.packages.length, 1)
  assert.deepEqual(
    ids(model.studio).map((id) => model.studio.layout.positions[id]),
    [
      { x: 5, y: 6 },
      { x: 7, y: 8 },
    ],
  )
  // The text asks for it: it is what was missing, not another one.
  model.studio.setText('package my:sums;\nlet a = new docs:interfaced-adder {};\n')
  await until(model, ({ problems }) => problems.length > 0)
  await model.studio.open([example('interfaced-adder')], { x: 1, y: 1 })
  assert.deepEqual([ids(model.studio), model.studio.problems], [['a'], []])
})

test('a package is renamed with its uses, and only removed without them', async () => {
  const model = await withBoth()
  const { name } = model.studio.packages[0]!
  assert.equal(await model.studio.renamePackage(name, 'my:sums@1.0.0'), undefined)
  assert.match(model.studio.text, /new my:sums@1\.0\.0 /)
  assert.deepEqual(model.studio.problems, [])
  assert.match((await model.studio.removePackage('my:sums@1.0.0'))!.refused, /is used/)
  await model.studio.edit({ kind: 'remove', blocks: ['calculator'] })
  assert.equal(await model.studio.removePackage('my:sums@1.0.0'), undefined)
  assert.equal(model.studio.packages.length, 1)
  model.studio.undo()
  await until(model, ({ packages }) => packages.length === 2)
  assert.ok((await model.workshop.packages()).some((one) => one.name === 'my:sums@1.0.0'))
})

test('a package is replaced under its name, and undoing brings the old one back', async () => {
  const model = await withBoth()
  await model.studio.autoWire()
  const name = model.studio.packages[1]!.name
  const before = model.studio.packages
  assert.equal(await model.studio.replacePackage(name, example('adder')), undefined)
  assert.equal(model.studio.packages[1]!.name, name)
  assert.notEqual(model.studio.packages[1]!.hash, before[1]!.hash)
  assert.ok(model.studio.problems.length > 0, 'the wire fits no longer')
  model.studio.undo()
  await until(model, ({ packages }) => packages[1]!.hash === before[1]!.hash)
  assert.deepEqual(model.studio.problems, [])
})

test('a workshop that failed is given all packages again', async () => {
  let real = createWorkshop()
  const current = new Proxy({} as Workshop, { get: (_, method: keyof Workshop) => real[method] })
  const model = open(current)
  await model.studio.open([example('calculator')])
  real = createWorkshop()
  await model.reopen()
  assert.equal((await real.packages()).length, 1)
  assert.deepEqual([ids(model.studio), model.studio.problems], [['calculator'], []])
})

test('a block that is let go where it was makes no step', async () => {
  const model = open()
  await model.studio.open([example('adder')], { x: 5, y: 6 })
  model.studio.move({ adder: { x: 5, y: 6 } }, true)
  model.studio.undo()
  await until(model, ({ text }) => text === newText)
})

test('groups are steps, and go with their blocks', async () => {
  const model = await withBoth()
  model.studio.group(['calculator', 'interfaced-adder'], 'Sums')
  const [group] = model.studio.layout.groups
  assert.equal(group?.name, 'Sums')
  model.studio.setGroup(group!.id, { isCollapsed: true })
  await model.studio.edit({ kind: 'rename', block: 'calculator', to: 'sums' })
  assert.deepEqual(model.studio.layout.groups[0]?.blocks, ['sums', 'interfaced-adder'])
  model.studio.ungroup(group!.id)
  assert.deepEqual(model.studio.layout.groups, [])
  model.studio.undo()
  await until(model, ({ layout }) => layout.groups[0]?.isCollapsed === true)
})
