import assert from 'node:assert/strict'
import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { assemble } from '../test/support/assemble.ts'
import { counter, loadComponent } from '../test/support/load-component.ts'
import { Component, DecodeError, ValidationError } from './index.ts'

suite('loading', () => {
  const bytes = assemble(`(component ${counter})`)

  test('from bytes, a path, a URL, a Response and a stream', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'tenon-'))
    const file = join(folder, 'counter.wasm')
    await writeFile(file, await bytes)
    const server = createServer(async (request, response) => {
      response.statusCode = request.url === '/counter.wasm' ? 200 : 404
      response.end(await bytes)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as { port: number }
    const url = `http://127.0.0.1:${port}/counter.wasm`
    t.after(async () => {
      server.close()
      await rm(folder, { recursive: true })
    })
    const plain = new Uint8Array(await bytes)
    const sources = {
      bytes: plain,
      buffer: plain.buffer,
      view: new DataView(plain.buffer),
      path: file,
      'file URL': pathToFileURL(file),
      'file URL as text': pathToFileURL(file).href,
      URL: new URL(url),
      'URL as text': url,
      Response: new Response(plain),
      'promise of a Response': fetch(url),
      stream: new Blob([plain]).stream(),
    }
    for (const [name, source] of Object.entries(sources)) {
      await t.test(name, async () => {
        const instance = await (await Component.load(source)).instantiate()
        assert.equal(instance.exports.bump(), 1)
      })
    }
    await assert.rejects(Component.load(`${url}x`), /404/)
    await assert.rejects(Component.load(join(folder, 'none.wasm')), { code: 'ENOENT' })
  })

  test('what is no component', async () => {
    await assert.rejects(Component.load(new Uint8Array()), DecodeError)
    await assert.rejects(
      loadComponent('(core module (func (result i32)))').then((c) => c.instantiate()),
      ValidationError,
    )
    // @ts-expect-error: as JavaScript may call it
    await assert.rejects(Component.load(42), TypeError)
  })
})

test('reflection: names, kinds, and types that print themselves', async () => {
  const component = await loadComponent(`
    (type $point (record (field "x" s32) (field "y" s32)))
    (import "point" (type $p (eq $point)))
    (import "log" (func (param "msg" string)))
    (import "a:b/c@1.0.0" (instance (export "r" (type (sub resource))) (export "get" (func (param "p" (list u8)) (result (option string))))))
    ${counter}`)
  assert.deepEqual(
    component.imports.map(({ name, kind }) => [name, kind]),
    [
      ['point', 'type'],
      ['log', 'function'],
      ['a:b/c@1.0.0', 'instance'],
    ],
  )
  assert.deepEqual(component.exports.map(String), ['bump: func() -> u32'])
  const [, log, iface] = component.imports
  assert.ok(log?.type.kind === 'function')
  assert.equal(`${log.type.parameters[0]?.type}`, 'string')
  assert.equal(`${log.type}`, 'func(msg: string)')
  assert.equal(`${iface?.type}`, 'interface { resource r; get: func(p: list<u8>) -> option<string>; }')
})

test('no code is generated, nor is it tried, where that is asked for', async (t) => {
  let tried = 0
  const evaluate = globalThis.Function
  globalThis.Function = new Proxy(evaluate, {
    construct(target, args) {
      tried++
      return Reflect.construct(target, args)
    },
  })
  t.after(() => {
    globalThis.Function = evaluate
  })
  const bytes = await assemble(`(component ${counter})`)
  for (const generateCode of [false, undefined]) {
    const { exports } = await Component.fromBytes(bytes, { generateCode }).instantiate()
    assert.equal((exports as { bump(): number }).bump(), 1)
    assert.equal(tried > 0, generateCode !== false)
  }
})
