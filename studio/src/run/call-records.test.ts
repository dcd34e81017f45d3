import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type CallRecord, withRecord } from './call-records.ts'
import { mostRemembered, rememberedCharacters } from './limits.ts'

function record(id: number, text = 'f()', wave?: string): CallRecord {
  const answer =
    wave === undefined
      ? undefined
      : { wave, json: `"${wave}"`, outcome: 'ok' as const, milliseconds: 1, resources: [] }
  return { id, callable: undefined, text, parameters: [], answer }
}

suite('calls that are remembered', () => {
  test('newest first, and so many', () => {
    let records: readonly CallRecord[] = []
    for (let id = 1; id <= mostRemembered + 5; id++) records = withRecord(records, record(id))
    assert.equal(records.length, mostRemembered)
    assert.equal(records[0]!.id, mostRemembered + 5)
    assert.equal(records.at(-1)!.id, 6)
  })

  test('fewer of long ones, but always the newest', () => {
    const long = 'x'.repeat(rememberedCharacters / 2)
    let records: readonly CallRecord[] = []
    for (let id = 1; id <= 3; id++) records = withRecord(records, record(id, long))
    assert.deepEqual(
      records.map(({ id }) => id),
      [3, 2],
    )
    assert.equal(withRecord(records, record(4, `${long}${long}x`)).length, 1)
  })

  test('only the newest result is whole', () => {
    const long = 'y'.repeat(10_000)
    const [newest, older] = withRecord([record(1, 'f()', long)], record(2, 'f()', long))
    assert.deepEqual(newest, record(2, 'f()', long))
    assert.deepEqual(older!.answer, {
      wave: 'y'.repeat(300),
      json: undefined,
      outcome: 'ok',
      milliseconds: 1,
      resources: [],
    })
  })
})
