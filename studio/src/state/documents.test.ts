import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { createWorkshop } from '../workshop/workshop.ts'
import type { DocumentStorage } from './document-storage.ts'
import { Model } from './model.ts'
import { openShared } from './share.ts'
import { encodeShareLink } from './share-link.ts'
import { newText } from './snapshot.ts'
import { memoryStorage } from './testing/memory-storage.ts'

const adder = readFileSync(new URL('../../../examples/adder/rust/adder.wasm', import.meta.url))
const file = () => new File([adder], 'adder.wasm')

/** A tab of a browser: it shares the storage with others. */
async function tab(storage: DocumentStorage): Promise<Model> {
  const model = new Model(createWorkshop(), async () => ({}), storage)
  await model.documents.watch()
  return model
}

const blocks = ({ studio }: Model) => studio.graph.blocks.map(({ id }) => id)

test('a document comes back in another tab, with its places and components', async () => {
  const storage = memoryStorage()
  const first = await tab(storage)
  await first.studio.open([file()])
  first.studio.move({ adder: { x: 3, y: 4 } }, true)
  await first.documents.save()
  assert.equal(first.studio.saving, 'saved')
  const second = await tab(storage)
  assert.deepEqual(
    second.studio.recent.map(({ name, packages }) => [name, packages]),
    [['my:composition', 1]],
  )
  first.documents.leave()
  await second.studio.openDocument(second.studio.recent[0]!.id)
  assert.deepEqual(blocks(second), ['adder'])
  assert.deepEqual(second.studio.layout.positions, { adder: { x: 3, y: 4 } })
  assert.deepEqual(second.studio.problems, [])
  assert.deepEqual(Object.values(second.studio.origins), [{ kind: 'file', name: 'adder.wasm' }])
})

test('undoing goes on where it was, also to components that are no longer there', async () => {
  const storage = memoryStorage()
  const first = await tab(storage)
  await first.studio.open([file()])
  first.studio.setText(`${first.studio.text}// one\n`)
  await first.studio.edit({ kind: 'remove', blocks: ['adder'] })
  await first.studio.removePackage('local:adder')
  assert.deepEqual(first.studio.packages, [])
  await first.documents.save()
  assert.equal((await storage.hashes()).size, 1)
  first.documents.leave()
  await storage.collect()

  const second = await tab(storage)
  await second.studio.openDocument(second.studio.recent[0]!.id)
  assert.deepEqual([blocks(second), second.studio.packages, second.studio.canUndo], [[], [], true])
  const travel = async (way: 'undo' | 'redo') => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const end = second.store.subscribe((now, before) => now.graph !== before.graph && resolve())
    second.studio[way]()
    await promise
    end()
  }
  await travel('undo')
  await travel('undo')
  assert.deepEqual([blocks(second), second.studio.problems], [['adder'], []])
  assert.deepEqual(second.studio.packages, [
    {
      name: 'local:adder',
      hash: second.studio.packages[0]!.hash,
      size: adder.length,
      imports: [],
      exports: [{ name: 'add', type: 'func(a: s32, b: s32) -> s32' }],
      isCommand: false,
    },
  ])
  assert.match(second.studio.text, /\/\/ one/)
  await travel('undo')
  assert.doesNotMatch(second.studio.text, /\/\/ one/)
  await travel('redo')
  await travel('redo')
  assert.deepEqual(blocks(second), [])
  assert.equal(second.studio.canRedo, true)

  // What was undone can be redone on the next day.
  await second.documents.save()
  second.documents.leave()
  const third = await tab(storage)
  await third.studio.openDocument(third.studio.recent[0]!.id)
  assert.equal(third.studio.canRedo, true)
})

test('steps of another revision are none of the document’s', async () => {
  const storage = memoryStorage()
  const first = await tab(storage)
  await first.studio.open([file()])
  await first.documents.save()
  first.documents.leave()
  const [saved] = await storage.list()
  await storage.write({ ...saved!, revision: saved!.revision + 1 })
  const second = await tab(storage)
  await second.studio.openDocument(saved!.id)
  assert.deepEqual([blocks(second), second.studio.canUndo], [['adder'], false])
})

test('where steps cannot be kept, the document is saved all the same', async () => {
  const storage = memoryStorage()
  const keepSteps = () => Promise.reject(new DOMException('no', 'QuotaExceededError'))
  const model = await tab({ ...storage, keepSteps })
  await model.studio.open([file()])
  await model.documents.save()
  assert.equal(model.studio.saving, 'saved')
})

test('nothing is saved of a document in which nothing is', async () => {
  const storage = memoryStorage()
  const model = await tab(storage)
  model.studio.move({ '@exports': { x: 1, y: 1 } }, false)
  await model.documents.save()
  assert.deepEqual(await storage.list(), [])
  assert.equal(model.studio.saving, 'new')
})

