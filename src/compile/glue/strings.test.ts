/** Strings: three encodings, two address types, and the coders of two platforms. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { assemble } from '../../../test/support/assemble.ts'
import fc from '../../../test/support/fast-check.ts'
import type { StringEncoding } from '../../component/component.ts'
import type { CanonicalOptions, CoreFunction } from '../../runtime/back-end.ts'
import { ComponentInstance } from '../../runtime/component-instance.ts'
import { findMalformedUtf8 } from '../../runtime/malformed-utf8.ts'
import { GuestMemory, type MemoryOptions, Views } from './memory.ts'
import { platformStrings, WebStrings } from './platform-strings.ts'
import { loadStringHelper, stringHelperBytes } from './string-helper.ts'
import {
  liftLatin1OrUtf16,
  liftUtf8,
  liftUtf16,
  lowerLatin1OrUtf16,
  lowerUtf16,
  taggedLength,
} from './strings.ts'

type Realloc = (old: number, oldLength: number, alignment: number, length: number) => number

/** A memory whose `realloc` takes notes. */
async function memoryOf(stringEncoding: StringEncoding, realloc: Realloc) {
  const module = new WebAssembly.Module(
    new Uint8Array(
      await assemble(`(module (import "" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 4) (export "realloc" (func $realloc)))`),
    ),
  )
  const calls: number[][] = []
  const noted: Realloc = (...args) => {
    calls.push(args)
    return realloc(...args)
  }
  const { exports } = new WebAssembly.Instance(module, { '': { realloc: noted } })
  const options: CanonicalOptions = {
    stringEncoding,
    pointer: 'i32',
    async: false,
    callback: false,
    postReturn: false,
  }
  const core = exports.realloc as CoreFunction
  const instance = new ComponentInstance(undefined, 'guest')
  return {
    memory: new GuestMemory(
      exports.memory as WebAssembly.Memory,
      { realloc: core, instance },
      options,
      false,
    ),
    calls,
  }
}

const at =
  (address: number): Realloc =>
  () =>
    address

/** Short and long, on both sides of where another way begins. */
const texts = [0, 1, 15, 32, 33, 48, 49, 64, 65, 1000].flatMap((length) =>
  ['a', 'é', '☃', '🍰'].map((last) => 'x'.repeat(length) + last),
)
/** Characters are read in pieces of which the last overlaps those before: others than ASCII at each place, halves of pairs, too. */
const mixed = [...Array(18).keys(), 24, 31, 32, 33].flatMap((length) =>
  Array.from({ length }, (_, at) =>
    ['\x7f', 'é', '☃', '🍰', '\ud83c', '\udf70'].map(
      (one) => 'x'.repeat(at) + one + 'y'.repeat(length - at - 1),
    ),
  ).flat(),
)
const utf8Bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** As large as memories are, untouched; undefined where that cannot be had. */
function allPages(): WebAssembly.Memory | undefined {
  try {
    const memory = new WebAssembly.Memory({ initial: 65_536 })
    return new Uint8Array(memory.buffer).length === 2 ** 32 ? memory : undefined
  } catch {
    return undefined
  }
}

test('a short string is lifted as the platform decodes it, whatever stands behind it', () => {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const helper = loadStringHelper(memory, undefined)
  assert.ok(helper)
  const bytes = new Uint8Array(memory.buffer)
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const check = (all: Uint8Array, length: number) => {
    bytes.fill(0, 0, 200).set(all, 8)
    let expected: string | null
    try {
      expected = strict.decode(all.subarray(0, length))
    } catch {
      expected = null
    }
    assert.equal(helper.lift(8, length), expected, `${length} of ${Buffer.from(all).toString('hex')}`)
  }
  for (let length = 1; length <= 64; length++) {
    for (let at = 0; at < length; at++) {
      for (const one of ['é', '☃', '🍰'])
        check(utf8Bytes(`${'x'.repeat(at)}${one}${'y'.repeat(80 - at)}`), length)
    }
  }
  const edges = [
    'a',
    'bc',
    'defg',
    '\x7f',
    '\x80',
    'é',
    '\u07ff',
    '\u0800',
    '☃',
    '\ud7ff',
    '\ue000',
    '\uffff',
  ]
  const characters = [...edges, '\u{10000}', '🍰', '\u{10ffff}'].map((text) => utf8Bytes(text))
  const piece = fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...characters) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 2 }) },
  )
  const pieces = fc.array(piece, { minLength: 1, maxLength: 80, size: 'max' })
  fc.assert(
    fc.property(pieces, fc.integer({ min: 1, max: 64 }), (parts, wanted) => {
      const all = Buffer.concat(parts)
      // At the end of a character, mostly.
      let length = Math.min(wanted, all.length)
      while (wanted % 4 !== 0 && length < Math.min(64, all.length) && (all[length]! & 0xc0) === 0x80) length++
      check(all, length)
    }),
    { numRuns: 3000 },
  )
})

