/** `tenon studio`, of `dist/studio` where that is built. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, describe, test } from 'node:test'
import { cliArguments, runCli } from '../support/run-cli.ts'

const adder = 'examples/adder/rust/adder.wasm'

describe('tenon studio', () => {
  for (const [line, message] of [
    ['--port x', /^error: --port x is no port: a number from 0 to 65535\n/],
    ['--port 65536', /--port 65536 is no port/],
    ['--host=', /which host\?/],
    ['missing.wasm', /^error: missing\.wasm: no such file\n/],
    ['-', /a file is read again when it changes: name one, not -/],
    [
      'README.md docs/wit.md --export out',
      /--export writes the page alone, found also README\.md, docs\/wit\.md/,
    ],
    ['--prot 1', /unknown option --prot\ndid you mean --port\?/],
  ] as const)
    test(`${line} is refused`, async () => {
      const { code, stderr } = await runCli(['studio', ...line.split(' ')])
      assert.match(stderr, message)
      assert.notEqual(code, 0)
    })
})

const noPage = existsSync('dist/studio/headers.json') ? false : 'no dist/studio: npm run build:studio'

describe('tenon studio, of the page that is published', { skip: noPage }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-studio-'))
  after(() => rmSync(folder, { recursive: true }))

  test('serves until Ctrl+C', { skip: process.platform === 'win32' && 'no signals' }, async () => {
    const child = spawn(process.execPath, cliArguments(['studio', adder, 'LICENSE', '--port', '0']))
    const exited = once(child, 'exit')
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
    const address = /^(http:\/\/127\.0\.0\.1:\d+\/) \(Ctrl\+C ends it\)$/.exec(line)?.[1]
    assert.ok(address, line)
    assert.match(await (await fetch(address)).text(), /<title>Tenon studio<\/title>/)
    const list = (await (await fetch(`${address}files/index.json`)).json()) as { file: string }[]
    const bytes = await (await fetch(`${address}files/${list[0]!.file}`)).bytes()
    assert.deepEqual(Buffer.from(bytes), readFileSync(adder))
    // No component: the page says so.
    assert.match(await (await fetch(`${address}files/${list[1]!.file}`)).text(), /Apache License/)
    child.kill('SIGINT')
    assert.deepEqual(await exited, [0, null])
  })

  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { code, stderr } = await runCli(['studio', '--port', String(port)])
    assert.match(
      stderr,
      new RegExp(`^error: port ${port} is taken: another one with --port N, any with --port 0\n`),
    )
    assert.equal(code, 2)
    other.close()
  })

  test('--export writes it, and writes over no other files', async () => {
    const target = join(folder, 'site')
    for (const _ of ['first', 'again']) {
      const { code, stdout, stderr } = await runCli(['studio', '--export', target])
      assert.deepEqual([code, stderr], [0, ''])
      assert.match(stdout, /^\d+ files: /)
    }
    assert.deepEqual(readFileSync(join(target, 'index.html')), readFileSync('dist/studio/index.html'))
    assert.deepEqual(readFileSync(join(target, 'examples/adder.wasm')), readFileSync(adder))
    writeFileSync(join(folder, 'index.html'), 'mine')
    const refused = await runCli(['studio', '--export', folder])
    assert.match(refused.stderr, /has other files in it: name an empty folder/)
    assert.equal(readFileSync(join(folder, 'index.html'), 'utf8'), 'mine')
  })

  test('is small, and has no source maps', () => {
    const files = JSON.parse(
      readFileSync('dist/studio/service-worker.js', 'utf8').match(/^const TENON_PAGE=(.*);$/m)![1]!,
    ) as { files: [string, string][] }
    const paths = files.files.map(([path]) => path)
    assert.deepEqual(
      paths.filter((path) => path.endsWith('.map')),
      [],
    )
    const size = paths.reduce((sum, path) => sum + readFileSync(join('dist/studio', path)).length, 0)
    console.log(`the studio's page: ${paths.length} files, ${Math.round(size / 1024)} KiB`)
    assert.ok(size < 6 * 1024 ** 2, `${size} bytes`)
  })
})
