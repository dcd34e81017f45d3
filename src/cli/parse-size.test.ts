import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from '../errors.ts'
import { parseSize } from './parse-size.ts'

test('sizes', () => {
  const sizes: Readonly<Record<string, number>> = {
    0: 0,
    65536: 65_536,
    '65536B': 65_536,
    '64KiB': 65_536,
    '64MiB': 67_108_864,
    '64mib': 67_108_864,
    '1GiB': 1_073_741_824,
    '1.5 GiB': 1_610_612_736,
    '100kB': 100_000,
    '2MB': 2_000_000,
    '3GB': 3_000_000_000,
  }
  for (const [text, bytes] of Object.entries(sizes))
    assert.equal(parseSize(text, '--max-memory'), bytes, text)
})

test('what is none', () => {
  for (const text of [
    '',
    'MiB',
    '-1',
    '64M',
    '1e3',
    '0x10',
    '1.5',
    '64MiB ',
    '64 MiBs',
    '99999999999GiB',
    'toString',
  ]) {
    assert.throws(() => parseSize(text, '--max-memory'), UsageError, text)
  }
})
