/** The server of `tenon studio`: the page's files and those that were named, to this machine's browsers, and nothing else. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, isIP } from 'node:net'
import { join } from 'node:path'
import type { GivenFiles } from './given-files.ts'
import type { Page } from './page.ts'

export interface ServeOptions {
  readonly page: Page
  readonly given: GivenFiles
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
}

export interface StudioServer {
  /** `http://127.0.0.1:4747/` */
  readonly address: string
  /** Ends all connections. */
  close(): Promise<void>
}

/** What is sent. */
interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string | Uint8Array
  /** For `Cache-Control`: the names of the page's assets change with their content. */
  readonly isForever?: boolean
}

/** @throws {NodeJS.ErrnoException} code `EADDRINUSE`, `EACCES`, …, as the operating system says */
export async function serve({ page, given, host, port }: ServeOptions): Promise<StudioServer> {
  const server = createServer((request, response) => {
    respond(request, response, page, given, host).catch((error) => response.destroy(error))
  })
  server.listen(port, host)
  await once(server, 'listening')
  return { address: addressOf(server, host), close: () => close(server) }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  // What listens on all addresses is on this one, too.
  const name =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : isIP(host) === 6 ? `[${host}]` : host
  return `http://${name}:${port}/`
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  page: Page,
  given: GivenFiles,
  host: string,
): Promise<void> {
  for (const [name, value] of Object.entries(page.headers)) response.setHeader(name, value)
  const path = request.url?.replace(/[?#].*$/s, '').slice(1) ?? ''
  if (path === 'files/events' && request.method === 'GET' && isOurs(request, host)) {
    tellChanges(response, given)
    return
  }
  const { status, type, body, isForever } = await answer(request, path, page, given, host)
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': isForever ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(status === 405 && { Allow: 'GET, HEAD' }),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function answer(
  request: IncomingMessage,
  path: string,
  page: Page,
  given: GivenFiles,
  host: string,
): Promise<Answer> {
  if (!isOurs(request, host))
    return text(403, `this server is not ${request.headers.host ?? 'without a name'}`)
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'GET and HEAD only')
  if (path === 'files/index.json')
    return { status: 200, type: typeOf(path), body: JSON.stringify(given.list()) }
  const [, index] = /^files\/(\d{1,4})\//.exec(path) ?? []
  if (index !== undefined) return givenFile(Number(index), given)
  return pageFile(path || 'index.html', page)
}

async function givenFile(index: number, given: GivenFiles): Promise<Answer> {
  if (!given.has(index)) return text(404, 'no such file')
  try {
    return { status: 200, type: typeOf('.wasm'), body: await given.read(index) }
  } catch (error) {
    // It was there when the studio was started.
    return text(404, (error as Error).message)
  }
}

async function pageFile(path: string, { folder, files }: Page): Promise<Answer> {
  if (!files.has(path)) return text(404, 'no such file')
  const body = await readFile(join(folder, path)).catch(() => undefined)
  if (body === undefined) return text(404, 'the page was built anew: start the studio anew')
  if (path === 'index.html') return { status: 200, type: typeOf(path), body: withoutOffline(String(body)) }
  return { status: 200, type: typeOf(path), body, isForever: path.startsWith('assets/') }
}

/** The address may be another program's tomorrow, which the service worker would hide. */
function withoutOffline(html: string): string {
  return html.replace('<meta name="offline" content="yes"', '<meta name="offline" content="no"')
}

/**
 * A page of others could have a name that leads here (DNS rebinding), and would then read what is served. Addresses are no names, and
 * cannot be made to lead elsewhere.
 */
function isOurs({ headers }: IncomingMessage, host: string): boolean {
  const name = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/.exec(headers.host ?? '')
  const asked = (name?.[1] ?? name?.[2] ?? '').toLowerCase()
  return isIP(asked) !== 0 || asked === 'localhost' || asked === host.toLowerCase()
}

/** Server-sent events, one for each file that changes. */
function tellChanges(response: ServerResponse, given: GivenFiles): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  response.write(':\n\n')
  const end = given.watch((file) => response.write(`data: ${JSON.stringify(file)}\n\n`))
  response.on('close', end)
}

function text(status: number, message: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${message}\n` }
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8',
}

function typeOf(path: string): string {
  return types[/[^.]*$/.exec(path)![0]] ?? 'application/octet-stream'
}
