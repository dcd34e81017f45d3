/** Standard input and output as a shell gives them: pipes, sockets, files, terminals, in both views. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const fixture = fileURLToPath(new URL('./stdio.fixture.ts', import.meta.url))
const node = [process.execPath, '--conditions=tenon-source', '--no-warnings', fixture]

/** How the fixture is called: the view, and whether it gets Node's streams or numbers. */
const ways = [
  ['sync', 'stream'],
  ['sync', 'number'],
  ['async', 'stream'],
  ['async', 'number'],
] as const

/** A shell command with the fixture as `$@`, so that real pipes stand around it. */
function shell(script: string, ...args: string[]): ChildProcess {
  return spawn('sh', ['-c', script, 'sh', ...node, ...args])
}

/** The fixture alone; its input and output are sockets then. */
function start(...args: string[]): ChildProcess {
  return spawn(node[0]!, [...node.slice(1), ...args])
}

async function finish(child: ChildProcess): Promise<{ out: Buffer; err: string; code: number | null }> {
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout!.on('data', (chunk) => out.push(chunk))
  child.stderr!.on('data', (chunk) => err.push(chunk))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { out: Buffer.concat(out), err: Buffer.concat(err).toString().trim(), code }
}

// Most of the time these wait.
describe('standard input and output', { concurrency: 4 }, () => {
  for (const way of ways) {
    const name = way.join(', ')

    test(`bytes pass through pipes unchanged (${name})`, async () => {
      const bytes = randomBytes(300_000)
      const child = shell('cat | "$@" | cat', 'cat', ...way)
      child.stdin!.end(bytes)
      const { out, err, code } = await finish(child)
      assert.ok(out.equals(bytes), `${out.length} bytes`)
      assert.deepEqual([err, code], ['closed', 0])
    })

    test(`bytes pass through sockets unchanged (${name})`, async () => {
      const bytes = randomBytes(300_000)
      const child = start('cat', ...way)
      child.stdin!.end(bytes)
      const { out, err, code } = await finish(child)
      assert.ok(out.equals(bytes), `${out.length} bytes`)
      assert.deepEqual([err, code], ['closed', 0])
    })

    test(`a reader that takes its time gets everything (${name})`, async () => {
      const { out, err } = await finish(shell('"$@" | { sleep 0.3; cat; }', 'pour', ...way))
      assert.deepEqual([out.length, err], [8_000_000, 'poured'])
    })

    test(`a pipe whose reader leaves is closed (${name})`, async () => {
      const { err, code } = await finish(shell('"$@" | head -c 1 >/dev/null', 'flood', ...way))
      assert.deepEqual([err, code], ['closed', 0])
    })

    test(`input is waited for together with a clock (${name}, pipe)`, async () => {
      const child = shell('cat | "$@"', 'poll', ...way)
      await answersAfterAWhile(child)
    })

    test(`input is waited for together with a clock (${name}, socket)`, async () => {
      await answersAfterAWhile(start('poll', ...way))
    })

    test(`a wait that was given up does not keep the process alive (${name})`, async () => {
      const child = start('leave', ...way)
      const started = Date.now()
      const { err, code } = await finish(child)
      assert.deepEqual([err, code], ['left', 0])
      assert.ok(Date.now() - started < 60_000)
    })

    test(`files, directories and nothing as input (${name})`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'tenon-'))
      writeFileSync(join(folder, 'file'), 'from a file')
      const file = await finish(shell(`"$@" <'${folder}/file'`, 'cat', ...way))
      assert.deepEqual([file.out.toString(), file.err], ['from a file', 'closed'])
      const nothing = await finish(shell('"$@" </dev/null', 'cat', ...way))
      assert.deepEqual([nothing.out.toString(), nothing.err], ['', 'closed'])
      if (way[1] === 'number') {
        const directory = await finish(shell(`"$@" <'${folder}'`, 'cat', ...way))
        assert.equal(directory.err, 'failed is-directory')
      }
      rmSync(folder, { recursive: true })
    })

    test(`a terminal is one, a pipe is none (${name})`, async (context) => {
      assert.equal((await finish(start('terminal', ...way))).err, 'terminal false false false')
      if (spawnSync('script', ['-V']).error) return context.skip('there is no script(1) to make a terminal')
      const line = [...node, 'terminal', ...way].map((word) => `'${word}'`).join(' ')
      const { out } = await finish(spawn('script', ['-qec', line, '/dev/null']))
      assert.match(out.toString(), /terminal true true true/)
    })

    test(`a line typed at a terminal is read (${name})`, async (context) => {
      if (spawnSync('script', ['-V']).error) return context.skip('there is no script(1) to make a terminal')
      const line = [...node, 'cat', ...way].map((word) => `'${word}'`).join(' ')
      const child = spawn('script', ['-qec', line, '/dev/null'])
      setTimeout(() => child.stdin.write('typed\n'), 500)
      // Control-D: the end.
      setTimeout(() => child.stdin.write('\x04'), 1000)
      const { out } = await finish(child)
      assert.match(out.toString(), /typed\r\n(.*\r\n)?closed/s)
    })
  }
})

async function answersAfterAWhile(child: ChildProcess): Promise<void> {
  const finished = finish(child)
  // The first round ends by the clock; then the input comes.
  child.stderr!.once('data', () => child.stdin!.end('hello'))
  const { err } = await finished
  assert.match(err, /^ready 1\nready (0|1|0,1)\nread hello$/)
}
