import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import {
  decodeShareLink,
  encodeShareLink,
  expandedLimit,
  linkLimit,
  readLimit,
  type SharedDocument,
  type SharedPackage,
  ShareLinkError,
} from './share-link.ts'

const bytes = new TextEncoder().encode('\0asm and so on')

function shared(changes: Partial<SharedPackage> = {}): SharedPackage {
  const origin = { kind: 'file', name: 'adder.wasm' } as const
  return { name: 'docs:adder@1.2.0', hash: 'ab'.repeat(32), size: bytes.length, origin, bytes, ...changes }
}

const document: SharedDocument = {
  text: '// größer\npackage my:composition;\n',
  layout: {
    positions: { adder: { x: 1.5, y: -2 } },
    groups: [{ id: 'group-1', name: 'Sums', blocks: ['adder'], isCollapsed: true }],
  },
  packages: [shared()],
}

test('a link brings back what went into it', async () => {
  const { fragment, packages } = await encodeShareLink(document)
  assert.match(fragment, /^#share=[\w-]+$/)
  assert.deepEqual(packages, [{ name: 'docs:adder@1.2.0', size: bytes.length, by: 'inline' }])
  assert.deepEqual(await decodeShareLink(fragment), document)
})

test('examples and addresses go by reference, large files by their hashes', async () => {
  const noise = Uint8Array.from(createHash('shake256', { outputLength: linkLimit }).digest())
  const packages = [
    shared({ name: 'a:example', origin: { kind: 'example', file: 'adder.wasm' } }),
    shared({ name: 'a:address', origin: { kind: 'address', address: 'https://example.org/a.wasm' } }),
    shared({ name: 'a:large', hash: 'cd'.repeat(32), size: noise.length, bytes: noise }),
    shared({ name: 'a:small', hash: 'ef'.repeat(32) }),
  ]
  const made = await encodeShareLink({ ...document, packages })
  assert.deepEqual(
    made.packages.map(({ by }) => by),
    ['example', 'address', 'hash', 'inline'],
  )
  assert.ok(made.fragment.length <= linkLimit)
  const opened = await decodeShareLink(made.fragment)
  assert.deepEqual(
    opened.packages,
    packages.map((one) => ({ ...one, bytes: one.name === 'a:small' ? bytes : undefined })),
  )
})

/** A link with any JSON, and any bytes behind it. */
async function linkOf(json: unknown, along = new Uint8Array(), length?: number): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(json))
  const header = new Uint8Array(new Uint32Array([length ?? text.length]).buffer)
  return await compressed(new Blob([header, text, along]))
}

async function compressed(blob: Blob): Promise<string> {
  const stream = blob.stream().pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = Buffer.from(await new Response(stream).arrayBuffer())
  return `#share=${bytes.toString('base64url')}`
}

const good = { version: 1, text: '', layout: {}, packages: [] }
const { bytes: _, ...row } = shared()

const refused: Record<string, () => string | Promise<string>> = {
  'no link': () => '#somewhere',
  'too long': () => `#share=${'A'.repeat(readLimit)}`,
  'no base64': () => '#share=<script>',
  'no deflate': () => '#share=AAAA',
  empty: () => compressed(new Blob([])),
  'a bomb': () => compressed(new Blob([new Uint8Array(expandedLimit + 1)])),
  'JSON beyond its end': () => linkOf(good, undefined, 1_000_000),
  'no JSON': () => compressed(new Blob([new Uint8Array([1, 0, 0, 0, 0x7b])])),
  'another version': () => linkOf({ ...good, version: 2 }),
  'no text': () => linkOf({ ...good, text: 1 }),
  'an array': () => linkOf([good]),
  'a name that is markup': () => linkOf({ ...good, packages: [{ ...row, name: '<img src=x>' }] }),
  'a hash that is none': () => linkOf({ ...good, packages: [{ ...row, hash: 'x' }] }),
  'a negative size': () => linkOf({ ...good, packages: [{ ...row, size: -1 }] }),
  'bytes that are not there': () => linkOf({ ...good, packages: [{ ...row, inline: true }] }),
  'an address that runs': () =>
    linkOf({ ...good, packages: [{ ...row, origin: { kind: 'address', address: 'javascript:alert(1)' } }] }),
  'an address without end': () => {
    const address = `https://example.org/${'a'.repeat(3_000)}`
    return linkOf({ ...good, packages: [{ ...row, origin: { kind: 'address', address } }] })
  },
  'an example elsewhere': () =>
    linkOf({ ...good, packages: [{ ...row, origin: { kind: 'example', file: '../../secret' } }] }),
}

for (const [what, link] of Object.entries(refused)) {
  test(`refused: ${what}`, async () => {
    await assert.rejects(decodeShareLink(await link()), ShareLinkError)
  })
}

test('a layout that is none is left out', async () => {
  const layout = {
    positions: { a: { x: 1, y: 2 }, b: { x: '1', y: 2 }, c: null, d: { x: 1e300, y: 0 } },
    groups: [{ id: 'g', name: 'G', blocks: ['a', 7], isCollapsed: 'yes' }, 3],
  }
  const opened = await decodeShareLink(await linkOf({ ...good, layout }))
  assert.deepEqual(opened.layout, {
    positions: { a: { x: 1, y: 2 } },
    groups: [{ id: 'g', name: 'G', blocks: ['a'], isCollapsed: false }],
  })
})

test('every truncation of a link is refused or gives a document', async () => {
  const { fragment } = await encodeShareLink(document)
  for (let length = 7; length < fragment.length; length += 7) {
    await decodeShareLink(fragment.slice(0, length)).catch((error: unknown) =>
      assert.ok(error instanceof ShareLinkError),
    )
  }
})
