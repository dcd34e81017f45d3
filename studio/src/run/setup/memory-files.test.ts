import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pathProblem, withFile } from './memory-files.ts'

suite('files in memory', () => {
  for (const path of ['a', 'notes/today.txt', '..a', 'a b/ü', '.env'])
    test(`${path} is a path`, () => assert.equal(pathProblem(path), undefined))

  for (const path of ['', '/a', 'a/', 'a//b', './a', 'a/../b', '..', 'a\0'])
    test(`${JSON.stringify(path)} is none`, () => assert.equal(typeof pathProblem(path), 'string'))

  test('a file takes the place of what it cannot be beside', () => {
    const file = (path: string) => ({ path, bytes: new Uint8Array() })
    const files = ['a/b', 'a/c', 'ab'].map(file)
    const paths = (path: string) => withFile(files, file(path)).map((one) => one.path)
    assert.deepEqual(paths('a/b'), ['a/b', 'a/c', 'ab'])
    assert.deepEqual(paths('a'), ['a', 'ab'])
    assert.deepEqual(paths('a/b/d'), ['a/b/d', 'a/c', 'ab'])
    assert.deepEqual(paths('z'), ['a/b', 'a/c', 'ab', 'z'])
  })
})
