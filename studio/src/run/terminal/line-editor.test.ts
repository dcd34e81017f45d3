import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from '../../../../test/support/fast-check.ts'
import { LineEditor } from './line-editor.ts'
import { textWidth } from './text-width.ts'

const [left, right, up, down, home, end] = ['\x1b[D', '\x1b[C', '\x1b[A', '\x1b[B', '\x1b[H', '\x1b[F']

function submitted(...typed: string[]): readonly string[] {
  const editor = new LineEditor()
  return typed.flatMap((data) => editor.type(data).submitted)
}

suite('the line that is typed', () => {
  const lines: readonly (readonly [what: string, typed: string, line: string])[] = [
    ['characters', 'hello\r', 'hello\n'],
    ['backspace', 'helloo\x7f\r', 'hello\n'],
    ['backspace at the start', '\x7f\x7fa\r', 'a\n'],
    ['inserting', `hllo${left}${left}${left}e\r`, 'hello\n'],
    ['home and end', `ell${home}h${end}o\r`, 'hello\n'],
    ['moving beyond both ends', `${right}a${left}${left}${left}b${right}${right}c\r`, 'bac\n'],
    ['delete', `hxello${home}${right}\x1b[3~\r`, 'hello\n'],
    ['Ctrl+U, Ctrl+K, Ctrl+W', `gone\x15one two  \x17three${left}\x0b\r`, 'one thre\n'],
    ['characters outside the basic plane', `a😀b${left}\x7f\r`, 'ab\n'],
    ['unknown keys', 'a\x1b[15~\x1b[1;5C\x1bx\x00b\r', 'ab\n'],
  ]
  for (const [what, typed, line] of lines) test(what, () => assert.deepEqual(submitted(typed), [line]))

  test('a pasted text is as many lines as it has, and the last waits', () => {
    assert.deepEqual(submitted('one\r\ntwo\nthr', 'ee\r'), ['one\n', 'two\n', 'three\n'])
  })

  test('earlier lines come back', () => {
    assert.deepEqual(submitted('one\rtwo\r', `${up}${up}\r`, `${up}${up}${down}${down}x\r`), [
      'one\n',
      'two\n',
      'one\n',
      'x\n',
    ])
  })

  test('Ctrl+D ends the input on an empty line, and sends what is on another', () => {
    const editor = new LineEditor()
    assert.deepEqual(editor.type('ab\x04'), {
      echo: 'a\x1b[Jb\x1b[J',
      submitted: ['ab'],
      isEnd: false,
      isInterrupt: false,
    })
    assert.equal(editor.type('\x04').isEnd, true)
  })

  test('Ctrl+C stops, and what is behind it is forgotten', () => {
    const typed = new LineEditor().type('abc\x03rm\r')
    assert.deepEqual(typed, {
      echo: 'a\x1b[Jb\x1b[Jc\x1b[J^C\r\n',
      submitted: [],
      isEnd: false,
      isInterrupt: true,
    })
  })

  test('the terminal shows the line with its cursor, whatever was typed', () => {
    const key = fc.constantFrom(
      'a',
      'b',
      ' ',
      '漢',
      left,
      right,
      home,
      end,
      '\x7f',
      '\x1b[3~',
      '\x15',
      '\x0b',
      '\x17',
    )
    fc.assert(
      fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
        const editor = new LineEditor()
        const screen = new Screen()
        for (const one of keys) screen.write(editor.type(one).echo)
        const shown = screen.line()
        const [line] = editor.type('\r').submitted
        assert.equal(`${shown}\n`, line)
      }),
    )
  })

  test('widths', () => {
    assert.equal(textWidth('abc'), 3)
    assert.equal(textWidth('漢字'), 4)
    assert.equal(textWidth('e\u0301😀'), 3)
  })
})

/** One endless row of a terminal: a wide character takes a cell and an empty one. */
class Screen {
  #cells: string[] = []
  #column = 0

  write(text: string): void {
    for (const piece of text.replaceAll('\x1b[J', '␡').match(/./gsu) ?? []) {
      if (piece === '\b') this.#column--
      else if (piece === '␡') this.#cells.length = this.#column
      else {
        this.#cells[this.#column++] = piece
        if (textWidth(piece) === 2) this.#cells[this.#column++] = ''
      }
    }
  }

  line(): string {
    return this.#cells.join('')
  }
}
