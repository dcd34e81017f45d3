/** Packages as texts, as models and in binary form: each way there and back. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { encode } from '../../src/binary/encode.ts'
import { readWitSources } from '../../src/cli/read-wit.ts'
import type { Component } from '../../src/component/component.ts'
import { parseWat } from '../../src/wat/index.ts'
import { decodeWit } from '../../src/wit/decode-wit.ts'
import { encodePackage } from '../../src/wit/encode-package.ts'
import type { WitPackage } from '../../src/wit/package.ts'
import { printPackage } from '../../src/wit/print-package.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { normalize } from './normalize-text.ts'
import { readWasi } from './read-wasi.ts'
import { structureOf } from './reference-structure.ts'

const vectors = fileURLToPath(new URL('../../../shared/conformance/', import.meta.url))
const skip = !existsSync(vectors) && 'there is no ../shared/conformance beside this checkout'

/** As text; components have no such types. */
const notValid: ReadonlySet<string> = new Set(['multi-file', 'types', 'union-fuzz-2', 'use-chain'])

describe('text → binary → text → binary', { skip }, () => {
  it('of WASI are found', () => assert.equal(readWasi().size, 15))
  for (const [name, sources] of readWasi()) {
    it(`wasi ${name}`, () => {
      const { packages } = resolveWit(sources, { features: 'all' })
      for (const each of packages) assertRoundTrip(each, packages)
    })
  }

  const folder = `${vectors}wit/ui/`
  const names = skip ? [] : readdirSync(folder).filter((name) => name.endsWith('.wit.json'))
  for (const file of names) {
    const name = file.slice(0, -'.wit.json'.length)
    it(name, { skip: notValid.has(name) && 'it has records without fields' }, () => {
      const path = ['', '.wit', '.wat'].map((end) => folder + name + end).find((each) => existsSync(each))!
      const { packages } = resolveWit(readWitSources(path), { features: new Set(['active']) })
      for (const each of packages) assertRoundTrip(each, packages)
    })
  }
})

describe('packages in binary form', { skip }, () => {
  const folder = `${vectors}wit-component/interfaces/`
  for (const file of skip ? [] : readdirSync(folder).filter((name) => name.endsWith('.wat'))) {
    const name = file.slice(0, -'.wat'.length)
    it(name, { skip: name === 'single-named-result' && 'results have no names any more' }, () => {
      const bytes = parseWat(readFileSync(`${folder}${file}`, 'utf8'))
      const { main, packages } = decodeWit(decode(bytes))
      const path = [`${folder}${name}.wit`, `${folder}${name}`].find((each) => existsSync(each))
      if (path !== undefined) {
        const resolved = resolveWit(readWitSources(path))
        assert.deepEqual(structure(main, packages), structure(resolved.main, resolved.packages))
      }
      const print = `${folder}${name}.wit.print`
      if (existsSync(print)) {
        const others = packages.filter((each) => each !== main)
        assert.deepEqual(normalize(printPackage(main, others)), normalize(readFileSync(print, 'utf8')))
      }
    })
  }
})

function assertRoundTrip(one: WitPackage, all: readonly WitPackage[]): void {
  // Nothing in such a component says what the package is called.
  if (one.interfaces.size + one.worlds.size === 0) return
  const bytes = encode(encodePackage(one))
  const { main, packages } = decodeWit(decode(bytes))
  assert.deepEqual(structure(main, packages), structure(one, all))
  const text = printPackage(main)
  assert.equal(text, printPackage(one))
  assertEncodesTo(main, bytes)
  const others = packages.filter((each) => each !== main)
  const printed = { files: [{ name: 'printed.wit', text: printPackage(main, others) }] }
  assertEncodesTo(resolveWit(printed, { features: 'all' }).main, bytes)
}

/** Byte for byte; but for the order of docs, which is that in which functions were written. */
function assertEncodesTo(one: WitPackage, bytes: Uint8Array): void {
  const [again, before] = [encode(encodePackage(one)), bytes].map(decode)
  const parts = ({ definitions, bytes }: Component): unknown => {
    const section = definitions.find((each) => each.kind === 'custom')
    assert.ok(section?.kind === 'custom')
    const { start, end } = section.range
    const docs: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(start + 1, end)))
    return { size: bytes.length, before: bytes.subarray(0, start), docs }
  }
  assert.deepEqual(parts(again!), parts(before!))
}

/** Functions of resources stand before others in binary form. */
function structure(one: WitPackage, all: readonly WitPackage[]): unknown {
  const structures = structureOf(all) as unknown[]
  return JSON.parse(JSON.stringify(structures[all.indexOf(one)]), (key, value) =>
    key === 'functions' ? value.toSorted((a: [string], b: [string]) => (a[0] < b[0] ? -1 : 1)) : value,
  )
}
