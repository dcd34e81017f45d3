import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandOf, commands, isFound, keysText, type Pressed } from './commands.ts'

function pressed(key: string, ...modifiers: ('ctrl' | 'meta' | 'shift' | 'alt')[]): Pressed {
  return {
    key,
    ctrlKey: modifiers.includes('ctrl'),
    metaKey: modifiers.includes('meta'),
    shiftKey: modifiers.includes('shift'),
    altKey: modifiers.includes('alt'),
  }
}

test('keys find their commands', () => {
  assert.equal(commandOf(pressed('z', 'ctrl'), false)?.id, 'undo')
  assert.equal(commandOf(pressed('Z', 'ctrl', 'shift'), false)?.id, 'redo')
  assert.equal(commandOf(pressed('y', 'ctrl'), false)?.id, 'redo')
  assert.equal(commandOf(pressed('z', 'meta'), true)?.id, 'undo')
  assert.equal(commandOf(pressed('?', 'shift'), false)?.id, 'keys')
  assert.equal(commandOf(pressed('Enter', 'ctrl'), false)?.id, 'run')
  assert.equal(commandOf(pressed('F6'), false)?.id, 'next-pane')
})

test('other keys find none', () => {
  for (const key of [
    pressed('z'),
    pressed('z', 'ctrl', 'alt'),
    pressed('z', 'meta'),
    pressed('Enter'),
    pressed('F6', 'shift'),
  ]) {
    assert.equal(commandOf(key, false), undefined, JSON.stringify(key))
  }
})

test('no two commands have one key', () => {
  const keys = commands.flatMap((command) => command.keys)
  assert.equal(new Set(keys).size, keys.length)
})

test('keys are written as the system writes them', () => {
  assert.equal(keysText('Mod+Shift+Z', false), 'Ctrl+Shift+Z')
  assert.equal(keysText('Mod+Shift+Z', true), '⇧⌘Z')
  assert.equal(keysText('?', true), '?')
})

test('commands are found by the beginnings of their words', () => {
  assert.equal(isFound('Run the composition', 'comp ru'), true)
  assert.equal(isFound('Run the composition', 'un'), false)
  assert.equal(isFound('Run the composition', ''), true)
})
