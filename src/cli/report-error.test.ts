import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeBacktrace, describeError } from './report-error.ts'

const plain = (_: string, text: string): string => text

test('a function that calls itself over and over is told of once', () => {
  const frame = (name: string, offset: number) => ({ name, module: 'm', offset })
  const deep = Array.from({ length: 40 }, () => frame('deep', 8))
  assert.deepEqual(describeBacktrace([frame('deep', 4), ...deep, frame('b', 1), frame('b', 1)], plain), [
    '    0: deep (m:0x4)',
    '    1: deep (m:0x8)',
    '       and 39 times more',
    '   41: b (m:0x1)',
    '   42: b (m:0x1)',
  ])
})

for (const [whose, error, message] of [
  ['Node', Object.assign(new Error('ENOSPC: no space left'), { syscall: 'write' }), 'ENOSPC: no space left'],
  ['Deno', new Error('No space left on device (os error 28)'), 'No space left on device (os error 28)'],
  [
    'Deno',
    Object.assign(new Error('Requires write access to "out"'), { name: 'NotCapable' }),
    'Requires write access to "out"',
  ],
] as const)
  test(`what the system says is told without a stack: ${whose}, ${message}`, () =>
    assert.equal(describeError(error, undefined, plain), `error: ${message}`))

test('an error of nobody is told with its stack', () =>
  assert.match(
    describeError(new Error('what?'), undefined, plain),
    /^error: unexpected: Error: what\?\n {4}at /,
  ))
