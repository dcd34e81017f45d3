import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DecodeError } from '../../errors.ts'
import { decodeBranchHints, encodeBranchHints } from './branch-hints.ts'
import { decodeNames, encodeNames, type ModuleNames, namesOfNone } from './names.ts'

const names: ModuleNames = {
  module: 'm',
  items: {
    func: new Map([
      [0, 'f'],
      [7, 'größe'],
    ]),
    table: new Map([[0, 't']]),
    memory: new Map([[0, 'm']]),
    global: new Map([[0, 'g']]),
    tag: new Map([[0, 'e']]),
    type: new Map([[3, '']]),
    elem: new Map([[0, 'el']]),
    data: new Map([[0, 'd']]),
  },
  locals: new Map([[2, new Map([[0, 'x']])]]),
  labels: new Map([[2, new Map([[1, 'l']])]]),
  fields: new Map([[0, new Map([[4, 'a']])]]),
  others: [{ id: 99, bytes: Uint8Array.of(1, 2) }],
}

test('all sorts of names become bytes and come back', () => {
  assert.deepEqual(decodeNames(encodeNames(names)!), names)
})

test('where nothing has a name there is no section', () => {
  assert.equal(encodeNames(namesOfNone), undefined)
  assert.deepEqual(decodeNames(new Uint8Array()), namesOfNone)
})

test('malformed names are a DecodeError', () => {
  const bytes = encodeNames(names)!
  assert.throws(() => decodeNames(bytes.subarray(0, bytes.length - 1)), DecodeError)
  assert.throws(() => decodeNames(Uint8Array.of(1, 3, 1, 0, 1)), DecodeError)
})

test('branch hints become bytes and come back', () => {
  const hints = new Map([
    [1, [{ offset: 5, value: 1 }]],
    [
      300,
      [
        { offset: 6, value: 0 },
        { offset: 400, value: 1 },
      ],
    ],
  ])
  assert.deepEqual(decodeBranchHints(encodeBranchHints(hints)), hints)
  for (const bytes of [
    [1, 0, 1, 5, 2, 1],
    [1, 0, 1, 5, 1, 2],
    [0, 0],
  ]) {
    assert.throws(() => decodeBranchHints(Uint8Array.from(bytes)), DecodeError)
  }
})
