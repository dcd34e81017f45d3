import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { OutputLog } from './output-log.ts'

const utf8 = new TextEncoder()

suite('what a run wrote', () => {
  test('is told in order, also to who comes later, and to one at a time', () => {
    const log = new OutputLog()
    log.write('stdout', utf8.encode('one '))
    const seen: string[] = []
    const unfollow = log.follow((text) => seen.push(text))
    log.write('stderr', utf8.encode('two '))
    log.say('three')
    unfollow()
    log.say(' four')
    assert.deepEqual(seen, ['one ', 'two ', 'three'])
    assert.equal(log.plainText(), 'one two three four')
  })

  test('sequences of one stream are not cut by the other', () => {
    const log = new OutputLog()
    log.write('stdout', Uint8Array.of(0xc3))
    log.write('stderr', utf8.encode('\x1b[31'))
    log.write('stdout', Uint8Array.of(0xa9))
    log.write('stderr', utf8.encode('mred'))
    const seen: string[] = []
    log.follow((text) => seen.push(text))
    assert.deepEqual(seen, ['é\x1b[31mred'])
    assert.equal(log.plainText(), 'éred')
  })

  test('what was half typed is still there', () => {
    const log = new OutputLog()
    log.line.type('half')
    assert.deepEqual(log.line.type(' done\r').submitted, ['half done\n'])
  })
})
