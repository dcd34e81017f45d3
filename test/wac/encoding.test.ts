/** The tests of `wac-parser`'s encoding: the same component but for the order and number of its indices. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { packageFolder } from '../../src/cli/compose/package-folder.ts'
import { encodeComposition } from '../../src/compose/encode-composition.ts'
import { resolveWac } from '../../src/compose/wac/resolve.ts'
import { parseWat } from '../../src/wat/index.ts'
import { parseSkipList } from '../support/skip-list.ts'
import { namesOf, shapeOf } from '../compose/component-shape.ts'

const folder = fileURLToPath(new URL('../../../shared/conformance/wac/encoding/', import.meta.url))
const differences = parseSkipList(readFileSync(new URL('../wac.differences.txt', import.meta.url), 'utf8'))
const skip = !existsSync(folder) && 'there is no ../shared/conformance/wac beside this checkout'

describe('WAC encoded', { skip }, () => {
  const documents = skip ? [] : readdirSync(folder).filter((name) => name.endsWith('.wac'))
  it('is found', () => assert.equal(documents.length, 5))
  it('has no differences that are not there', () => {
    const unknown = differences.unknownFiles(documents.map((name) => `encoding/${name}`))
    assert.deepEqual(
      unknown.filter((place) => place.startsWith('encoding/')),
      [],
    )
  })
  for (const name of documents) {
    it(name, () => {
      const file = { name, text: readFileSync(folder + name) }
      const finder = packageFolder(folder + name.replace('.wac', ''), new Map())
      const { composition } = resolveWac(file, finder)
      const bytes = encodeComposition(composition, { packages: 'import' })
      const expected = parseWat(readFileSync(`${folder}${name}.result`, 'utf8'))
      const [ours, stated] = [bytes, expected].map((each) => shapeOf(each, namesOf(each)))
      if (differences.file(`encoding/${name}`) === undefined) assert.deepEqual(ours, stated)
      else assert.notDeepEqual(ours, stated, 'it is no difference any more')
    })
  }
})
