/** Bytes of what a person gave: a file, or an address. */
import { limits } from '../workshop/limits.ts'

/** Something could not be read. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  readonly code: 'too-large' | 'unreadable' | 'not-fetched' | 'not-an-address'
  readonly cure: string | undefined

  constructor(code: SourceError['code'], message: string, cure?: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.cure = cure
  }
}

/**
 * An address that a person typed.
 *
 * @throws SourceError `not-an-address`
 */
export function addressFrom(typed: string): URL {
  const text = typed.trim()
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new SourceError(
      'not-an-address',
      'this is no address of a component',
      'give a whole one: https://example.org/component.wasm',
    )
  }
  return url
}

/**
 * Without the cookies of the place where it lies, and without saying where it was asked from.
 *
 * @param progress 0 to 1; 0 where nobody says how much it will be
 * @throws SourceError `not-fetched`, `too-large`, `not-an-address`
 */
export async function readAddress(
  url: URL,
  progress: (part: number) => void,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<ArrayBuffer> {
  addressFrom(url.href)
  let response: Response
  try {
    response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer' })
  } catch (cause) {
    throw new SourceError(
      'not-fetched',
      `${url.href} cannot be fetched`,
      isLocal(url) || url.protocol === 'https:'
        ? 'its host must be there, and let other pages read it (CORS); else download it, and drop the file'
        : 'this page may only ask hosts by https:, and this machine; download it, and drop the file',
      { cause },
    )
  }
  if (!response.ok) {
    throw new SourceError(
      'not-fetched',
      `${url.href} answers ${response.status} ${response.statusText}`.trim(),
    )
  }
  const length = Number(response.headers.get('content-length') ?? 0)
  if (length > limits.file) throw tooLarge(url.href)
  return await readWhole(url.href, response, length, progress)
}

function isLocal({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1'
}

async function readWhole(
  name: string,
  response: Response,
  length: number,
  progress: (part: number) => void,
): Promise<ArrayBuffer> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  const reader = response.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done) break
    size += value.byteLength
    if (size > limits.file) {
      await reader?.cancel()
      throw tooLarge(name)
    }
    chunks.push(value)
    // A compressed body grows beyond the length that was said of it.
    progress(length === 0 ? 0 : Math.min(1, size / length))
  }
  return await new Blob(chunks).arrayBuffer()
}

/** @throws SourceError `too-large`, `unreadable` */
export async function readFile(file: File): Promise<ArrayBuffer> {
  if (file.size > limits.file) throw tooLarge(file.name)
  try {
    return await file.arrayBuffer()
  } catch (cause) {
    throw new SourceError('unreadable', `${file.name} cannot be read`, 'choose the file once more', { cause })
  }
}

function tooLarge(name: string): SourceError {
  return new SourceError(
    'too-large',
    `${name} is larger than ${limits.file / 1024 / 1024} MiB`,
    'compose it on the command line: tenon compose',
  )
}

/** Components and core modules begin with `\0asm`; all else that is opened is taken for a text. */
export function isWasm(bytes: ArrayBuffer): boolean {
  const [a, b, c, d] = new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength))
  return a === 0 && b === 0x61 && c === 0x73 && d === 0x6d
}

/** The last part of an address's path. */
export function fileNameOf(source: File | URL): string {
  if (source instanceof URL)
    return decoded(source.pathname.split('/').findLast((part) => part !== '') ?? source.host)
  return source.name
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
