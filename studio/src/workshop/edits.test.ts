/** Gestures, one after the other, and the text that they leave. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Component } from 'tenon'
import { wasi } from 'tenon/wasi'
import type { PortRef } from '../contract/graph.ts'
import type { Edit, Edited, Refusal, Workshop } from '../contract/workshop.ts'
import { accepted, workshopWith } from './testing/examples.ts'

const adder = 'tenon-examples:interfaced-adder'
const add = `${adder}/add`
const run = 'wasi:cli/run@0.2.0'
const examples = ['calculator', 'interfaced-adder', 'kv-command', 'kv-store', 'kv-database'] as const
const workshop = await workshopWith(examples)

const end = (side: PortRef['side'], block: string, port?: string): PortRef => ({ block, side, port })

/** A page: its text, changed by one gesture after the other. */
class Page {
  readonly workshop: Workshop
  text: string

  constructor(text: string, by: Workshop = workshop) {
    this.text = text
    this.workshop = by
  }

  async edit(edit: Edit): Promise<Edited> {
    const edited = accepted(await this.workshop.edit(this.text, edit))
    assert.equal(
      applied(this.text, edited.changes),
      edited.text,
      'the changes make the new text of the old one',
    )
    this.text = edited.text
    return edited
  }
}

function applied(text: string, changes: Edited['changes']): string {
  let [result, from] = ['', 0]
  for (const { start, end: to, insert } of changes) {
    assert.ok(start >= from, 'sorted, and none overlaps another')
    result += text.slice(from, start) + insert
    from = to
  }
  return result + text.slice(from)
}

describe('a composition by hand', () => {
  it('from nothing to a component that runs', async () => {
    const page = new Page('// Mine.\npackage my:app;\n')
    const made = await page.edit({ kind: 'instantiate', package: adder })
    assert.deepEqual(made.renamed, [{ from: undefined, to: 'interfaced-adder' }])
    await page.edit({ kind: 'instantiate', package: 'local:calculator', name: 'main' })
    // From its end, too: a wire has two.
    await page.edit({
      kind: 'connect',
      from: end('import', 'main', add),
      to: end('export', 'interfaced-adder', add),
    })
    await page.edit({ kind: 'export', from: end('export', 'main', run) })
    await page.edit({ kind: 'rename', block: 'interfaced-adder', to: 'adder' })
    await page.edit({ kind: 'name-document', to: 'my:calculator@1.0.0' })
    assert.equal(
      page.text,
      `// Mine.
package my:calculator@1.0.0;

let adder = new ${adder} {};
let main = new local:calculator { add: adder.add, ... };
export main.run;
`,
    )
    const bytes = accepted(await workshop.encode(page.text))
    const component = await Component.load(new Uint8Array(bytes))
    let printed = ''
    const stdout = (bytes: Uint8Array): void => {
      printed += new TextDecoder().decode(bytes)
    }
    using instance = await component.instantiate(wasi({ stdout }))
    ;(instance.exports as unknown as Record<string, { run(): void }>)[run]!.run()
    assert.match(printed, /result: 3/)
  })

  it('and back to nothing', async () => {
    const page = new Page(`package my:app;\n\nlet adder = new ${adder} {};
// Prints.
let main = new local:calculator { add: adder.add, ... };
export main.run as "my:own/run";
`)
    await page.edit({ kind: 'rename-export', name: 'my:own/run', to: run })
    assert.match(page.text, /export main\.run;|export main\.run as "wasi:cli\/run@0\.2\.0";/)
    await page.edit({ kind: 'disconnect', to: end('import', 'main', add) })
    assert.match(page.text, /new local:calculator \{ \.\.\. \}/)
    await page.edit({ kind: 'remove-export', name: run })
    assert.doesNotMatch(page.text, /export/)
    await page.edit({ kind: 'remove', blocks: ['adder', 'main'] })
    assert.equal(page.text.trim(), 'package my:app;')
  })

  it('an open import becomes a block', async () => {
    const page = new Page('package my:app;\n\nlet main = new local:calculator { ... };\n')
    const { renamed } = await page.edit({ kind: 'import', name: add })
    assert.equal(renamed.length, 1)
    const { graph } = await workshop.analyze(page.text)
    assert.deepEqual(
      graph!.wires.map(({ from, to }) => [from.block, to.block, to.port]),
      [[renamed[0]!.to, 'main', add]],
    )
    await page.edit({ kind: 'remove', blocks: [renamed[0]!.to] })
    assert.equal((await workshop.analyze(page.text)).graph!.wires.length, 0)
  })

  it('blocks without names keep their meaning when another goes', async () => {
    const of = `new ${adder} {}`
    const page = new Page(
      `package my:app;\n\nexport ${of}.add as one;\nexport ${of}.add as two;\nexport ${of}.add as three;\n`,
    )
    const { renamed } = await page.edit({ kind: 'remove', blocks: [`${adder}#1`] })
    assert.deepEqual(renamed, [
      { from: `${adder}#2`, to: `${adder}#1` },
      { from: `${adder}#3`, to: `${adder}#2` },
    ])
    const { graph } = await workshop.analyze(page.text)
    assert.deepEqual(
      graph!.exports.map(({ name }) => name),
      ['two', 'three'],
    )
    const all = await page.edit({ kind: 'remove', blocks: [`${adder}#1`, `${adder}#2`] })
    assert.deepEqual([all.renamed, page.text.trim()], [[], 'package my:app;'])
  })
})

