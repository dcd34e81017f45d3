import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import { TenonError } from '../errors.ts'
import { FileCache, isPrivate } from './file-cache.ts'
import { privateDirectory } from './private-directory.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenon-file-cache-'))
after(() => rmSync(folder, { recursive: true }))

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(folder, 'cache-'))
})

const skip = process.platform === 'win32'
const bytes = Uint8Array.of(1, 2, 3)

describe('a cache of files', () => {
  test('reads what was written, and nothing else', () => {
    const cache = new FileCache(directory)
    cache.write('a', bytes)
    assert.deepEqual(new Uint8Array(cache.read('a')!), bytes)
    assert.equal(cache.read('b'), undefined)
    assert.deepEqual(readdirSync(directory), ['a'])
  })

  test('waits for nothing, and follows no links', { skip }, () => {
    const cache = new FileCache(directory)
    cache.write('a', bytes)
    symlinkSync('a', join(directory, 'link'))
    mkdirSync(join(directory, 'folder'))
    const isPipe = spawnSync('mkfifo', [join(directory, 'pipe')]).status === 0
    for (const name of ['link', 'folder', ...(isPipe ? ['pipe'] : [])])
      assert.equal(cache.read(name), undefined)
    cache.write('link', bytes)
    assert.ok(cache.read('link'))
  })

  test('keeps files for their user alone', { skip }, () => {
    new FileCache(directory).write('a', bytes)
    assert.equal(statSync(join(directory, 'a')).mode & 0o777, 0o600)
  })

  test('replaces a file as a whole: who reads the old one still has it', () => {
    const cache = new FileCache(directory)
    cache.write('a', bytes)
    const old = readFileSync(join(directory, 'a'))
    cache.write('a', new Uint8Array(100))
    assert.deepEqual(new Uint8Array(old), bytes)
    assert.equal(cache.read('a')?.length, 100)
  })

  test('does not follow a link that somebody put in the place of a file', { skip }, () => {
    const target = join(directory, 'target')
    writeFileSync(target, 'precious')
    symlinkSync(target, join(directory, 'a'))
    new FileCache(directory).write('a', bytes)
    assert.equal(readFileSync(target, 'utf8'), 'precious')
  })

  test('says nothing where nothing can be written', () => {
    const cache = new FileCache(join(directory, 'not', 'there'))
    cache.write('a', bytes)
    cache.touch('a')
    cache.trim(/a/, 0)
    assert.equal(cache.read('a'), undefined)
  })

  test('leaves nothing unfinished behind', () => {
    mkdirSync(join(directory, 'a'))
    new FileCache(directory).write('a', bytes)
    assert.deepEqual(readdirSync(directory), ['a'])
  })

  test('removes what was of no use for longest, and only its own', () => {
    const cache = new FileCache(directory)
    for (const [i, name] of ['1.plan', '2.plan', '3.plan', '4.plan.99-0', 'other'].entries()) {
      cache.write(name, bytes)
      utimesSync(join(directory, name), i + 1, i + 1)
    }
    cache.touch('1.plan')
    cache.trim(/\.plan/, 2 * bytes.length)
    assert.deepEqual(readdirSync(directory).sort(), ['1.plan', '4.plan.99-0', 'other'])
  })
})

describe('a private directory', { skip }, () => {
  test('is made, for its user alone', () => {
    const made = privateDirectory(join(directory, 'a/b'))
    assert.equal(statSync(made).mode & 0o777, 0o700)
    assert.equal(privateDirectory(made), made)
  })

  for (const mode of [0o777, 0o720, 0o702]) {
    test(`is none with the mode ${mode.toString(8)}`, () => {
      chmodSync(directory, mode)
      assert.equal(isPrivate(directory), false)
      assert.throws(
        () => privateDirectory(directory),
        (error) => error instanceof TenonError && error.code === 'file' && /chmod 700/.test(error.message),
      )
    })
  }

  test('is none where there is a file, or nothing', () => {
    const file = join(directory, 'file')
    writeFileSync(file, '')
    assert.equal(isPrivate(file), false)
    assert.equal(isPrivate(join(directory, 'nothing')), false)
    assert.throws(() => privateDirectory(file), {
      code: 'file',
      message: `cache ${file}: cannot be made: it is a file`,
    })
    // A directory that takes no others, where there is such a one.
    assert.throws(() => privateDirectory('/proc/none/inside'), TenonError)
    assert.throws(() => privateDirectory(join(file, 'inside')), TenonError)
  })

  test('says why where the platform does not tell who its user is, as Deno without --allow-sys', (t) => {
    const message = 'Requires sys access to "uid", run again with the --allow-sys flag'
    const { getuid } = process
    t.after(() => Object.assign(process, { getuid }))
    process.getuid = () => {
      throw new Error(message)
    }
    assert.throws(() => privateDirectory(directory), {
      code: 'file',
      message: `cache ${directory}: cannot tell who owns it: ${message}`,
    })
  })

  test('is none that another user owns', {
    skip: process.getuid?.() === 0 ? 'for root, all is its own' : false,
  }, () => {
    assert.equal(isPrivate('/'), false)
  })
})
