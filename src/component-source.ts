/** Reads a component from wherever it lies. */
import { TenonError } from './errors.ts'

/** Where a component's bytes can come from. A string is a path, or a URL where it begins with a scheme. */
export type ComponentSource =
  | string
  | URL
  | ArrayBuffer
  | ArrayBufferView
  | Response
  | ReadableStream<Uint8Array>

export async function bytesOf(source: ComponentSource): Promise<Uint8Array> {
  if (typeof source === 'string') {
    if (isUrl(source)) return bytesOf(new URL(source))
    return hasFiles ? readFile(source) : bytesOf(await fetch(source))
  }
  if (source instanceof URL)
    return source.protocol === 'file:' ? readFile(source) : bytesOf(await fetch(source))
  if (source instanceof ArrayBuffer) return new Uint8Array(source)
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  if (source instanceof ReadableStream) return bytesOf(new Response(source))
  if (source instanceof Response) {
    if (!source.ok)
      throw new TenonError('decode', `${source.url} answered ${source.status} ${source.statusText}`)
    return new Uint8Array(await source.arrayBuffer())
  }
  throw new TypeError(
    `Component.load: wanted a path, a URL, bytes, a Response or a ReadableStream, found ${typeof source}`,
  )
}

/** What messages call it where nobody says: the file's name. */
export function nameOf(source: ComponentSource): { name?: string } {
  const path = typeof source === 'string' ? source : source instanceof URL ? source.pathname : undefined
  const file = path
    ?.split(/[/\\]/)
    .at(-1)
    ?.replace(/\.wasm$/, '')
  return file ? { name: file } : {}
}

/** A scheme has two letters or more: one is a drive on Windows. */
function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(text)
}

/** Node, Deno and Bun have files; in a browser, a path is an address relative to the page. */
const hasFiles = typeof process === 'object' && process.getBuiltinModule !== undefined

/** Asked of the platform, not imported: no bundler meets a `node:` module to resolve. */
async function readFile(path: string | URL): Promise<Uint8Array> {
  return process.getBuiltinModule('node:fs/promises').readFile(path)
}
