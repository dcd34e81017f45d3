import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { FormType } from '../../contract/run.ts'
import { suitability } from './form-limits.ts'

const bool: FormType = { kind: 'bool' }
const taking = (type: FormType) => suitability({ parameters: [{ name: 'p', type }] })

suite('suitability of a form', () => {
  test('what nobody can type is said, however deep it is', () => {
    const stream: FormType = {
      kind: 'option',
      type: { kind: 'tuple', types: [bool, { kind: 'unsupported', type: 'stream<u8>' }] },
    }
    assert.match(taking(stream).impossible!, /parameter p takes a stream/)
    assert.match(taking({ kind: 'error-context' }).impossible!, /error-context/)
    assert.equal(taking(bool).impossible, undefined)
  })

  test('types that double at each level are not counted part by part', () => {
    let type: FormType = bool
    let looks = 0
    for (let depth = 0; depth < 90; depth++) type = doubled(type)
    assert.match(taking(type).textOnly!, /more than 2000 fields/)
    assert.equal(taking(type).impossible, undefined)
    assert.ok(looks < 100_000, `${looks} looks into types`)

    function doubled(part: FormType): FormType {
      return {
        kind: 'tuple',
        get types() {
          looks++
          return [part, part]
        },
      }
    }
  })

  test('a list of a fixed length counts as often as it is long', () => {
    const list = (length: number): FormType => ({ kind: 'list', type: bool, length })
    assert.equal(taking(list(500)).textOnly, undefined)
    assert.match(taking(list(1_073_741_824)).textOnly!, /fields/)
  })
})
