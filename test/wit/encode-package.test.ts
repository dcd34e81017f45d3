/** Packages as components, against those of `wit-component`: the same definitions with the same indices. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { encode } from '../../src/binary/encode.ts'
import { readWitSources } from '../../src/cli/read-wit.ts'
import type { Component } from '../../src/component/component.ts'
import { validate } from '../../src/validation/validate.ts'
import { parseWat } from '../../src/wat/index.ts'
import { encodePackage } from '../../src/wit/encode-package.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { readWasi } from './read-wasi.ts'

const folder = fileURLToPath(
  new URL('../../../shared/conformance/wit-component/interfaces/', import.meta.url),
)
const skip = !existsSync(folder) && 'there is no ../shared/conformance beside this checkout'

describe('packages as components', { skip }, () => {
  const files = skip ? [] : readdirSync(folder).filter((name) => name.endsWith('.wat'))
  for (const file of files) {
    const name = file.slice(0, -'.wat'.length)
    const path = [`${folder}${name}.wit`, `${folder}${name}`].find((each) => existsSync(each))
    it(name, { skip: path === undefined && 'its source is not WIT' }, () => {
      const { main } = resolveWit(readWitSources(path!))
      const expected = parseWat(readFileSync(`${folder}${file}`, 'utf8'))
      const encoded = encode(encodePackage(main))
      assert.deepEqual(definitionsOf(encoded), definitionsOf(expected))
      assert.equal(docsOf(encoded), docsOf(expected))
    })
  }

  for (const [name, sources] of readWasi()) {
    it(`wasi ${name} is valid`, () => {
      const { packages } = resolveWit(sources, { features: 'all' })
      for (const each of packages) validate(decode(encode(encodePackage(each))))
    })
  }
})

function docsOf(bytes: Uint8Array): string {
  const section = decode(bytes).definitions.find(
    (each) => each.kind === 'custom' && each.name === 'package-docs',
  )
  assert.ok(section?.kind === 'custom')
  return new TextDecoder().decode(bytes.subarray(section.range.start, section.range.end))
}

/** Without places in the file, and what is about no types. */
function definitionsOf(bytes: Uint8Array): unknown {
  const { definitions }: Component = decode(bytes)
  const types = definitions.filter(({ kind }) => kind !== 'custom')
  return JSON.parse(
    JSON.stringify(types, (key, value) => (key === 'offset' || key === 'range' ? undefined : value)),
  )
}
