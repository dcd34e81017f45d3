import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from '../../../../test/support/fast-check.ts'
import { TerminalText } from './terminal-text.ts'

const utf8 = new TextEncoder()

function seen(text: string): string {
  const filter = new TerminalText()
  return filter.write(utf8.encode(text)) + filter.end()
}

suite('what a terminal sees of a guest', () => {
  const passes: readonly string[] = [
    'plain text, ünïcode 😀\r\n\ttab\b',
    '\x1b[1;31mred\x1b[0m \x1b[38;2;1;2;3mrgb\x1b[m \x1b[4:3mcurly',
    '\x1b[2J\x1b[H\x1b[10;20Hmoved\x1b[K\x1b[3A',
    '\x1b7\x1b8\x1bM',
    '\x1b[?25l\x1b[?1049h',
  ]
  for (const text of passes) test(`passes ${JSON.stringify(text)}`, () => assert.equal(seen(text), text))

  const dropped: readonly (readonly [what: string, text: string])[] = [
    ['a title', '\x1b]0;pwned\x07'],
    ['a title, ended by ST', '\x1b]2;pwned\x1b\\'],
    ['the clipboard', '\x1b]52;c;cm0gLXJmIC8=\x07'],
    ['a link', '\x1b]8;;javascript:alert(1)\x1b\\'],
    ['a question for the cursor', '\x1b[6n'],
    ['a question for the device', '\x1b[c\x1b[>c\x1b[0c\x1b[=c\x1bZ'],
    ['a question for a mode', '\x1b[?25$p'],
    ['a question for a setting', '\x1bP$qm\x1b\\'],
    ['a question for a colour', '\x1b]4;0;?\x07\x1b]10;?\x07'],
    ['a window report', '\x1b[21t\x1b[18t'],
    ['the mouse', '\x1b[?1000h\x1b[?1003h\x1b[?1006h'],
    ['focus reports and bracketed paste', '\x1b[?1004h\x1b[?2004h'],
    ['a harmless mode with another', '\x1b[?25;1000h'],
    ['application keys', '\x1b=\x1b>\x1b[?1h'],
    ['a soft reset and a full one', '\x1b[!p\x1bc'],
    ['sixel and other device strings', '\x1bPq#0;2;0;0;0#0~~\x1b\\'],
    ['application, privacy and start strings', '\x1b_a\x1b\\\x1b^p\x1b\\\x1bXs\x1b\\'],
    ['8-bit forms', '\x9d0;pwned\x9c\x9b6n\x90$qm\x9c'],
    ['other sets of characters', '\x1b(0\x1b)B\x1b#8\x1b%G'],
    ['bells, backspaces that erase, shifts', '\x07\x7f\x0e\x0f\x05'],
    ['a sequence without end', `\x1b[${'1;'.repeat(10_000)}m`],
    ['a string within a string', '\x1b]0;a\x1b]52;c;Yg==\x07'],
  ]
  for (const [what, text] of dropped) {
    test(`drops ${what}`, () => assert.equal(seen(`a${text}b`), 'ab'))
  }

  test('a string without end takes all that follows, but a title that was broken off does not', () => {
    assert.equal(seen('a\x1b]0;title'), 'a')
    assert.equal(seen('a\x1b]0;title\x18b'), 'ab')
  })

  test('however bytes are cut into pieces, the same is seen', () => {
    const piece = fc.constantFrom(
      ...passes,
      ...dropped.map(([, text]) => text),
      '\x1b',
      '[',
      ']',
      '\x07',
      'm',
      '\x9b',
      'é',
    )
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(12), { minLength: 1 }), (pieces, sizes) => {
        const bytes = utf8.encode(pieces.join(''))
        const filter = new TerminalText()
        let text = ''
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = sizes[turn % sizes.length]! + 1
          text += filter.write(bytes.subarray(at, at + size))
          at += size
        }
        assert.equal(text + filter.end(), seen(pieces.join('')))
      }),
    )
  })

  test('whatever comes, no sequence is left that is not allowed', () => {
    const noise = fc.array(
      fc.constantFrom('\x1b', '[', ']', 'P', '?', '0', '5', '2', ';', 'c', 'n', 'h', 'm', '\\', '\x07', 'x'),
    )
    fc.assert(
      fc.property(noise, (chars) => {
        const rest = seen(chars.join(''))
          .replaceAll('\x1b', '␛')
          .replace(
            /␛\[[\d;:]*[@A-MPSTXZ`adefm]|␛\[\?(?:7|12|25|47|104[789])(?:;(?:7|12|25|47|104[789]))*[hl]|␛[78DEM]/g,
            '',
          )
        assert.doesNotMatch(rest, /␛/)
      }),
      { numRuns: 2_000 },
    )
  })
})
