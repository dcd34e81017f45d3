import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

export interface StaticHost {
  /** Ends with `/some/folder/`. */
  readonly address: string
  /** What is served from now on. */
  folder: string
  close(): Promise<void>
}

/** A web host that serves a folder's files below `/some/folder/`, and sends no headers of its own. */
export async function staticHost(folder: string, port = 0): Promise<StaticHost> {
  const server = createServer(async (request, response) => {
    const path = request.url!.replace(/[?#].*$/, '').replace('/some/folder/', '') || 'index.html'
    const body = path.startsWith('/')
      ? undefined
      : await readFile(join(host.folder, path)).catch(() => undefined)
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': types[extname(path)] ?? 'text/plain',
    })
    response.end(body)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const host: StaticHost = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/folder/`,
    folder,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
  return host
}
