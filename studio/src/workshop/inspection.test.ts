import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Component } from 'tenon'
import { ByteWriter } from 'tenon/binary'
import { parseWat } from 'tenon/wat'
import { accepted, workshopWith } from './testing/examples.ts'
import { createWorkshop } from './workshop.ts'

it('looks inside a component', async () => {
  const workshop = await workshopWith(['calculator'])
  const inspection = accepted(await workshop.inspect('local:calculator'))
  assert.match(
    inspection.wit,
    /^package root:component;\n\nworld root \{\n {2}import tenon-examples:interfaced-adder\/add;/,
  )
  assert.match(inspection.wit, /export wasi:cli\/run@0\.2\.0;/)
  assert.deepEqual(inspection.unprintable, [])
  assert.ok(inspection.components > 0)
  assert.ok(
    inspection.producers.some(({ field, name }) => field === 'processed-by' && name === 'wit-bindgen-rust'),
  )
  const total = inspection.sections.reduce((sum, { bytes }) => sum + bytes, 0)
  // The preamble is 8 bytes, and each nested item has a head of a few.
  assert.ok(total <= inspection.size && total > inspection.size * 0.95, `${total} of ${inspection.size}`)
  const [main] = inspection.modules.toSorted((a, b) => b.size - a.size)
  assert.ok(main!.functions > 10 && main!.imports > 5 && main!.exports > 1)
  assert.match(main!.memory!, /^\d+$/)
  const why = Object.fromEntries(inspection.imports.map(({ name, why }) => [name, why]))
  assert.deepEqual(why['tenon-examples:interfaced-adder/add'], [{ module: main!.name, functions: ['add'] }])
  assert.deepEqual(why['wasi:cli/terminal-input@0.2.12']![0]!.functions, ['terminal-input (only dropped)'])
})

it('says where modules are, and what memory they have', async () => {
  const workshop = await workshopWith([], {
    'a.wat': `(component
      (core module $one (memory (export "m") 1 4))
      (component $inner (core module $two (import "a" "m" (memory 2))) (component $empty)))`,
  })
  const { modules, components } = accepted(await workshop.inspect('local:a'))
  assert.equal(components, 2)
  assert.deepEqual(
    modules.map(({ path, name, memory, imports, exports }) => ({ path, name, memory, imports, exports })),
    [
      { path: 'one', name: 'one', memory: '1 to 4', imports: 0, exports: 1 },
      { path: 'inner › two', name: 'two', memory: '2', imports: 1, exports: 0 },
    ],
  )
})

it('what hostile components say of themselves is bounded text', async () => {
  const workshop = createWorkshop()
  const markup = '<img src=x onerror=alert(1)>'.repeat(2_000)
  const bytes = withCustomSection(parseWat('(component (core module $m) (import "a" (func)))'), markup)
  const added = accepted(await workshop.addPackage(bytes, 'x.wasm', () => undefined))
  const { sections } = accepted(await workshop.inspect(added.package.name))
  assert.ok(sections.some(({ name }) => name.startsWith('custom section <img')))
  assert.ok(sections.every(({ name }) => name.length < 3_000))
})

/** `custom ::= 0x00 size name byte*` */
function withCustomSection(component: Uint8Array, name: string): ArrayBuffer {
  const contents = new ByteWriter().name(name).byte(1).finish()
  return new ByteWriter().bytes(component).byte(0).u32(contents.length).bytes(contents).finish().slice()
    .buffer
}

it('a program does what the composition does', async () => {
  const workshop = await workshopWith(['calculator', 'interfaced-adder'])
  const text = `package my:app;
let adder = new tenon-examples:interfaced-adder {};
let calculator = new local:calculator { add: adder.add, ... };
export calculator.run;
`
  const program = (await workshop.program(text)) as string
  assert.match(program, /import \{ Component, Linker \} from 'tenon'/)
  const files = new Map([['local:calculator', 'deps/calculator.wasm']])
  const elsewhere = (await workshop.program(text, files)) as string
  assert.match(elsewhere, /'deps\/calculator\.wasm'/)
  assert.match(elsewhere, /'tenon-examples-interfaced-adder\.wasm'/)
  const bytes = accepted(await workshop.encode(text))
  const component = Component.fromBytes(new Uint8Array(bytes))
  assert.deepEqual(
    component.exports.map(({ name }) => name),
    ['wasi:cli/run@0.2.0'],
  )
  for (const ask of [
    workshop.program('package my:app;\nexport b;'),
    workshop.encode('package my:app;\nexport b;'),
  ]) {
    const refusal = await ask
    assert.ok(typeof refusal !== 'string' && 'refused' in refusal)
    assert.equal(refusal.refused, 'undefined name `b`')
  }
})
