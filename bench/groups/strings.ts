/** Strings in and out of the guest, in bytes of UTF-8. */
import type { Scenario } from '../scenario.ts'

const sizes = { '4 B': 4, '16 B': 16, '64 B': 64, '1 KiB': 1024, '64 KiB': 65536 }
const kinds = { ASCII: ascii, mixed }

/** Between a char loop and the platform's coder is room for something faster than both. */
function goalOf(bytes: number): number {
  return bytes === 16 || bytes === 64 ? 0.6 : 1
}

export function ascii(bytes: number): string {
  return 'The quick brown fox jumps over 1 lazy dog. '.repeat(Math.ceil(bytes / 43)).slice(0, bytes)
}

/** One to four bytes a character, half of them ASCII. */
export function mixed(bytes: number): string {
  const pattern = 'Grüße aus 東京 🙂 '
  let s = ''
  let length = 0
  while (length < bytes) {
    for (const character of pattern) {
      const next = length + Buffer.byteLength(character)
      // A character that does not fit any more gives way to shorter ones.
      if (next > bytes) continue
      s += character
      length = next
    }
  }
  return s
}

/** A string that V8 keeps in one piece, as those are that come from a file or a request. */
function flat(s: string): string {
  return JSON.parse(JSON.stringify(s)) as string
}

/**
 * 64 different strings like `s`, because nobody passes the same one a million times, in the three ways in which V8 keeps
 * them: in one piece, cut out of a longer one (`slice`, `split`, a regular expression), and joined (`+`).
 */
export function likeIt(s: string): string[] {
  const rest = s.slice(1)
  return Array.from({ length: 64 }, (_, i) => {
    const first = String.fromCharCode(65 + (i % 26))
    if (i % 3 === 0) return flat(first + rest)
    if (i % 3 === 1) return flat(`${first}${rest} and on`).slice(0, s.length)
    return first + rest
  })
}

export const strings: readonly Scenario[] = Object.entries(kinds).flatMap(([kind, make]) =>
  Object.entries(sizes).flatMap(([size, bytes]): Scenario[] => [
    {
      name: `string in, ${kind} ${size}`,
      goal: goalOf(bytes),
      prepare({ values: { stringLength } }) {
        const all = likeIt(make(bytes))
        return (times) => {
          let length = 0
          for (let i = 0; i < times; i++) length = stringLength(all[i % 64]!)
          return length
        }
      },
    },
    {
      name: `string out, ${kind} ${size}`,
      goal: goalOf(bytes),
      prepare({ values: { setString, getString } }) {
        setString(make(bytes))
        return (times) => {
          let s = ''
          for (let i = 0; i < times; i++) s = getString()
          return s
        }
      },
    },
  ]),
)
