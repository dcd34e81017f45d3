import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fit, PackageSummary } from '../contract/workshop.ts'
import {
  copyName,
  endChoices,
  exportChoices,
  frameChoices,
  matching,
  newName,
  packageChoices,
  wireBetween,
} from './choices.ts'
import { exportOf, graph, importOf, instance } from './graph-builder.ts'

const drawn = graph(
  [
    instance('adder', {}, { 'docs:adder/add': 'free' }),
    instance('calculator', { 'docs:adder/add': 'open', log: 'open' }, { run: 'free' }),
  ],
  [],
  {
    open: [{ name: 'log', type: 'func()', isWasi: false, wantedBy: [importOf('calculator', 'log')] }],
  },
)
const start = importOf('calculator', 'docs:adder/add')
const fits: readonly Fit[] = [
  { port: exportOf('calculator', 'run'), verdict: 'differs', reason: 'expected instance, found function' },
  { port: exportOf('adder'), verdict: 'wired', reason: undefined },
  { port: exportOf('adder', 'docs:adder/add'), verdict: 'fits', reason: undefined },
]

test('what fits comes first; what differs compares', () => {
  const choices = endChoices(drawn, start, fits)
  assert.deepEqual(
    choices.map(({ title, verdict, does }) => `${title}: ${verdict}, ${does.kind}`),
    ['add of adder: fits, edit', 'adder as a whole: wired, edit', 'run of calculator: differs, compare'],
  )
  const [first, , last] = choices
  assert.deepEqual(first?.does.kind === 'edit' && first.does.edits, [
    { kind: 'connect', from: exportOf('adder', 'docs:adder/add'), to: start },
  ])
  assert.equal(last?.detail, 'expected instance, found function')
})

test('a wire runs from the export, whichever end it was begun at', () => {
  const from = exportOf('adder')
  assert.deepEqual(wireBetween(from, start), { from, to: start })
  assert.deepEqual(wireBetween(start, from), { from, to: start })
  assert.equal(wireBetween(start, importOf('calculator', 'log')), undefined)
})

test('typed words are found in any order, in titles and details', () => {
  const choices = endChoices(drawn, start, fits)
  const found = (typed: string) => matching(choices, typed).map(({ title }) => title)
  assert.deepEqual(found('WIRE adder'), ['adder as a whole'])
  assert.deepEqual(found('expected'), ['run of calculator'])
  assert.equal(found('  ').length, 3)
  assert.deepEqual(found('zebra'), [])
})

test('the composition exports, and imports by a statement what is open', () => {
  const edits = (end: Parameters<typeof frameChoices>[1]) =>
    frameChoices(drawn, end).map(({ does }) => does.kind === 'edit' && does.edits)
  assert.deepEqual(edits(exportOf('adder')), [[{ kind: 'export', from: exportOf('adder') }]])
  assert.deepEqual(edits(importOf('calculator', 'log')), [[{ kind: 'import', name: 'log' }]])
  assert.deepEqual(edits(importOf('calculator', 'wired')), [])
})

const packages: readonly PackageSummary[] = [
  {
    name: 'docs:adder@1.0.0',
    hash: '',
    size: 1,
    imports: [],
    exports: [{ name: 'docs:adder/add@0.1.0', type: '' }],
    isCommand: false,
  },
  { name: 'docs:other', hash: '', size: 1, imports: [], exports: [], isCommand: false },
]

test('packages are offered that have an end of that name, in any version, under a name that is free', () => {
  const [choice, ...others] = packageChoices(drawn, start, packages)
  assert.deepEqual(others, [])
  assert.deepEqual(choice?.does.kind === 'edit' && choice.does.edits, [
    { kind: 'instantiate', package: 'docs:adder@1.0.0', name: 'adder-2' },
    { kind: 'connect', from: exportOf('adder-2', 'docs:adder/add@0.1.0'), to: start },
  ])
  assert.deepEqual(packageChoices(drawn, exportOf('adder'), packages), [])
})

test('exports of a block, and itself as a whole', () => {
  assert.deepEqual(
    exportChoices(drawn, 'adder').map(({ title }) => title),
    ['add of adder', 'adder as a whole'],
  )
  assert.deepEqual(exportChoices(drawn, 'gone'), [])
})

test('names count up', () => {
  assert.equal(newName(graph([]), 'docs:adder@1.0.0'), 'adder')
  assert.equal(newName(drawn, 'docs:adder', new Set(['adder-2'])), 'adder-3')
  assert.equal(copyName(drawn, 'adder', new Set()), 'adder-2')
  assert.equal(
    copyName(graph([instance('adder', {}, {}), instance('adder-2', {}, {})]), 'adder-2', new Set()),
    'adder-3',
  )
})
