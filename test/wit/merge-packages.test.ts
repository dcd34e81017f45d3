/** The tests of `wit-component`: two sets of packages that become one, or do not fit together. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import { readWitSources } from '../../src/cli/read-wit.ts'
import { WitError } from '../../src/errors.ts'
import { mergePackages } from '../../src/wit/merge-packages.ts'
import { printPackageName, type WitPackage } from '../../src/wit/package.ts'
import { printPackage } from '../../src/wit/print-package.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { normalize } from './normalize-text.ts'
import { readWasi } from './read-wasi.ts'

const folder = fileURLToPath(new URL('../../../shared/conformance/wit-component/merge/', import.meta.url))
const skip = !existsSync(folder) && 'there is no ../shared/conformance beside this checkout'

describe('merged packages', { skip }, () => {
  const cases = skip ? [] : readdirSync(folder)
  it('are found', () => assert.equal(cases.length, 10))
  for (const name of cases) {
    it(name, () => {
      const read = (part: string) => resolveWit(readWitSources(`${folder}${name}/${part}`)).packages
      const [into, from] = [read('into'), read('from')]
      const error = `${folder}${name}/error.txt`
      if (existsSync(error)) {
        const message = readFileSync(error, 'utf8').trimEnd()
        assert.throws(
          () => mergePackages(into, from),
          (thrown) => thrown instanceof WitError && thrown.diagnostics[0]!.message === message,
        )
        return
      }
      assertPrints(mergePackages(into, from), `${folder}${name}/merge/`)
      if (name.startsWith('commutative')) assertPrints(mergePackages(from, into), `${folder}${name}/merge/`)
    })
  }
})

describe('packages that are merged with themselves stay what they are', { skip }, () => {
  const ui = fileURLToPath(new URL('../../../shared/conformance/wit/ui/', import.meta.url))
  for (const [name, sources] of readWasi())
    it(`wasi ${name}`, () => assertUnchanged(resolveWit(sources, { features: 'all' }).packages))

  for (const file of skip ? [] : readdirSync(ui).filter((name) => name.endsWith('.wit.json'))) {
    const name = file.slice(0, -'.wit.json'.length)
    it(name, () => {
      const path = ['', '.wit', '.wat'].map((end) => ui + name + end).find((each) => existsSync(each))!
      assertUnchanged(resolveWit(readWitSources(path), { features: new Set(['active']) }).packages)
    })
  }
})

function assertUnchanged(packages: readonly WitPackage[]): void {
  const printed = new Map(packages.map((one) => [printPackageName(one.name), printPackage(one)]))
  for (const merged of [
    mergePackages(packages, packages),
    mergePackages([], packages),
    mergePackages(packages, []),
  ]) {
    assert.equal(merged.length, packages.length)
    for (const one of merged) assert.equal(printPackage(one), printed.get(printPackageName(one.name)))
  }
}

function assertPrints(packages: readonly WitPackage[], expected: string): void {
  const text = new Map(packages.map((one) => [printPackageName(one.name), printPackage(one)]))
  const files = readdirSync(expected).map((file) => readFileSync(`${expected}${file}`, 'utf8'))
  assert.equal(files.length, text.size)
  for (const file of files) {
    const name = /package (.*);/.exec(file)![1]!.replaceAll('%', '')
    assert.deepEqual(normalize(text.get(name)!), normalize(file), name)
  }
  // What is merged hangs together.
  const [main, ...others] = packages.toReversed()
  resolveWit({ files: [{ name: 'merged.wit', text: printPackage(main!, others) }] })
}