test('the wasm helper is what its text says', async () => {
  const text = readFileSync(join(import.meta.dirname, 'string-helper.wat'), 'utf8')
  assert.equal(stringHelperBytes, Buffer.from(await assemble(text)).toString('base64'))
})

suite('UTF-8', () => {
  test('realloc is called once, for exactly the bytes', async () => {
    for (const text of ['', ...texts, ...mixed]) {
      const { memory, calls } = await memoryOf('utf8', at(100))
      const bytes = utf8Bytes(text)
      assert.equal(memory.lowerText(text), 100)
      assert.deepEqual([memory.length, calls], [bytes.length, [[0, 0, 1, bytes.length]]])
      assert.deepEqual(memory.views.bytes.slice(100, 100 + bytes.length), bytes)
      assert.equal(liftUtf8(memory, 100, bytes.length), text.toWellFormed())
    }
  })

  test('a string of each length is lowered as the platform encodes it, or traps where its place is not inside the memory', async () => {
    const place = { address: 0 }
    const { memory } = await memoryOf('utf8', () => place.address)
    const { bytes: all } = memory.views
    const check = (text: string) => {
      const bytes = utf8Bytes(text)
      all.fill(0xee, -300)
      place.address = all.length - bytes.length - 1
      assert.equal(memory.lowerText(text), place.address)
      assert.equal(memory.length, bytes.length)
      const end = new Uint8Array(300).fill(0xee)
      end.set(bytes, 299 - bytes.length)
      assert.deepEqual(all.subarray(-300), end)
      all.fill(0xee, -300)
      place.address = all.length - bytes.length + 1
      assert.throws(() => memory.lowerText(text), { name: 'Trap', message: /beyond end of memory/ })
      assert.ok(all.subarray(-300).every((byte) => byte === 0xee))
    }
    for (let length = 0; length <= 70; length++) {
      const ascii = String.fromCharCode(...Array.from({ length }, (_, i) => 33 + i))
      check(ascii)
      for (const one of ['é', '東', '🙂']) {
        for (let at = 0; at < length; at++) check(ascii.slice(0, at) + one + ascii.slice(at + 1))
        check(one.repeat(length / one.length))
      }
    }
  })

  test('whatever stands together is lowered as the platform encodes it, whatever was lowered before', async () => {
    const { memory, calls } = await memoryOf('utf8', at(100))
    const edges = ['a', '\0', '\x7f', '\x80', 'ü', '\u07ff', '\u0800', '東', '\ud7ff', '\ue000', '\uffff']
    // Pairs, and halves of them.
    const pairs = ['\u{10000}', '🙂', '\u{10ffff}', '\ud800', '\udbff', '\udc00', '\udfff']
    const ascii = fc.string({ minLength: 1, maxLength: 24, unit: 'binary-ascii' })
    const piece = fc.oneof(ascii, fc.constantFrom(...edges), fc.constantFrom(...pairs))
    const pieces = fc.array(piece, { maxLength: 80, size: 'max' })
    fc.assert(
      fc.property(pieces, fc.nat({ max: 70 }), (parts, length) => {
        const text = parts.join('').slice(0, length)
        const bytes = utf8Bytes(text)
        calls.length = 0
        assert.equal(memory.lowerText(text), 100)
        assert.deepEqual([memory.length, calls], [bytes.length, [[0, 0, 1, bytes.length]]])
        assert.deepEqual(memory.views.bytes.slice(100, 100 + bytes.length), bytes)
        // What comes next finds these units behind its own.
        memory.lowerText(`a${'\udc00'.repeat(39)}`)
      }),
      { numRuns: 3000 },
    )
  })

  test('strings that end where 32 bits end', (t) => {
    const all = allPages()
    if (all === undefined) {
      t.skip('there is no memory of 4 GiB')
      return
    }
    const end = 2 ** 32
    const options: MemoryOptions = { stringEncoding: 'utf8', pointer: 'i32' }
    let length = 0
    const realloc = () => (end - length) | 0
    const context = { realloc: realloc as CoreFunction, instance: new ComponentInstance(undefined, 'test') }
    const memory = new GuestMemory(all, context, options, false)
    for (const text of [...texts, ...mixed]) {
      length = utf8Bytes(text).length
      if (length === 0) continue
      assert.equal(memory.lowerText(text) >>> 0, end - length)
      assert.equal(memory.length, length)
      assert.equal(liftUtf8(memory, end - length, length), text.toWellFormed())
    }
  })

  test('whatever bytes meet, at the end of a string too, are taken or refused as the platform does', async () => {
    const { memory } = await memoryOf('utf8', at(0))
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    // The first and the last of each kind, and of what each kind may be followed by.
    const bytes = [
      0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5,
    ]
    let sequences: readonly (readonly number[])[] = [[]]
    for (let length = 1; length <= 4; length++) {
      sequences = sequences.flatMap((one) => bytes.map((byte) => [...one, byte]))
      for (const sequence of sequences) {
        for (const before of length < 4 ? [[], [0x41], [0xc3, 0xbc], [0xe6, 0x9d, 0xb1]] : [[]]) {
          const all = Uint8Array.of(...before, ...sequence)
          // What stands behind it would go on with it.
          memory.views.bytes.set([...all, 0x80, 0x80, 0x80], 8)
          let expected: string | undefined
          try {
            expected = decoder.decode(all)
          } catch {}
          let text: string | undefined
          try {
            text = liftUtf8(memory, 8, all.length)
          } catch (error) {
            assert.equal((error as { code?: unknown }).code, 'invalid-utf8')
          }
          assert.equal(text, expected, String(all))
        }
      }
    }
  })

  test('what is malformed traps, short and long', async () => {
    const { memory } = await memoryOf('utf8', at(0))
    for (const prefix of ['', 'x'.repeat(100)]) {
      for (const [tail, message] of [
        [[0xff], `invalid utf-8 sequence of 1 bytes from index ${prefix.length}`],
        [[0xc3], `incomplete utf-8 byte sequence from index ${prefix.length}`],
        [[0xed, 0xa0, 0x80], `invalid utf-8 sequence of 1 bytes from index ${prefix.length}`],
        [[0xe2, 0x98, 0x41], `invalid utf-8 sequence of 2 bytes from index ${prefix.length}`],
        [[0xf4, 0x90, 0x80, 0x80], `invalid utf-8 sequence of 1 bytes from index ${prefix.length}`],
      ] as const) {
        memory.views.bytes.set([...utf8Bytes(prefix), ...tail], 8)
        assert.throws(() => liftUtf8(memory, 8, prefix.length + tail.length), {
          name: 'Trap',
          code: 'invalid-utf8',
          message,
        })
      }
    }
  })

  test('a last character that goes on behind the end traps, whatever lies there', async () => {
    const { memory } = await memoryOf('utf8', at(0))
    for (let length = 1; length <= 66; length++) {
      for (const last of ['é', '☃', '🍰']) {
        const bytes = utf8Bytes('x'.repeat(length - 1) + last)
        memory.views.bytes.set(bytes, 8)
        for (let n = length; n < bytes.length; n++) {
          assert.throws(() => liftUtf8(memory, 8, n), {
            name: 'Trap',
            code: 'invalid-utf8',
            message: `incomplete utf-8 byte sequence from index ${length - 1}`,
          })
        }
        assert.equal(liftUtf8(memory, 8, bytes.length), 'x'.repeat(length - 1) + last)
      }
    }
  })

  test('strings reach to the end of the memory, and no further', async () => {
    const { memory } = await memoryOf('utf8', at(0))
    const { length } = memory.views.bytes
    for (const text of [...texts, ...mixed]) {
      const bytes = utf8Bytes(text)
      for (let behind = 0; behind < 6; behind++) {
        const start = length - behind - bytes.length
        memory.views.bytes.set(bytes, start)
        assert.equal(liftUtf8(memory, start, bytes.length), text.toWellFormed())
      }
      assert.throws(() => liftUtf8(memory, length + 1 - bytes.length, bytes.length), {
        name: 'Trap',
        message: /out of bounds/,
      })
    }
    assert.equal(liftUtf8(memory, length, 0), '')
    assert.throws(() => liftUtf8(memory, length + 1, 0), { name: 'Trap', message: /out of bounds/ })
  })

  test('U+FFFD and the byte order mark are characters like others', async () => {
    const { memory } = await memoryOf('utf8', at(0))
    for (const text of ['\ufffd', `\ufeff${'x'.repeat(100)}\ufffd`]) {
      const bytes = utf8Bytes(text)
      memory.views.bytes.set(bytes)
      assert.equal(liftUtf8(memory, 0, bytes.length), text)
    }
  })

  test('a message for whatever the decoder refuses, and for nothing else', () => {
    const strict = new TextDecoder('utf-8', { fatal: true })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.nat(4), (bytes, start) => {
        let fine = true
        try {
          strict.decode(bytes.subarray(start))
        } catch {
          fine = false
        }
        assert.equal(findMalformedUtf8(bytes, start, bytes.length) === undefined, fine)
      }),
      { numRuns: 2000 },
    )
  })

  test('the helper decodes what the platform decodes', async () => {
    const { memory } = await memoryOf('utf8', at(0))
    const helper = loadStringHelper(memory.views.memory, memory.realloc)
    if (helper === null) return
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    const units = fc.oneof(
      fc.uint8Array({ maxLength: 5 }),
      fc.string({ unit: 'binary', maxLength: 4 }).map(utf8Bytes),
    )
    fc.assert(
      fc.property(fc.array(units, { maxLength: 6 }), (parts) => {
        const bytes = Uint8Array.from(parts.flatMap((part) => [...part])).subarray(0, 64)
        memory.views.bytes.set(bytes, 8)
        let expected: string | null
        try {
          expected = strict.decode(bytes)
        } catch {
          expected = null
        }
        assert.equal(helper.lift(8, bytes.length), expected)
      }),
      { numRuns: 2000 },
    )
  })
})

