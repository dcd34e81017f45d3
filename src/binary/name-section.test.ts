import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { ByteWriter } from './byte-writer.ts'
import { readComponentNames } from './component-name-section.ts'
import { coreSections, customSections } from './core-sections.ts'
import { decode } from './decode.ts'
import { readNameSection } from './name-section.ts'
import { readProducers } from './producers.ts'

describe('core modules', () => {
  test('module and functions', async () => {
    const bytes = await assemble('(module $math (import "a" "b" (func $imported)) (func) (func $"größe"))')
    const names = readNameSection(bytes)
    assert.equal(names.module, 'math')
    assert.deepEqual(
      [...names.functions],
      [
        [0, 'imported'],
        [2, 'größe'],
      ],
    )
  })
  test('none', async () => {
    assert.deepEqual(readNameSection(await assemble('(module (func))')), {
      module: undefined,
      functions: new Map(),
    })
  })
  test('not a module at all', () => {
    assert.deepEqual(readNameSection(Uint8Array.of(1, 2, 3)), { module: undefined, functions: new Map() })
  })
  test('malformed: what comes before the damage counts', () => {
    const bytes = new ByteWriter()
      .bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
      .section(0, (custom) =>
        custom
          .name('name')
          .section(0, (name) => name.name('math'))
          .bytes([1, 100, 1]),
      )
      .finish()
    assert.deepEqual(readNameSection(bytes), { module: 'math', functions: new Map() })
  })
})

describe('components', () => {
  test('its own name and those of its definitions', async () => {
    const names = readComponentNames(
      decode(
        await assemble('(component $outer (core module $m) (core module) (core module $n) (component $c))'),
      ),
    )
    assert.equal(names.component, 'outer')
    assert.deepEqual(
      [...names.sorts.get('core module')!],
      [
        [0, 'm'],
        [2, 'n'],
      ],
    )
    assert.deepEqual([...names.sorts.get('component')!], [[0, 'c']])
  })
  test('garbage', () => {
    const bytes = new ByteWriter()
      .bytes([0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00])
      .section(0, (custom) => custom.name('component-name').bytes([0xff, 0xfe, 0x01]))
      .finish()
    assert.deepEqual(readComponentNames(decode(bytes)), { component: undefined, sorts: new Map() })
  })
})

describe('producers', () => {
  const contents = new ByteWriter()
    .u32(2)
    .name('language')
    .u32(1)
    .name('Rust')
    .name('')
    .name('processed-by')
    .u32(2)
    .name('rustc')
    .name('1.97.1')
    .name('wit-component')
    .name('0.245.1')
    .finish()
  const all = [
    { field: 'language', name: 'Rust', version: '' },
    { field: 'processed-by', name: 'rustc', version: '1.97.1' },
    { field: 'processed-by', name: 'wit-component', version: '0.245.1' },
  ]
  test('of a core module', () => {
    const bytes = new ByteWriter()
      .bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
      .section(0, (custom) => custom.name('produces'))
      .section(0, (custom) => custom.bytes([40, 1]))
      .section(0, (custom) => custom.name('producers').bytes(contents))
      .finish()
    const sections = customSections(bytes, coreSections(bytes), 'producers')
    assert.equal(sections.length, 1)
    assert.deepEqual(readProducers(bytes, sections[0]!), all)
  })
  test('cut short: those before', () => {
    assert.deepEqual(readProducers(contents, { start: 0, end: contents.length - 1 }), all.slice(0, 2))
  })
})