test('of two tabs that save one document, the second makes a copy, and both are kept', async () => {
  const storage = memoryStorage()
  const model = await tab(storage)
  await model.studio.open([file()])
  await model.documents.save()
  const [saved] = await storage.list()
  // Another tab, of a browser without locks.
  await storage.write({ ...saved!, revision: saved!.revision + 1, text: `${saved!.text}// other\n` })
  model.studio.setText(`${model.studio.text}// mine\n`)
  await model.documents.save()
  assert.match(model.studio.notices.at(-1)!.text, /goes on as a copy/)
  const ends = async () => (await storage.list()).map(({ text }) => text.trim().split('\n').at(-1))
  assert.deepEqual(await ends(), ['// other', '// mine'])
  model.studio.setText(`${model.studio.text}// more\n`)
  await model.documents.save()
  assert.deepEqual(await ends(), ['// other', '// more'])
})

test('a document that is open in another tab is opened as a copy', async () => {
  const storage = memoryStorage()
  const first = await tab(storage)
  await first.studio.open([file()])
  await first.documents.save()
  const second = await tab(storage)
  await second.studio.openDocument(first.studio.document!)
  assert.match(second.studio.notices.at(-1)!.text, /open in another tab/)
  assert.deepEqual([second.studio.document, blocks(second)], [undefined, ['adder']])
  first.documents.leave()
})

test('where nothing can be stored, that is said once, and work goes on', async () => {
  const refuse = async () => {
    throw new DOMException('no', 'QuotaExceededError')
  }
  const model = await tab({ ...memoryStorage(), write: refuse, list: refuse, collect: refuse })
  await model.studio.open([file()])
  await model.documents.save()
  model.studio.setText(`${model.studio.text}// more\n`)
  await model.documents.save()
  assert.equal(model.studio.saving, 'off')
  assert.deepEqual(
    model.studio.notices.map(({ kind }) => kind),
    ['problem'],
  )
  assert.deepEqual(blocks(model), ['adder'])
})

test('a removed document takes its components along', async () => {
  const storage = memoryStorage()
  const model = await tab(storage)
  await model.studio.open([file()])
  await model.documents.save()
  assert.equal((await storage.hashes()).size, 1)
  await model.studio.removeDocument(model.studio.document!)
  assert.deepEqual([await storage.list(), (await storage.hashes()).size], [[], 0])
  assert.deepEqual([model.studio.text, model.studio.packages], [newText, []])
})

test('a document that cannot be removed stays in the list, and the reason is said', async () => {
  const storage = memoryStorage()
  const model = await tab({ ...storage, remove: () => Promise.reject(new Error('the disk is read-only')) })
  await model.studio.open([file()])
  await model.documents.save()
  await model.studio.removeDocument(model.studio.document!)
  assert.match(model.studio.notices.at(-1)!.text, /could not be removed: the disk is read-only/)
  assert.equal(model.studio.recent.length, 1)
})

test('a new document leaves the one before it where it is', async () => {
  const storage = memoryStorage()
  const model = await tab(storage)
  await model.studio.open([file()])
  await model.studio.newDocument()
  assert.deepEqual([model.studio.text, model.studio.packages, blocks(model)], [newText, [], []])
  assert.equal((await storage.list()).length, 1)
})

test('a link’s composition opens with what came along, and asks for the rest', async () => {
  const giver = await tab(memoryStorage())
  await giver.studio.open([file()])
  const { text, layout, packages } = giver.studio
  const shared = packages.map((one) => ({
    ...one,
    origin: { kind: 'file', name: 'adder.wasm' } as const,
    bytes: new Uint8Array(adder),
  }))
  const { fragment } = await encodeShareLink({ text, layout, packages: shared })
  const receiver = await tab(memoryStorage())
  await openShared(receiver, fragment)
  assert.deepEqual([blocks(receiver), receiver.studio.wanted], [['adder'], []])

  const without = shared.map((one) => ({ ...one, bytes: undefined }))
  const asking = await tab(memoryStorage())
  await openShared(asking, (await encodeShareLink({ text, layout, packages: without })).fragment)
  assert.deepEqual(
    asking.studio.wanted.map(({ name }) => name),
    packages.map(({ name }) => name),
  )
  assert.ok(asking.studio.problems.length > 0)
  await asking.studio.open([new File([adder], 'under-another-name.wasm')])
  assert.deepEqual([asking.studio.wanted, asking.studio.problems, blocks(asking)], [[], [], ['adder']])
})

test('bytes that are not those of their hash do not get into a document', async () => {
  const other = readFileSync(
    new URL('../../../examples/interfaced-adder/rust/interfaced-adder.wasm', import.meta.url),
  )
  const giver = await tab(memoryStorage())
  await giver.studio.open([file()])
  const { text, layout, packages } = giver.studio
  const shared = packages.map((one) => ({
    ...one,
    size: other.byteLength,
    origin: { kind: 'file', name: 'adder.wasm' } as const,
    bytes: new Uint8Array(other),
  }))
  const receiver = await tab(memoryStorage())
  await openShared(receiver, (await encodeShareLink({ text, layout, packages: shared })).fragment)
  assert.deepEqual([receiver.studio.packages, receiver.studio.wanted.length], [[], 1])
  assert.deepEqual(await receiver.workshop.packages(), [])
})

test('a link that is damaged says so, and changes nothing', async () => {
  const model = await tab(memoryStorage())
  await model.studio.open([file()])
  await openShared(model, '#share=AAAA')
  assert.match(model.studio.notices.at(-1)!.text, /damaged/)
  assert.deepEqual(blocks(model), ['adder'])
})
