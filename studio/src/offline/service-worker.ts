/**
 * Keeps the page's own files, all of one version, and serves them with the page's policy, also where there is no network and where the
 * host sends no headers. What is not the page's own passes untouched.
 */
import type { PageFiles } from './page-files.ts'
import type { ServiceWorkerScope } from './service-worker-scope.ts'

declare const TENON_PAGE: PageFiles

const scope = self as unknown as ServiceWorkerScope
const folder = new URL(scope.registration.scope)
// One origin may have several studios, in folders of their own.
const prefix = `tenon-studio ${folder.pathname} `
/** Milliseconds in which a newer version says what it consists of. */
const patience = 3_000

/** What is served: this worker's version, or the newer one that it gave way to. */
let page = servedOf(TENON_PAGE)

interface Served {
  readonly cacheName: string
  readonly paths: ReadonlySet<string>
  readonly headers: PageFiles['headers']
}

function servedOf({ version, files, headers }: PageFiles): Served {
  return { cacheName: prefix + version, paths: new Set(files.map(([path]) => path)), headers }
}

scope.addEventListener('install', (event) => event.waitUntil(keepFiles(TENON_PAGE)))
scope.addEventListener('activate', (event) =>
  event.waitUntil(removeOlder().then(() => scope.clients.claim())),
)
scope.addEventListener('message', ({ data, ports }) => {
  if (data !== 'take-over') return
  ports[0]?.postMessage(TENON_PAGE)
  void scope.skipWaiting()
})
scope.addEventListener('fetch', (event) => {
  const path = ownPath(event.request)
  if (path !== undefined) event.respondWith(answer(event.request, path))
})

/** All or none: while a host's files are being exchanged, hashes differ, and the next visit tries again. */
async function keepFiles({ files }: PageFiles): Promise<void> {
  const cache = await caches.open(page.cacheName)
  await Promise.all(
    files.map(async ([path, integrity]) => {
      const response = await fetch(new Request(new URL(path, folder), { integrity, cache: 'no-cache' }))
      if (!response.ok) throw new Error(`${path}: ${response.status}`)
      await cache.put(path, response)
    }),
  )
}

async function removeOlder(): Promise<void> {
  const names = await caches.keys()
  const older = names.filter((name) => name.startsWith(prefix) && name !== page.cacheName)
  await Promise.all(older.map((name) => caches.delete(name)))
}

/** Undefined of what is not the page's. */
function ownPath({ method, url }: Request): string | undefined {
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== folder.origin || !pathname.startsWith(folder.pathname)) return undefined
  const path = pathname.slice(folder.pathname.length) || 'index.html'
  return page.paths.has(path) ? path : undefined
}

async function answer(request: Request, path: string): Promise<Response> {
  const { waiting } = scope.registration
  // No other window shows the old version: this one gets the newer version at once, and no window has some of both.
  if (request.mode === 'navigate' && waiting && (await scope.clients.matchAll()).length <= 1)
    page = (await takeOver(waiting)) ?? page
  const { cacheName, headers } = page
  const cache = await caches.open(cacheName)
  const kept = await cache.match(path)
  // Browsers may drop what is kept when they lack room.
  const { body, status, statusText, headers: own } = kept ?? (await fetch(request))
  const all = new Headers(own)
  for (const [name, value] of Object.entries(headers)) all.set(name, value)
  return new Response(body, { status, statusText, headers: all })
}

/**
 * Asks a newer worker to take this one's place. It cannot while this one answers requests, so the page that begins now gets all of the
 * newer version's files from here.
 */
function takeOver(newer: ServiceWorker): Promise<Served | undefined> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<PageFiles>) => resolve(servedOf(data))
    setTimeout(resolve, patience, undefined)
    newer.postMessage('take-over', [port2])
  })
}
