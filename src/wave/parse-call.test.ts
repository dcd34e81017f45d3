import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { func, option, string, u8, u32 } from '../../test/support/type-builders.ts'
import { parseCall, toArguments } from './parse-call.ts'

const type = func([u32, option(u8)], string)

describe('calls', () => {
  for (const [text, name, values] of [
    ['add(1, 2)', 'add', [1, 2]],
    [' add ( 1 ) // one', 'add', [1, undefined]],
    ['iface.add(1, none,)', 'iface.add', [1, undefined]],
    ['ns:pkg/iface@1.0.0-rc.1.add(1)', 'ns:pkg/iface@1.0.0-rc.1.add', [1, undefined]],
    ['ns:pkg/iface@1.0.0#add(1)', 'ns:pkg/iface@1.0.0#add', [1, undefined]],
    ['ui:tests/ui.add@0.1.0(1)', 'ui:tests/ui.add@0.1.0', [1, undefined]],
  ] as const) {
    test(text, () => {
      const call = parseCall(text)
      assert.equal(call.name, name)
      assert.deepEqual(toArguments(call, type), values)
    })
  }
})

const rejected: readonly [text: string, lines: readonly string[]][] = [
  [
    'add("x")',
    [
      'expected u32, found a string',
      ' --> <call>:1:5',
      '  |',
      '1 | add("x")',
      '  |     ^^^ expected u32',
      '  = add: func(p0: u32, p1: option<u8>) -> string',
    ],
  ],
  [
    'add()',
    [
      'missing argument `p0`: expected 2 arguments, found 0',
      ' --> <call>:1:5',
      '  |',
      '1 | add()',
      '  |     ^ missing',
      '  = add: func(p0: u32, p1: option<u8>) -> string',
    ],
  ],
  [
    'add',
    [
      'missing argument `p0`: expected 2 arguments, found 0',
      ' --> <call>:1:4',
      '  |',
      '1 | add',
      '  |    ^ write the arguments in parentheses',
      '  = add: func(p0: u32, p1: option<u8>) -> string',
    ],
  ],
  [
    'add(1, 2, 3)',
    [
      'expected 2 arguments, found 3',
      ' --> <call>:1:11',
      '  |',
      '1 | add(1, 2, 3)',
      '  |           ^ one too many',
      '  = add: func(p0: u32, p1: option<u8>) -> string',
    ],
  ],
  ['(1)', ['expected the name of a function']],
  ['', ['expected the name of a function']],
  ['add(1', ['expected `,` or `)`, found the end of the text']],
  ['add(1) 2', ['expected the end, found the number 2']],
  ['add 1', ['expected `(`, found the number 1']],
]

describe('calls that do not fit', () => {
  for (const [text, lines] of rejected) {
    test(text, () => {
      assert.throws(
        () => toArguments(parseCall(text), type),
        (error) => {
          const message = (error as Error).message.split('\n')
          assert.deepEqual(message.slice(0, lines.length), lines)
          return true
        },
      )
    })
  }
})
