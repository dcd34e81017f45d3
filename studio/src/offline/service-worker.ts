/**
 * Keeps the page's own files, all of one version, and serves them with the page's policy, also where there is no network and where the
 * host sends no headers. What is not the page's own passes untouched.
 */
import type { PageFiles } from './page-files.ts'
import type { ServiceWorkerScope } from './service-worker-scope.ts'

declare const TENON_PAGE: PageFiles

const scope = self as unknown as ServiceWorkerScope
const { version, files, headers } = TENON_PAGE
const paths = new Set(files.map(([path]) => path))
const folder = new URL(scope.registration.scope)
// One origin may have several studios, in folders of their own.
const prefix = `tenon-studio ${folder.pathname} `
const cacheName = prefix + version
/** Browsers would ask the host for the icon of a page that says nothing. */
const blank = '<!doctype html><title>Tenon studio</title><link rel="icon" href="data:,">'

scope.addEventListener('install', (event) => event.waitUntil(keepFiles()))
scope.addEventListener('activate', (event) =>
  event.waitUntil(removeOlder().then(() => scope.clients.claim())),
)
scope.addEventListener('message', ({ data }) => {
  if (data === 'activate') void scope.skipWaiting()
})
scope.addEventListener('fetch', (event) => {
  const path = ownPath(event.request)
  if (path !== undefined) event.respondWith(answer(event.request, path))
})

/** All or none: while a host's files are being exchanged, hashes differ, and the next visit tries again. */
async function keepFiles(): Promise<void> {
  const cache = await caches.open(cacheName)
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
  const older = names.filter((name) => name.startsWith(prefix) && name !== cacheName)
  await Promise.all(older.map((name) => caches.delete(name)))
}

/** Undefined of what is not the page's. */
function ownPath({ method, url }: Request): string | undefined {
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== folder.origin || !pathname.startsWith(folder.pathname)) return undefined
  const path = pathname.slice(folder.pathname.length) || 'index.html'
  return paths.has(path) ? path : undefined
}

async function answer(request: Request, path: string): Promise<Response> {
  const { waiting } = scope.registration
  if (request.mode === 'navigate' && waiting && (await scope.clients.matchAll()).length <= 1) {
    // No other window shows the old version: this one begins anew with the new version, and never has some of both.
    waiting.postMessage('activate')
    return new Response(blank, { headers: { 'Content-Type': 'text/html', Refresh: '0' } })
  }
  const cache = await caches.open(cacheName)
  const kept = await cache.match(path)
  // Browsers may drop what is kept when they lack room.
  const { body, status, statusText, headers: own } = kept ?? (await fetch(request))
  const all = new Headers(own)
  for (const [name, value] of Object.entries(headers)) all.set(name, value)
  return new Response(body, { status, statusText, headers: all })
}
