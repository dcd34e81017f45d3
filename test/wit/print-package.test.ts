/** Packages that are printed and read again are the same. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import { readWitSources } from '../../src/cli/read-wit.ts'
import { printPackageName, type WitPackage } from '../../src/wit/package.ts'
import { printPackage } from '../../src/wit/print-package.ts'
import { type ResolvedWit, resolveWit } from '../../src/wit/resolve.ts'
import { compare, inOneOrder } from './in-one-order.ts'
import { readWasi } from './read-wasi.ts'

const vectors = fileURLToPath(new URL('../../../shared/conformance/', import.meta.url))
const skip = !existsSync(vectors) && 'there is no ../shared/conformance beside this checkout'

describe('printed packages', { skip }, () => {
  const folder = `${vectors}wit/ui/`
  const names = skip ? [] : readdirSync(folder).filter((name) => name.endsWith('.wit.json'))
  for (const file of names) {
    const name = file.slice(0, -'.wit.json'.length)
    it(name, () => {
      const path = ['', '.wit', '.wat'].map((end) => folder + name + end).find((each) => existsSync(each))!
      assertSame(resolveWit(readWitSources(path), { features: new Set(['active']) }))
    })
  }

  it('of WASI are found', () => assert.equal(readWasi().size, 15))
  for (const [name, sources] of readWasi()) {
    it(`wasi ${name}`, () => assertSame(resolveWit(sources, { features: 'all' })))
  }
})

function assertSame({ main, packages }: ResolvedWit): void {
  const text = printPackage(main, othersOf({ main, packages }))
  const again = resolveWit({ files: [{ name: 'printed.wit', text }] }, { features: 'all' })
  assert.deepEqual(inOneOrder(again.packages), inOneOrder(packages), text)
  assert.equal(printPackage(again.main, othersOf(again)), text)
}

function othersOf({ main, packages }: ResolvedWit): WitPackage[] {
  return packages
    .filter((one) => one !== main)
    .sort((a, b) => compare(printPackageName(a.name), printPackageName(b.name)))
}
