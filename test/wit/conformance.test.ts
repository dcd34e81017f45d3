/** The tests of `wit-parser`: valid packages resolve to the same structure, invalid ones are refused at the same place. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import { readWitSources } from '../../src/cli/read-wit.ts'
import { WitError } from '../../src/errors.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { readReference, structureOf } from './reference-structure.ts'

const folder = fileURLToPath(new URL('../../../shared/conformance/wit/ui/', import.meta.url))
const skip = !existsSync(folder) && 'there is no ../shared/conformance/wit beside this checkout'

/** Refused elsewhere, for a reason. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  // A top-level `use` names an interface. That this is what is wrong, and not that the world is included, is said there.
  ['use-and-include-world', 'use-and-include-world/root.wit:3:13'],
])

const options = { features: new Set(['active']) }

describe('WIT that is valid', { skip }, () => {
  const expected = skip ? [] : readdirSync(folder).filter((name) => name.endsWith('.wit.json'))
  it('is found', () => assert.equal(expected.length, 74))
  for (const file of expected) {
    const name = file.slice(0, -'.wit.json'.length)
    it(name, () => {
      const path = ['', '.wit', '.wat'].map((end) => folder + name + end).find((each) => existsSync(each))!
      const { packages } = resolveWit(readWitSources(path), options)
      assert.deepEqual(structureOf(packages), readReference(`${folder}${file}`))
    })
  }
})

describe('WIT that is not valid', { skip }, () => {
  const failing = `${folder}parse-fail/`
  const results = skip ? [] : readdirSync(failing).filter((name) => name.endsWith('.wit.result'))
  for (const file of results) {
    const name = file.slice(0, -'.wit.result'.length)
    const path = [`${failing}${name}.wit`, `${failing}${name}`].find((each) => existsSync(each))
    it(name, { skip: path === undefined && 'its source is not there' }, () => {
      const problem = problemOf(path!)
      const places = [
        ...readFileSync(`${failing}${file}`, 'utf8').matchAll(/tests\/ui\/parse-fail\/(\S+:\d+:\d+)/g),
      ]
      const reason = elsewhere.get(name)
      const wanted = reason === undefined ? places.map((match) => match[1]) : [reason]
      if (wanted.length > 0) assert.ok(wanted.includes(problem.place), `${problem.place} ${problem.message}`)
    })
  }

  function problemOf(path: string): { place: string; message: string } {
    try {
      resolveWit(readWitSources(path), options)
    } catch (error) {
      assert.ok(error instanceof WitError, String(error))
      const { message, labels } = error.diagnostics[0]!
      const { source, span } = labels[0]!
      const { line, column } = source.position(span.start)
      return { place: `${source.name.slice(failing.length)}:${line}:${column}`, message }
    }
    return assert.fail('it was not refused')
  }
})
