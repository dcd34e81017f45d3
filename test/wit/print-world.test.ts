/** The worlds of components that another toolchain made, printed, against its own print: equal but for the order. The component fits the world. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { validate } from '../../src/validation/validate.ts'
import { decodeWit } from '../../src/wit/decode-wit.ts'
import { printWit } from '../../src/wit/print-wit.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { targets } from '../../src/wit/targets.ts'
import { assemble } from '../support/assemble.ts'
import { normalize } from './normalize-text.ts'

const suite = '../shared/conformance/wit-component/components'

test('the components of wit-component', {
  skip: !existsSync(suite) && `${suite} is not there`,
}, async (t) => {
  for (const expected of globSync(`${suite}/*/component.wit.print`)) {
    const folder = dirname(expected)
    await t.test(basename(folder), async () => {
      const bytes = await assemble(readFileSync(`${folder}/component.wat`, 'utf8'))
      const component = decode(bytes)
      const printed = printWit(decodeWit(component))
      // What is expected is the first package alone.
      const own = normalize(printed).filter((item) => !/^package .* \{/.test(item))
      assert.deepEqual(own, normalize(readFileSync(expected, 'utf8')))
      const { main } = resolveWit({ files: [{ name: 'printed.wit', text: printed }] })
      assert.deepEqual(targets(validate(component), main.worlds.get('root')!), [])
    })
  }
})