suite('UTF-16', () => {
  test('is lowered and lifted in code units', async () => {
    for (const text of ['', ...texts]) {
      const { memory, calls } = await memoryOf('utf16', at(100))
      assert.equal(lowerUtf16(memory, text), 100)
      assert.deepEqual([memory.length, calls], [text.length, [[0, 0, 2, 2 * text.length]]])
      assert.equal(liftUtf16(memory, 100, text.length), text)
    }
  })

  test('a lone surrogate traps, or becomes U+FFFD on its way in', async () => {
    const { memory } = await memoryOf('utf16', at(8))
    lowerUtf16(memory, 'a\ud800')
    assert.equal(liftUtf16(memory, 8, 2), 'a\ufffd')
    memory.views.data.setUint16(10, 0xd800, true)
    assert.throws(() => liftUtf16(memory, 8, 2), { name: 'Trap', code: 'invalid-string' })
  })

  test('is aligned', async () => {
    const { memory } = await memoryOf('utf16', at(7))
    assert.throws(() => lowerUtf16(memory, ''), {
      code: 'unaligned',
      message: /^realloc return: result not aligned/,
    })
    assert.throws(() => liftUtf16(memory, 1, 0), { code: 'unaligned', message: /unaligned pointer/ })
  })
})

test('Latin-1 where it is enough, UTF-16 with a tag where it is not', async () => {
  const tag = 2 ** 31
  for (const text of ['', ...texts]) {
    const { memory, calls } = await memoryOf('latin1+utf16', at(100))
    const wide = /[^\0-\xff]/.test(text)
    assert.equal(lowerLatin1OrUtf16(memory, text), 100)
    const tagged = wide ? text.length + tag : text.length
    assert.deepEqual([taggedLength(memory), calls], [tagged, [[0, 0, 2, (wide ? 2 : 1) * text.length]]])
    assert.equal(liftLatin1OrUtf16(memory, 100, tagged), text)
  }
})

