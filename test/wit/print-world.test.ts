/** The worlds of components that another toolchain made, printed, against its own print: equal but for the order. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { validate } from '../../src/validation/validate.ts'
import { interfaceNames } from '../../src/wit/interface-names.ts'
import { printWorld } from '../../src/wit/print-world.ts'
import { assemble } from '../support/assemble.ts'

const suite = '../shared/conformance/wit-component/components'

test('the components of wit-component', {
  skip: !existsSync(suite) && `${suite} is not there`,
}, async (t) => {
  for (const expected of globSync(`${suite}/*/component.wit.print`)) {
    const folder = dirname(expected)
    await t.test(basename(folder), { skip: skipped.get(basename(folder)) }, async () => {
      const bytes = await assemble(readFileSync(`${folder}/component.wat`, 'utf8'))
      const component = decode(bytes)
      const printed = printWorld(validate(component), { interfaceNames: interfaceNames(component) })
      // What is expected is the first package alone.
      const own = normalize(printed).filter((item) => !/^package .* \{/.test(item))
      assert.deepEqual(own, normalize(readFileSync(expected, 'utf8')))
    })
  }
})

/** Case → why it is skipped. */
const skipped = new Map<string, string>([
  ...['tricky-order', 'tricky-resources', 'tricky-resources3', 'tricky-resources4'].map(
    (name): [string, string] => [
      name,
      'the same type is used by way of another interface: checked types know the type, not the way',
    ],
  ),
])

/** A tree of blocks, each sorted, with every used type on a line of its own and without comments. */
function normalize(text: string): string[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'))
  return block(lines[Symbol.iterator]()).sort()
}

function block(lines: IterableIterator<string>): string[] {
  const items: string[] = []
  for (let next = lines.next(); !next.done && next.value !== '}'; next = lines.next()) {
    const line = next.value
    const use = /^(use .*)\.\{(.*)\};$/.exec(line)
    if (use) items.push(...use[2]!.split(', ').map((name) => `${use[1]}.${name}`))
    else if (line.endsWith('{')) items.push(`${line} ${body(line, lines).join(' ')} }`)
    else items.push(line)
  }
  return items
}

/** The order of fields and cases means something, that of interfaces and their items does not. */
function body(head: string, lines: IterableIterator<string>): string[] {
  const items = block(lines)
  return /^(record|variant|enum|flags) /.test(head) ? items : items.sort()
}
