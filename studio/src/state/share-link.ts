/**
 * A composition in an address: `#share=`, and behind it, in base64url, compressed by deflate,
 *
 *     length of the JSON (4 bytes, little-endian) · JSON · bytes of the packages that come along, in the order of the JSON
 *
 * A link is what anybody may have written: it is read up to limits, and whatever is wrong in it ends the reading.
 */
import type { Layout, Origin, SharedBy } from '../contract/studio.ts'
import { limits } from '../workshop/limits.ts'
import { arrayFrom, isName, layoutFrom, originFrom, recordFrom } from './layout-data.ts'

export interface SharedDocument {
  readonly text: string
  readonly layout: Layout
  readonly packages: readonly SharedPackage[]
}

export interface SharedPackage {
  readonly name: string
  /** SHA-256 in hexadecimal. */
  readonly hash: string
  readonly size: number
  readonly origin: Origin
  /** Undefined where they do not come along. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined
}

/** Characters of a link that is made: browsers take them, many chats and mails cut them. */
export const linkLimit = 64_000

/** Bytes of a file that may come along: components shrink to a half or a third, never to a tenth. */
export const inlineLimit: number = 10 * linkLimit

/** Characters of a link that is read. */
export const readLimit = 256_000

/** Bytes that a link may become. */
export const expandedLimit = 8 * 1024 * 1024

const prefix = '#share='

/** A link that is none. */
export class ShareLinkError extends Error {
  override readonly name = 'ShareLinkError'
}

export function isShareLink(fragment: string): boolean {
  return fragment.startsWith(prefix)
}

/**
 * The smallest files come along as long as the link stays under {@link linkLimit}.
 *
 * @returns the fragment, `#` included; a text that is too long by itself makes a longer one than the limit, up to what is read
 * @throws ShareLinkError where nobody could read it
 */
export async function encodeShareLink(
  document: SharedDocument,
): Promise<{ readonly fragment: string; readonly packages: readonly SharedBy[] }> {
  const inline = new Set<string>()
  let fragment = await fragmentOf(document, inline)
  if (fragment.length > readLimit) throw new ShareLinkError('this composition is too large for a link')
  const files = document.packages.filter(({ origin, bytes }) => origin.kind === 'file' && bytes !== undefined)
  for (const { hash, size } of files.toSorted((a, b) => a.size - b.size)) {
    if (size > inlineLimit) break
    const longer = await fragmentOf(document, new Set([...inline, hash]))
    if (longer.length > linkLimit) break
    inline.add(hash)
    fragment = longer
  }
  const packages = document.packages.map(({ name, size, hash, origin }) => {
    const by = origin.kind === 'file' ? (inline.has(hash) ? 'inline' : 'hash') : origin.kind
    return { name, size, by } as const
  })
  return { fragment, packages }
}

async function fragmentOf(
  { text, layout, packages }: SharedDocument,
  inline: ReadonlySet<string>,
): Promise<string> {
  const rows = packages.map(({ name, hash, size, origin }) => ({
    name,
    hash,
    size,
    origin,
    inline: inline.has(hash),
  }))
  const json = new TextEncoder().encode(JSON.stringify({ version: 1, text, layout, packages: rows }))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, json.byteLength, true)
  const along = packages.flatMap(({ hash, bytes }) =>
    inline.has(hash) && bytes !== undefined ? [bytes] : [],
  )
  const stream = new Blob([length, json, ...along]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  return prefix + toBase64Url(new Uint8Array(await new Response(stream).arrayBuffer()))
}

/**
 * @param fragment with its `#`
 * @throws ShareLinkError
 */
export async function decodeShareLink(fragment: string): Promise<SharedDocument> {
  if (!isShareLink(fragment)) throw new ShareLinkError('this address has no composition in it')
  if (fragment.length > readLimit) throw new ShareLinkError('this link is too long')
  const bytes = await expand(fromBase64Url(fragment.slice(prefix.length)))
  if (bytes.byteLength < 4) throw damaged()
  const length = new DataView(bytes.buffer).getUint32(0, true)
  if (length > bytes.byteLength - 4) throw damaged()
  const { version, text, layout, packages } = recordFrom(parse(bytes.subarray(4, 4 + length)))
  if (version !== 1) throw new ShareLinkError('this link was made by another version of the studio')
  if (typeof text !== 'string' || text.length > limits.text) throw damaged()
  return { text, layout: layoutFrom(layout), packages: packagesFrom(packages, bytes.subarray(4 + length)) }
}

function packagesFrom(data: unknown, along: Uint8Array<ArrayBuffer>): SharedPackage[] {
  const rows = arrayFrom(data)
  if (rows.length > limits.packages) throw damaged()
  let start = 0
  return rows.map((row) => {
    const { name, hash, size, origin, inline } = recordFrom(row)
    const from = originFrom(origin)
    if (!isPackageName(name) || !isHash(hash) || !isSize(size) || from === undefined) throw damaged()
    if (inline !== true) return { name, hash, size, origin: from, bytes: undefined }
    if (start + size > along.byteLength) throw damaged()
    const bytes = along.slice(start, start + size)
    start += size
    return { name, hash, size, origin: from, bytes }
  })
}

function isPackageName(data: unknown): data is string {
  return isName(data) && /^[a-z][a-z0-9-]*(?::[a-z][a-z0-9-]*)+(?:@\d[\w.+-]*)?$/i.test(data)
}

function isHash(data: unknown): data is string {
  return typeof data === 'string' && /^[0-9a-f]{64}$/.test(data)
}

function isSize(data: unknown): data is number {
  return Number.isSafeInteger(data) && (data as number) >= 0
}

/** A few bytes can be made to become gigabytes: it stops at the limit. */
async function expand(compressed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([compressed])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw damaged()
    })
    if (done) break
    size += value.byteLength
    if (size > expandedLimit) {
      await reader.cancel()
      throw new ShareLinkError('this link becomes too large')
    }
    chunks.push(value)
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw damaged()
  }
}

function damaged(): ShareLinkError {
  return new ShareLinkError('this link is damaged: copy it once more, and whole')
}

function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw damaged()
  try {
    const decoded = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(decoded, (character) => character.charCodeAt(0))
  } catch {
    throw damaged()
  }
}