suite("the web's coders", () => {
  const web = new WebStrings()

  test('decode as the platform does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const views = new Views(new WebAssembly.Memory({ initial: 1 }))
        views.bytes.set(bytes, 8)
        const end = 8 + bytes.length
        const even = end - (bytes.length % 2)
        assert.equal(web.decodeUtf8(views, 8, end), platformStrings.decodeUtf8(views, 8, end))
        assert.equal(web.decodeLatin1(views, 8, end), platformStrings.decodeLatin1(views, 8, end))
        assert.equal(web.decodeUtf16(views, 8, even), platformStrings.decodeUtf16(views, 8, even))
      }),
    )
  })

  test('call realloc last for exactly the bytes', async () => {
    for (const text of ['', 'a\ud800', ...texts]) {
      const { memory, calls } = await memoryOf('utf8', at(100))
      const bytes = utf8Bytes(text)
      assert.equal(web.lowerUtf8(memory, text), 100)
      assert.deepEqual([memory.length, calls.at(-1)?.at(3)], [bytes.length, bytes.length])
      assert.deepEqual(memory.views.bytes.slice(100, 100 + bytes.length), bytes)
    }
  })

  test('encode as the platform does', () => {
    const views = new Views(new WebAssembly.Memory({ initial: 1 }))
    web.encodeLatin1(views, 'aé', 8)
    web.encodeUtf16(views, 'a☃', 16)
    assert.equal(platformStrings.decodeLatin1(views, 8, 10), 'aé')
    assert.equal(platformStrings.decodeUtf16(views, 16, 20), 'a☃')
  })
})
