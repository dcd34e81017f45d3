/** Packages of which some are text and some in binary form. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encode } from '../../src/binary/encode.ts'
import { WitError } from '../../src/errors.ts'
import { encodePackage } from '../../src/wit/encode-package.ts'
import { printPackageName, type WitPackage } from '../../src/wit/package.ts'
import type { WitFile } from '../../src/wit/package-sources.ts'
import { printPackage } from '../../src/wit/print-package.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { readWasi } from './read-wasi.ts'
import { structureOf } from './reference-structure.ts'

const binary = (one: WitPackage): WitFile[] => [
  { name: `${printPackageName(one.name)}.wasm`, text: encode(encodePackage(one)) },
]

describe('dependencies in binary form', () => {
  for (const [name, sources] of readWasi()) {
    it(`wasi ${name}`, () => {
      const text = resolveWit(sources, { features: 'all' })
      const others = text.packages.filter((one) => one !== text.main).map(binary)
      const { main, packages } = resolveWit(
        { files: sources.files, dependencies: others },
        { features: 'all' },
      )
      assert.equal(printPackage(main), printPackage(text.main))
      assert.deepEqual(docsAside(packages), docsAside(text.packages))
    })

    it(`wasi ${name}, every second one`, () => {
      const text = resolveWit(sources, { features: 'all' })
      const others = text.packages.filter((one) => one !== text.main)
      const mixed = others.map((one, index) =>
        index % 2 === 0
          ? binary(one)
          : [{ name: `${printPackageName(one.name)}.wit`, text: printPackage(one) }],
      )
      const { packages } = resolveWit({ files: binary(text.main), dependencies: mixed }, { features: 'all' })
      assert.deepEqual(docsAside(packages), docsAside(text.packages))
    })
  }

  /** By name; functions of resources stand before others in binary form. */
  function docsAside(packages: readonly WitPackage[]): unknown {
    const sorted = packages.toSorted((a, b) => (printPackageName(a.name) < printPackageName(b.name) ? -1 : 1))
    return JSON.parse(JSON.stringify(structureOf(sorted)), (key, value) =>
      key === 'functions' ? value.toSorted((a: [string], b: [string]) => (a[0] < b[0] ? -1 : 1)) : value,
    )
  }
})

describe('dependencies that do not fit', () => {
  const resolve = (files: readonly string[]) => {
    const [main, ...others] = files.map((text, index) => [{ name: `${index}.wit`, text }])
    return resolveWit({ files: main!, dependencies: others })
  }
  const user = binary(
    resolve([
      'package u:u; interface i { use l:l/types.{t}; f: func(x: t); }',
      'package l:l; interface types { record t { x: u8 } }',
    ]).main,
  )
  const refused = (text: string): string => {
    try {
      resolveWit({
        files: [{ name: 'main.wit', text: 'package m:m; interface i { use u:u/i.{t}; }' }],
        dependencies: [user, [{ name: 'types.wit', text }]],
      })
    } catch (error) {
      assert.ok(error instanceof WitError)
      return error.message
    }
    return ''
  }

  it('the same type', () => assert.equal(refused('package l:l; interface types { record t { x: u8 } }'), ''))

  it('another type, shown where it is text', () => {
    const message = refused('package l:l; interface types { record t { x: u16 } }')
    assert.match(message, /failed to merge package `l:l` into existing copy: .*interface `types`: type `t`/)
    assert.match(message, / --> types\.wit:1:39\n/)
  })

  it('a type that only the binary form knows is there all the same', () => {
    assert.equal(refused('package l:l; interface types { type other = u8; }'), '')
  })

  it('a component, and what is nothing at all', () => {
    const component = new Uint8Array([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0])
    for (const [bytes, says] of [
      [component, /this is a component, and no package in binary form/],
      [component.subarray(0, 6), /not a package in binary form: /],
      [new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), /not a package in binary form: .*core module/],
    ] as const) {
      const files = [{ name: 'm.wit', text: 'package m:m;' }]
      assert.throws(
        () => resolveWit({ files, dependencies: [[{ name: 'x.wasm', text: bytes }]] }),
        (error) => error instanceof WitError && says.test(error.message) && /--> x\.wasm/.test(error.message),
      )
    }
  })
})
