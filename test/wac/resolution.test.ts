/** The tests of `wac-parser`'s resolution: the same graphs, and the same documents refused at the same place. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { packageFolder } from '../../src/cli/compose/package-folder.ts'
import type { Composition } from '../../src/compose/composition.ts'
import { resolveWac } from '../../src/compose/wac/resolve.ts'
import { WacError } from '../../src/errors.ts'
import { printGraph } from './reference-graph.ts'
import { readRefusal } from './reference-refusal.ts'

const folder = fileURLToPath(new URL('../../../shared/conformance/wac/resolution/', import.meta.url))
const encoding = fileURLToPath(new URL('../../../shared/conformance/wac/encoding/', import.meta.url))
const skip = !existsSync(folder) && 'there is no ../shared/conformance/wac beside this checkout'
const documents = (path: string): string[] =>
  skip ? [] : readdirSync(path).filter((name) => name.endsWith('.wac'))

function resolve(path: string, name: string): Composition {
  const file = { name, text: readFileSync(path + name) }
  return resolveWac(file, packageFolder(path + name.replace('.wac', ''), new Map())).composition
}

describe('WAC that resolves', { skip }, () => {
  it('is found', () => assert.equal(documents(folder).length, 13))
  for (const name of documents(folder)) {
    it(name, () => {
      const expected = readFileSync(`${folder}${name}.result`, 'utf8')
      assert.equal(printGraph(resolve(folder, name)), expected)
    })
  }
})

for (const [what, failing, count] of [
  ['resolve', `${folder}fail/`, 113],
  ['encode', `${encoding}fail/`, 4],
] as const) {
  describe(`WAC that does not ${what}`, { skip }, () => {
    it('is found', () => assert.equal(documents(failing).length, count))
    for (const name of documents(failing)) {
      it(name, () => {
        const error = refusalOf(failing, name)
        const { place, message } = readRefusal(readFileSync(`${failing}${name}.result`, 'utf8'))
        const places = error.diagnostics.flatMap(({ labels }) =>
          labels.map(({ source, span }) => source.position(span.start)),
        )
        const text = `${error.message}\n\nexpected: ${message}`
        if (place) {
          // Of two that clash, either may be named first: both are shown.
          assert.ok(
            places.some(({ line, column }) => line === place.line && column === place.column),
            `${text} at ${place.line}:${place.column}`,
          )
        }
      })
    }
  })
}

function refusalOf(path: string, name: string): WacError {
  try {
    resolve(path, name)
  } catch (error) {
    assert.ok(error instanceof WacError, String(error))
    return error
  }
  return assert.fail('it was not refused')
}
