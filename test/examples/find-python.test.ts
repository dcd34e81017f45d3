import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findPython } from '../../examples/find-python.ts'

const path = process.env.PATH
const folder = mkdtempSync(join(tmpdir(), 'tenon-python-'))
before(() => {
  process.env.PATH = folder
})
after(() => {
  process.env.PATH = path
  rmSync(folder, { recursive: true })
})

test('without Python, one command says what to install', { skip: process.platform === 'win32' }, () => {
  const found = findPython()
  assert.ok('reason' in found)
  assert.equal(found.reason, 'Python 3 is not installed')
  assert.match(found.cure, /python/)
  assert.equal(found.cure.split('\n').length, 1)
})

test('a Python that lacks pip is named as such', { skip: process.platform === 'win32' }, () => {
  writeFileSync(join(folder, 'python3'), '#!/bin/sh\necho without pip\n', { mode: 0o755 })
  const found = findPython()
  assert.ok('reason' in found)
  assert.equal(found.reason, 'Python 3 is installed, but without pip')
})

test('a good Python is taken', { skip: process.platform === 'win32' }, () => {
  writeFileSync(join(folder, 'python3'), '#!/bin/sh\necho good\n', { mode: 0o755 })
  assert.deepEqual(findPython(), { command: ['python3'] })
})