describe('a gesture is refused with a reason', () => {
  const text = `package my:app;\nlet a = new ${adder} {};\nlet m = new local:calculator { ... };\n`
  const cases: readonly (readonly [title: string, edit: Edit, why: RegExp, text?: string])[] = [
    ['a block that is gone', { kind: 'remove', blocks: ['gone'] }, /no block `gone`/],
    ['no block at all', { kind: 'remove', blocks: [] }, /nothing to remove/],
    [
      'an import that is none',
      { kind: 'connect', from: end('export', 'a', add), to: end('import', 'm', 'x') },
      /`x`/,
    ],
    ['an export that is none', { kind: 'export', from: end('export', 'm', 'x') }, /`x`/],
    ['a name that is taken', { kind: 'rename', block: 'a', to: 'm' }, /`m`/],
    ['a name that is none', { kind: 'rename', block: 'a', to: 'not a name' }, /not a name/],
    ['a package that is none', { kind: 'instantiate', package: 'no:such' }, /no:such/],
    [
      'two exports',
      { kind: 'connect', from: end('export', 'a', add), to: end('export', 'm', run) },
      /ends at an import/,
    ],
    ['a text that does not parse', { kind: 'remove', blocks: ['a'] }, /./, `${text}let`],
  ]
  for (const [title, edit, why, other] of cases)
    it(title, async () => {
      const refusal = (await workshop.edit(other ?? text, edit)) as Refusal
      assert.match(refusal.refused, why)
      assert.doesNotMatch(refusal.refused, /should not have happened/)
    })

  it('a cycle', async () => {
    const both = await workshopWith([], {
      'both.wat': '(component (import "in" (func $f)) (export "out" (func $f)))',
    })
    const page = new Page(
      'package my:app;\nlet a = new local:both { ... };\nlet b = new local:both { in: a.out };\n',
      both,
    )
    const edit: Edit = { kind: 'connect', from: end('export', 'b', 'out'), to: end('import', 'a', 'in') }
    const refusal = (await both.edit(page.text, edit)) as Refusal
    assert.match(refusal.refused, /cycle|circle|needs? itself/)
    const fits = await both.fitting(page.text, end('export', 'b', 'out'))
    assert.deepEqual(
      fits.map(({ port, verdict, reason }) => [port.block, verdict, reason]),
      [['a', 'differs', 'it would need itself: a cycle']],
    )
    // Taking it away and giving the other one is fine.
    await page.edit({ kind: 'disconnect', to: end('import', 'b', 'in') })
    await page.edit(edit)
    assert.match(page.text, /let b = .*\nlet a = new local:both \{ in: b\.out/)
  })
})

/** An instance with `f` in it, as `it`. */
const inner = `(core module $m (func (export "f"))) (core instance $i (instantiate $m))
  (func $f (canon lift (core func $i "f"))) (component $w (import "f" (func $f)) (export "f" (func $f)))
  (instance $it (instantiate $w (with "f" (func $f)))) (export "it" (instance $it))`

describe('wires by themselves', () => {
  const text = `package my:app;
// What is run.
let command = new local:kv-command { ... };
let store = new local:kv-store { ... };
let database = new tenon-examples:kv-database { ... };
export command.run;
`

  it('connect what only fits once, and leave WASI to the host', async () => {
    const wired = accepted(await workshop.autoWire(text))
    const { graph, problems } = await workshop.analyze(wired.text)
    assert.deepEqual(problems, [])
    assert.deepEqual(
      graph!.wires.map(({ from, to }) => `${from.block}.${from.port} → ${to.block}`),
      [
        'database.tenon-examples:kv-store/kvdb → store',
        'database.log → store',
        'store.replace-value → command',
      ],
    )
    assert.equal(wired.wired.length, 3)
    assert.match(wired.text, /\/\/ What is run\.\nlet command/)
    assert.equal(applied(text, wired.changes), wired.text)
    assert.deepEqual(accepted(await workshop.autoWire(wired.text)).wired, [], 'nothing is left')
  })

  it('of one block alone', async () => {
    const { wired } = accepted(await workshop.autoWire(text, 'command'))
    assert.deepEqual(wired, ['command replace-value'])
  })

  it('not where two fit', async () => {
    const twice = `package my:app;
let a = new ${adder} {};\nlet b = new ${adder} {};\nlet m = new local:calculator { ... };\n`
    assert.deepEqual(accepted(await workshop.autoWire(twice)).wired, [])
  })

  it('to an export of another version, where no other has the name', async () => {
    const versions = await workshopWith([], {
      'new.wat': `(component (component $c ${inner}) (instance $i (instantiate $c)) (export "a:b/c@1.2.0" (instance $i "it")))`,
      'old.wat': `(component (component $c ${inner}) (instance $i (instantiate $c)) (export "a:b/c@0.9.0" (instance $i "it")))`,
      'user.wat': '(component (import "a:b/c@1.0.0" (instance (export "f" (func)))))',
    })
    const { wired, text: now } = accepted(
      await versions.autoWire(`package my:app;
let n = new a:new {};\nlet o = new a:old {};\nlet u = new local:user { ... };\n`),
    )
    assert.deepEqual(wired, ['u a:b/c@1.0.0'])
    assert.deepEqual((await versions.analyze(now)).problems, [])
  })
})
