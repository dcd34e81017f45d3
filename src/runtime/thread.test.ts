import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../component/limits.ts'
import { takenWords, TreeWords, words } from './thread.ts'

test('a word that was freed is used again, and is 0', () => {
  const tree = new TreeWords({})
  const word = tree.take('tests')
  words[word] = 5
  tree.free(word)
  assert.equal(tree.take('tests'), word)
  assert.equal(words[word], 0)
  tree.free(word)
})

test('there are only so many words', () => {
  const tree = new TreeWords({})
  const before = takenWords()
  const taken: number[] = []
  assert.throws(
    () => {
      for (;;) taken.push(tree.take('component instances'))
    },
    {
      name: 'TenonError',
      code: 'limit',
      message: /^too many component instances on this thread: at most 1048576/,
    },
  )
  // 1,024 words are the thread's own.
  assert.equal(before + taken.length, limits.threadWords - 1024)
  for (const word of taken) tree.free(word)
  assert.equal(takenWords(), before)
})
