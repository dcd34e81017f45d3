/** What is made of resolved packages resolves again: folders to the same, worlds alone, worlds turned around. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readWitSources } from '../../src/cli/read-wit.ts'
import { WitError } from '../../src/errors.ts'
import { importize } from '../../src/wit/importize.ts'
import { packageFiles } from '../../src/wit/package-files.ts'
import { packagesOfWorld } from '../../src/wit/packages-of-world.ts'
import { replaceWorld } from '../../src/wit/replace-world.ts'
import { type ResolvedWit, resolveWit } from '../../src/wit/resolve.ts'
import { inOneOrder } from './in-one-order.ts'
import { readWasi } from './read-wasi.ts'

const folder = fileURLToPath(new URL('../../../shared/conformance/wit/ui/', import.meta.url))
const skip = !existsSync(folder) && 'there is no ../shared/conformance beside this checkout'

/** Those that need all others, and those that are whole folders. */
const wasi = [...readWasi()].filter(([name]) => /http|config|keyvalue/.test(name))

const inputs: [name: string, wit: () => ResolvedWit][] = [
  ...Array.from(wasi, ([name, sources]): [string, () => ResolvedWit] => [
    `wasi ${name}`,
    () => resolveWit(sources, { features: 'all' }),
  ]),
  ...(skip ? [] : readdirSync(folder))
    .filter((name) => name.endsWith('.wit.json'))
    .map((name) => name.slice(0, -'.wit.json'.length))
    // These have dependencies that are not text.
    .filter((name) => !['simple-wasm-text', 'kinds-of-deps'].includes(name))
    .map((name): [string, () => ResolvedWit] => {
      const path = existsSync(`${folder}${name}.wit`) ? `${folder}${name}.wit` : `${folder}${name}`
      return [name, () => resolveWit(readWitSources(path), { features: new Set(['active']) })]
    }),
]

describe('folders of packages, and worlds', { skip }, () => {
  for (const [name, read] of inputs) {
    it(name, () => {
      const wit = read()
      assert.deepEqual(inOneOrder(again(wit).packages), inOneOrder(wit.packages))
      for (const { worlds } of wit.packages) {
        for (const world of worlds.values()) {
          const alone = packagesOfWorld(wit, world)
          assert.deepEqual(inOneOrder(again(alone).packages), inOneOrder(alone.packages))
          assert.deepEqual([...alone.main.worlds.keys()], [world.name])
          const turned = importizedOrUndefined(wit, world)
          if (turned) assert.deepEqual(inOneOrder(again(turned).packages), inOneOrder(turned.packages))
        }
      }
    })
  }

  function importizedOrUndefined(wit: ResolvedWit, world: Parameters<typeof importize>[0]) {
    try {
      const made = importize(world)
      const names = [...world.exports].flatMap(([name, { kind }]) => (kind === 'type' ? [] : [name]))
      assert.equal(made.exports.size, 0)
      for (const name of names) assert.ok(made.imports.has(name))
      return packagesOfWorld(replaceWorld(wit, world, made), made)
    } catch (error) {
      assert.ok(error instanceof WitError && /has the name of a type/.test(error.message), String(error))
      return undefined
    }
  }
})

/** Written to files and read from them. */
function again(wit: ResolvedWit): ResolvedWit {
  const files = packageFiles(wit).map(({ path, text }) => ({ name: path, text }))
  const [main, ...others] = files
  return resolveWit({ files: [main!], dependencies: others.map((file) => [file]) }, { features: 'all' })
}
