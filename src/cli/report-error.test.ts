import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeBacktrace } from './report-error.ts'

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
