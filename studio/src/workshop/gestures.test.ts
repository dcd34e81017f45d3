/** Whatever is done on the canvas, and in whatever order: what is said of the text agrees with itself. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Graph, PortRef } from '../contract/graph.ts'
import type { Edit, Workshop } from '../contract/workshop.ts'
import { accepted, workshopWith } from './testing/examples.ts'

const packages = {
  'math.wat': '(component (import "n" (func $n (result u32))) (export "m" (func $n)) (export "n" (func $n)))',
  'text.wat':
    '(component (import "m" (func (result u32))) (import "t" (func $t (result string))) (export "t" (func $t)))',
  'files.wat': `(component (import "docs:fs/types@1.0.0" (instance $i (export "file" (type (sub resource)))))
    (export "docs:fs/types@1.0.0" (instance $i)))`,
  'reader.wat': `(component
    (import "docs:fs/types@1.1.0" (instance $i (export "file" (type $f (sub resource)))))
    (alias export $i "file" (type $file))
    (import "docs:fs/open@1.0.0" (instance $o (export "file" (type $g (eq $file))) (export "open" (func (result (own $g))))))
    (export "docs:fs/open@1.0.0" (instance $o)))`,
}

/** The same sequence in every run. */
class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  below(count: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((this.#state / 2 ** 32) * count)
  }

  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!
  }
}

const ends = ({ blocks }: Graph, side: PortRef['side']): PortRef[] =>
  blocks.flatMap(({ id, imports, exports }) =>
    (side === 'import' ? imports : exports).map(({ name }) => ({ block: id, side, port: name })),
  )

function gesture(graph: Graph, names: readonly string[], chance: Chance): Edit {
  const [imports, exports] = [ends(graph, 'import'), ends(graph, 'export')]
  if (graph.blocks.length < 3 || imports.length === 0)
    return { kind: 'instantiate', package: chance.of(names) }
  const block = chance.of(graph.blocks).id
  const edits: readonly Edit[] = [
    { kind: 'instantiate', package: chance.of(names) },
    { kind: 'connect', from: chance.of(exports), to: chance.of(imports) },
    { kind: 'connect', from: chance.of(exports), to: chance.of(imports) },
    { kind: 'disconnect', to: chance.of(imports) },
    {
      kind: 'export',
      from: chance.of(exports),
      as: chance.below(2) === 0 ? undefined : `e${chance.below(9)}`,
    },
    { kind: 'rename', block, to: `r${chance.below(9)}` },
    { kind: 'remove', blocks: [block] },
    { kind: 'import', name: graph.open.length > 0 ? chance.of(graph.open).name : 'none' },
    { kind: 'remove-export', name: graph.exports.length > 0 ? chance.of(graph.exports).name : 'none' },
  ]
  return chance.of(edits)
}

/** Every end of a wire, an export or an open import is there, and every id is one block's. */
function checkGraph({ blocks, wires, exports, open }: Graph, context: string): void {
  const ids = blocks.map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length, context)
  assert.equal(new Set(wires.map(({ id }) => id)).size, wires.length, context)
  const all = [
    ...wires.flatMap(({ from, to }) => [from, to]),
    ...exports.map(({ from }) => from),
    ...open.flatMap(({ wantedBy }) => wantedBy),
  ]
  for (const { block, side, port } of all) {
    const found = blocks.find(({ id }) => id === block)
    assert.ok(found, `${context}: there is no block ${block}`)
    const ports = side === 'import' ? found.imports : found.exports
    assert.ok(
      port === undefined || ports.some(({ name }) => name === port),
      `${context}: ${block} has no ${port}`,
    )
  }
}

/** What lights up can be wired, and what does not cannot. */
async function checkFits(workshop: Workshop, text: string, from: PortRef, context: string): Promise<void> {
  for (const { port, verdict, reason } of await workshop.fitting(text, from)) {
    const where = `${context}: ${from.block}.${from.port} and ${port.block}.${port.port}: ${verdict} ${reason}`
    const [exported, imported] = from.side === 'export' ? [from, port] : [port, from]
    if (reason !== 'it would need itself: a cycle') {
      const compared = accepted(await workshop.compare(text, from, port))
      assert.equal(compared.fits, verdict !== 'differs', where)
      assert.equal(compared.reason, reason, where)
    }
    const edited = await workshop.edit(text, { kind: 'connect', from: exported, to: imported })
    if ('refused' in edited) {
      assert.match(reason ?? '', /cycle/, `${where}: ${edited.refused}`)
      continue
    }
    const { graph } = await workshop.analyze(edited.text)
    const to = edited.renamed.find((each) => each.from === imported.block)?.to ?? imported.block
    const wire = graph!.wires.find((each) => each.to.block === to && each.to.port === imported.port)
    assert.ok(wire, `${where}: there is no wire\n${edited.text}`)
    assert.equal(
      wire.problem !== undefined,
      verdict === 'differs',
      `${where}: ${wire.problem}\n${edited.text}`,
    )
  }
}

it('gestures at random', async () => {
  const workshop = await workshopWith([], packages)
  const names = (await workshop.packages()).map(({ name }) => name)
  const done = new Map<string, number>()
  for (let seed = 1; seed <= 9; seed++) {
    const chance = new Chance(seed)
    let text = 'package my:app;\n'
    for (let step = 0; step < 25; step++) {
      const { graph } = await workshop.analyze(text)
      assert.ok(graph, text)
      const edit = gesture(graph, names, chance)
      const context = `seed ${seed}, step ${step}, ${JSON.stringify(edit)}\n${text}`
      const edited = await workshop.edit(text, edit)
      if ('refused' in edited) {
        assert.doesNotMatch(edited.refused, /should not have happened/, context)
        continue
      }
      done.set(edit.kind, (done.get(edit.kind) ?? 0) + 1)
      text = edited.text
      const after = await workshop.analyze(text)
      assert.ok(after.graph, context)
      checkGraph(after.graph, context)
      for (const { from, to } of edited.renamed) {
        assert.ok(
          after.graph.blocks.some(({ id }) => id === to),
          `${context}: ${from} → ${to}`,
        )
      }
      const both = [...ends(after.graph, 'export'), ...ends(after.graph, 'import')]
      if (step % 6 === 5 && both.length > 0) await checkFits(workshop, text, chance.of(both), context)
    }
  }
  for (const kind of [
    'instantiate',
    'connect',
    'disconnect',
    'export',
    'rename',
    'remove',
    'import',
    'remove-export',
  ])
    assert.ok((done.get(kind) ?? 0) > 1, `${kind}: ${done.get(kind)}`)
})
