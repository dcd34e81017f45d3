import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { GivenFiles } from './given-files.ts'
import { readPage } from './page.ts'
import { type StudioServer, serve } from './server.ts'

describe('the server of the studio', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-studio-'))
  const page = join(folder, 'page')
  const given = join(folder, 'a%b.wat')
  let server: StudioServer
  before(async () => {
    mkdirSync(join(page, 'assets'), { recursive: true })
    writeFileSync(join(page, 'index.html'), '<meta name="offline" content="yes" />')
    writeFileSync(join(page, 'headers.json'), '{"Content-Security-Policy":"default-src \'none\'"}')
    writeFileSync(join(page, 'assets/index-a1.js'), 'go()')
    writeFileSync(join(folder, 'secret.txt'), 'secret')
    writeFileSync(given, '(component)')
    server = await serve({
      page: readPage(page),
      given: await GivenFiles.of([given]),
      host: '127.0.0.1',
      port: 0,
    })
  })
  after(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  /** As it is written: `fetch` would tidy paths, and has no `Host`. */
  async function ask(path: string, { method = 'GET', host }: { method?: string; host?: string } = {}) {
    const { hostname, port } = new URL(server.address)
    const headers = host === undefined ? {} : { host }
    const sent = request({ hostname, port, path, method, headers }).end()
    const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      sent.on('response', resolve).on('error', reject)
    })
    return { status: response.statusCode, headers: response.headers, body: await text(response) }
  }

  test('the page, with its policy as a header, and not kept for offline', async () => {
    const { status, headers, body } = await ask('/')
    assert.equal(status, 200)
    assert.equal(headers['content-type'], 'text/html; charset=utf-8')
    assert.equal(headers['content-security-policy'], "default-src 'none'")
    assert.equal(body, '<meta name="offline" content="no" />')
  })

  test('its assets, for ever', async () => {
    const { headers, body } = await ask('/assets/index-a1.js?v')
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8')
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal(headers['content-security-policy'], "default-src 'none'")
    assert.equal(body, 'go()')
  })

  test('HEAD has no body', async () => {
    const { headers, body } = await ask('/assets/index-a1.js', { method: 'HEAD' })
    assert.equal(headers['content-length'], '4')
    assert.equal(body, '')
  })

  test('files that were named, by number', async () => {
    const { body } = await ask('/files/index.json')
    assert.deepEqual(JSON.parse(body), [{ name: 'a%b.wat', file: '0/a%25b.wat', size: 11, about: given }])
    const file = await ask('/files/0/a%25b.wat')
    assert.equal(file.headers['content-type'], 'application/wasm')
    assert.equal(file.headers['cache-control'], 'no-cache')
    assert.equal(file.body, '\0asm\r\0\x01\0')
    assert.equal((await ask('/files/0/anything')).body, file.body)
  })

  for (const path of [
    '/secret.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '//etc/passwd',
    '/assets',
    '/files/1/a',
    '/files/-1/a',
    '/files/0',
    '/files/a%25b.wat',
    '/constructor',
    '/a\0b',
  ])
    test(`nothing else: ${JSON.stringify(path)}`, async () => {
      if (path.includes('\0')) return void assert.throws(() => request({ path }))
      const { status, body, headers } = await ask(path)
      assert.equal(status, 404)
      assert.equal(body, 'no such file\n')
      assert.equal(headers['content-security-policy'], "default-src 'none'")
    })

  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    test(`no ${method}`, async () => {
      const { status, headers } = await ask('/', { method })
      assert.equal(status, 405)
      assert.equal(headers.allow, 'GET, HEAD')
    })

  for (const host of [
    'evil.example',
    'evil.example:4747',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    'a]b',
  ])
    test(`nothing for a page that is called ${host}`, async () => {
      for (const path of ['/', '/files/0/a', '/files/index.json', '/files/events'])
        assert.equal((await ask(path, { host })).status, 403)
    })

  for (const host of ['localhost', 'LOCALHOST:4747', '127.0.0.1:1', '[::1]:4747', '192.168.0.7:4747'])
    test(`${host} cannot be somebody else`, async () => assert.equal((await ask('/', { host })).status, 200))

  test('a file that changes is told of while somebody listens', async () => {
    const response = await fetch(`${server.address}files/events`)
    assert.equal(response.headers.get('content-type'), 'text/event-stream')
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    assert.equal((await reader.read()).value, ':\n\n')
    writeFileSync(given, '(component (; changed ;))')
    const { value } = await reader.read()
    assert.deepEqual(JSON.parse(value!.replace('data: ', '')), {
      name: 'a%b.wat',
      file: '0/a%25b.wat',
      size: 25,
      about: given,
    })
    await reader.cancel()
  })

  test('a file that is gone meanwhile, or broken, is said so', async () => {
    writeFileSync(given, '(component')
    assert.match((await ask('/files/0/a')).body, /does not close/)
    unlinkSync(given)
    const { status, body } = await ask('/files/0/a')
    assert.equal(status, 404)
    assert.equal(body, `${given}: no such file\n`)
  })

  test('a page that is not built', () => {
    assert.throws(() => readPage(folder), /the studio's page is not built yet: npm run build:studio/)
  })
})
