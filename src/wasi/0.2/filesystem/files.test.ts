/** What the golden file does not say: limits, lifetimes, pipes, names, and memory's own methods. */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import {
  createReadStream,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { MemoryDirectory, MemorySymlink } from '../../host/memory-directory.ts'
import { node } from '../../platform/node/index.ts'
import { blocking, decode, encode, open, payloadOf } from '../../platform/testing/open-host.ts'

const linux = process.platform === 'linux'
const read = { read: true }
const memory = (files: MemoryDirectory, limits = {}) =>
  open({ preopens: [{ guest: '/', host: files }], limits })
const disk = (path: string, limits = {}) => open({ preopens: [{ guest: '/', host: path }], limits }, node)

function scratch(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'tenon-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

const openFds = () => readdirSync('/proc/self/fd').length

describe('lifetimes', () => {
  test('every descriptor of the system is closed again', { skip: !linux }, async () => {
    using folder = scratch()
    writeFileSync(join(folder.path, 'f'), 'text')
    execFileSync('mkdir', ['-p', join(folder.path, 'a/b/c')])
    symlinkSync('a/b', join(folder.path, 'l'))
    const before = openFds()
    const wasi = disk(folder.path)
    const root = wasi.preopen()
    const kept = openFds()
    for (let round = 0; round < 20; round++) {
      root.statAt({ symlinkFollow: true }, 'l/c/../../b/c')
      await payloadOf(() => root.statAt({}, 'a/b/c/d/e'))
      await payloadOf(() => root.statAt({}, 'a/b/../../..'))
      root.createDirectoryAt('l/c/new')
      root.removeDirectoryAt('l/c/new')
      const file = await root.openAt({}, 'f', {}, { read: true, write: true })
      const streams = [file.readViaStream(0n), file.appendViaStream()] as const
      file[Symbol.dispose]()
      // Streams hold the file open.
      await streams[1].blockingWriteAndFlush(encode('+'))
      assert.equal(decode(await streams[0].blockingRead(4n)), 'text')
      for (const stream of streams) stream[Symbol.dispose]()
      root.readDirectory()[Symbol.dispose]()
      await root.sync()
    }
    assert.equal(openFds(), kept)
    root[Symbol.dispose]()
    wasi.host.close()
    assert.equal(openFds(), before)
    assert.equal(wasi.host.handles.live, 0)
  })

  test('a handle beyond the limit is refused where the guest can be told', async () => {
    const wasi = memory(MemoryDirectory.from({ f: '' }), { handles: 2 })
    const root = wasi.preopen()
    const file = await root.openAt({}, 'f', {}, read)
    const full = 'insufficient-memory'
    assert.equal(await payloadOf(() => root.openAt({}, 'f', {}, read)), full)
    assert.equal(await payloadOf(() => root.openAt({}, 'new', { create: true }, { write: true })), full)
    assert.equal(await payloadOf(() => root.statAt({}, 'new')), 'no-entry')
    assert.equal(await payloadOf(() => file.readViaStream(0n)), full)
    assert.equal(await payloadOf(() => root.readDirectory()), full)
    file[Symbol.dispose]()
    await root.openAt({}, 'f', {}, read)
  })

  test('a read is cut to the limit', async () => {
    const wasi = memory(MemoryDirectory.from({ f: 'x'.repeat(100) }), { readBytes: 10 })
    const file = await wasi.preopen().openAt({}, 'f', {}, read)
    const [bytes, end] = await file.read(2n ** 64n - 1n, 0n)
    assert.deepEqual([bytes.length, end], [10, false])
  })
})

describe('reading and writing', () => {
  test('a large file in one go, up to its end', { skip: !linux }, async () => {
    using folder = scratch()
    const contents = crypto.getRandomValues(new Uint8Array(50_000))
    const large = Buffer.concat(Array.from({ length: 10 }, () => contents))
    writeFileSync(join(folder.path, 'large'), large)
    const file = await disk(folder.path).preopen().openAt({}, 'large', {}, read)
    const stream = file.readViaStream(0n)
    const chunks: Uint8Array[] = []
    for (let ended = false; !ended; ) {
      const ending = await payloadOf(async () => {
        for (;;) chunks.push(await stream.blockingRead(1_000_000n))
      })
      assert.deepEqual(ending, { tag: 'closed' })
      ended = true
    }
    assert.ok(Buffer.concat(chunks).equals(large))
    assert.equal(chunks.length, 1)
  })

  test('a synchronised file says so', { skip: !linux }, async () => {
    using folder = scratch()
    const root = disk(folder.path).preopen()
    const flags = { read: true, write: true, fileIntegritySync: true, dataIntegritySync: true }
    const file = await root.openAt({}, 'f', { create: true }, flags)
    await file.write(encode('x'), 0n)
    const { fileIntegritySync, dataIntegritySync, requestedWriteSync } = file.getFlags()
    assert.deepEqual([fileIntegritySync, dataIntegritySync, requestedWriteSync], [true, true, false])
    for (const sync of [file.sync, file.syncData]) {
      assert.equal(blocking(file, sync), undefined)
      assert.equal(await sync.call(file), undefined)
    }
  })

  test('a stream of a file in use tells its error once, with the code', async () => {
    const wasi = memory(MemoryDirectory.from({ f: 'x' }))
    const file = await wasi.preopen().openAt({}, 'f', {}, { write: true })
    const stream = file.readViaStream(0n)
    const failed = (await payloadOf(() => stream.read(1n))) as { tag: string; val: never }
    assert.equal(failed.tag, 'last-operation-failed')
    const { filesystemErrorCode } = wasi.face<{ filesystemErrorCode(error: never): unknown }>(
      'filesystem/types',
    )
    assert.equal(filesystemErrorCode(failed.val), 'bad-descriptor')
    assert.deepEqual(await payloadOf(() => stream.read(1n)), { tag: 'closed' })
  })

  test('the error of another stream has no code of the file system', async () => {
    const wasi = open({
      stdin: (async function* () {
        yield* []
        throw new Error('no')
      })(),
    })
    const failed = (await payloadOf(() => wasi.stdin().blockingRead(1n))) as { val: never }
    const { filesystemErrorCode } = wasi.face<{ filesystemErrorCode(error: never): unknown }>(
      'filesystem/types',
    )
    assert.equal(filesystemErrorCode(failed.val), undefined)
  })
})

describe('pipes in a directory', { skip: !linux }, () => {
  const withPipe = () => {
    const folder = scratch()
    execFileSync('mkfifo', [join(folder.path, 'pipe')])
    return folder
  }

  test('reading waits for a writer, without blocking the thread', async () => {
    using folder = withPipe()
    const root = disk(folder.path).preopen()
    assert.equal(root.statAt({}, 'pipe').type, 'fifo')
    const opening = root.openAt({}, 'pipe', {}, read)
    assert.ok(opening instanceof Promise)
    spawn('sh', ['-c', `(sleep 0.1; printf one; sleep 0.1; printf two) >'${join(folder.path, 'pipe')}'`])
    const pipe = await opening
    assert.equal(pipe.getType(), 'fifo')
    const stream = pipe.readViaStream(0n)
    assert.equal(stream.read(10n).length, 0)
    const pollable = stream.subscribe()
    await pollable.block()
    assert.equal(decode(stream.read(2n)), 'on')
    assert.equal(decode(await stream.blockingRead(10n)), 'e')
    assert.equal(decode(await stream.blockingRead(10n)), 'two')
    assert.deepEqual(await payloadOf(() => stream.blockingRead(10n)), { tag: 'closed' })
  })

  test('writing waits for a reader', async () => {
    using folder = withPipe()
    const root = disk(folder.path).preopen()
    const opening = root.openAt({}, 'pipe', {}, { write: true })
    assert.ok(opening instanceof Promise)
    const reader = createReadStream(join(folder.path, 'pipe'))
    const chunks: Buffer[] = []
    reader.on('data', (chunk) => chunks.push(chunk as Buffer))
    const pipe = await opening
    const stream = pipe.writeViaStream(0n)
    await stream.blockingWriteAndFlush(encode('through a stream, '))
    assert.equal(await pipe.write(encode('and directly'), 0n), 12n)
    stream[Symbol.dispose]()
    pipe[Symbol.dispose]()
    await new Promise((resolve) => reader.on('close', resolve))
    assert.equal(Buffer.concat(chunks).toString(), 'through a stream, and directly')
  })

  test('a pollable that outlives its stream reads no other file', async () => {
    using folder = withPipe()
    writeFileSync(join(folder.path, 'f'), 'of somebody else')
    const root = disk(folder.path).preopen()
    const path = join(folder.path, 'pipe')
    const writer = spawn('sh', ['-c', `sleep 10 >'${path}'`])
    const pipe = await root.openAt({}, 'pipe', {}, read)
    const stream = pipe.readViaStream(0n)
    const pollable = stream.subscribe()
    stream[Symbol.dispose]()
    pipe[Symbol.dispose]()
    await root.openAt({}, 'f', {}, read)
    await pollable.block()
    assert.equal(pollable.ready(), true)
    writer.kill()
  })

  test('on a blocked thread both sides wait as well', async () => {
    using folder = withPipe()
    const path = join(folder.path, 'pipe')
    spawn('sh', ['-c', `sleep 0.1; printf hello >'${path}'`])
    const root = disk(folder.path).preopen()
    const pipe = blocking(root, root.openAt, {}, 'pipe', {}, read)
    const stream = pipe.readViaStream(0n)
    assert.equal(decode(blocking(stream, stream.blockingRead, 10n)), 'hello')
  })
})

describe('names', () => {
  test('that are no text cannot be reached, and do not hide the others', { skip: !linux }, async () => {
    using folder = scratch()
    writeFileSync(Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from([0xff, 0xfe])]), '')
    writeFileSync(join(folder.path, '\ufeffbom é 𝄞'), '')
    symlinkSync(Buffer.from([0xff]), join(folder.path, 'link'))
    const root = disk(folder.path).preopen()
    const listing = root.readDirectory()
    const seen: unknown[] = []
    for (let entry: unknown = 0; entry !== undefined; ) {
      try {
        entry = listing.readDirectoryEntry()
        if (entry) seen.push((entry as { name: string }).name)
      } catch (error) {
        seen.push((error as { payload: string }).payload)
      }
    }
    assert.deepEqual(seen.sort(), ['illegal-byte-sequence', 'link', '\ufeffbom é 𝄞'])
    assert.equal(root.statAt({}, '\ufeffbom é 𝄞').type, 'regular-file')
    assert.equal(await payloadOf(() => root.readlinkAt('link')), 'illegal-byte-sequence')
  })

  test('listings are independent, and a long one comes piece by piece', async () => {
    using folder = scratch()
    for (let count = 0; count < 300; count++) writeFileSync(join(folder.path, `file${count}`), '')
    const files = MemoryDirectory.from(Object.fromEntries(readdirSync(folder.path).map((name) => [name, ''])))
    for (const root of [disk(folder.path).preopen(), memory(files).preopen()]) {
      const [first, second] = [root.readDirectory(), root.readDirectory()]
      const names = new Set<string>()
      for (let entry = first.readDirectoryEntry(); entry; entry = first.readDirectoryEntry())
        names.add(entry.name)
      assert.equal(names.size, 300)
      assert.equal(first.readDirectoryEntry(), undefined)
      assert.ok(second.readDirectoryEntry())
      second[Symbol.dispose]()
    }
  })
})

describe('links of the host', () => {
  test('a granted directory may itself be a link', { skip: !linux }, () => {
    using folder = scratch()
    execFileSync('mkdir', [join(folder.path, 'real')])
    writeFileSync(join(folder.path, 'real/f'), 'x')
    symlinkSync('real', join(folder.path, 'link'))
    assert.equal(disk(join(folder.path, 'link')).preopen().statAt({}, 'f').size, 1n)
  })

  test('/proc does not lead out either', { skip: !linux }, async () => {
    // Its links are magic: the kernel jumps, whatever their text says. We only ever follow the text.
    const root = disk('/proc/self').preopen()
    for (const path of ['root/etc/passwd', 'cwd/package.json', 'fd/0/..', 'exe', 'task/../root']) {
      const payload = await payloadOf(() => root.openAt({ symlinkFollow: true }, path, {}, read))
      assert.ok(
        ['not-permitted', 'not-directory', 'no-entry'].includes(payload as string),
        `${path}: ${payload}`,
      )
    }
  })
})

describe('in memory', () => {
  test('files are given as a tree and read back', async () => {
    const files = MemoryDirectory.from({
      'in.txt': 'hello',
      bin: new Uint8Array([1, 2]),
      sub: { link: new MemorySymlink('../in.txt') },
    })
    const root = memory(files).preopen()
    const out = await root.openAt({}, 'sub/out', { create: true }, { write: true })
    await out.writeViaStream(0n).blockingWriteAndFlush(encode('result'))
    assert.equal(decode(files.readFile('sub/out')!), 'result')
    assert.equal(files.readFile('missing'), undefined)
    assert.equal(files.readFile('sub'), undefined)
    files.writeFile('a/b/c.txt', 'made on the way')
    assert.equal(root.statAt({}, 'a/b/c.txt').size, 15n)
    assert.deepEqual(Object.keys(files.toTree()), ['in.txt', 'bin', 'sub', 'a'])
    assert.deepEqual(MemoryDirectory.from(files.toTree()).toTree(), files.toTree())
  })

  test('what it holds is bounded, and comes back when it is removed', async () => {
    const files = MemoryDirectory.from({}, { bytes: 1000, nodes: 5 })
    const root = memory(files).preopen()
    const create = (name: string) => root.openAt({}, name, { create: true }, { read: true, write: true })
    const file = await create('f')
    assert.equal(await file.write(new Uint8Array(1000), 0n), 1000n)
    assert.equal(await payloadOf(() => file.write(new Uint8Array(1), 1000n)), 'insufficient-space')
    assert.equal(await payloadOf(() => file.setSize(2n ** 40n)), 'file-too-large')
    assert.equal(await payloadOf(() => file.write(new Uint8Array(1), 2n ** 31n)), 'insufficient-space')
    root.unlinkFileAt('f')
    // Still open, so still held.
    assert.equal(await payloadOf(async () => (await create('g')).setSize(1n)), 'insufficient-space')
    file[Symbol.dispose]()
    ;(await create('g')).setSize(1000n)
    for (const name of ['1', '2', '3']) root.createDirectoryAt(name)
    assert.equal(await payloadOf(() => root.createDirectoryAt('4')), 'insufficient-space')
    assert.equal(await payloadOf(() => root.symlinkAt('x', '4')), 'insufficient-space')
    root.removeDirectoryAt('3')
    root.symlinkAt('x', '4')
  })

  test('a file that shrank and grew again is zero in between', async () => {
    const root = memory(MemoryDirectory.from({ f: 'secret' })).preopen()
    const file = await root.openAt({}, 'f', {}, { read: true, write: true })
    file.setSize(1n)
    file.setSize(6n)
    assert.equal(decode((await file.read(10n, 0n))[0]), 's\0\0\0\0\0')
  })

  test('two file systems do not mix', async () => {
    const host = () => MemoryDirectory.from({ f: '' })
    const wasi = open({
      preopens: [
        { guest: 'a', host: host() },
        { guest: 'b', host: host() },
      ],
    })
    const [[a], [b]] = wasi
      .face<{ getDirectories(): [[ReturnType<typeof wasi.preopen>], [ReturnType<typeof wasi.preopen>]] }>(
        'filesystem/preopens',
      )
      .getDirectories()
    assert.equal(await payloadOf(() => a.renameAt('f', b, 'g')), 'cross-device')
    assert.equal(await payloadOf(() => a.linkAt({}, 'f', b, 'g')), 'cross-device')
    assert.equal(a.isSameObject(b), false)
  })
})

test('the contents on disk are what was written', { skip: !linux }, async () => {
  using folder = scratch()
  const root = disk(folder.path).preopen()
  const file = await root.openAt({}, 'f', { create: true, exclusive: true }, { write: true })
  const stream = file.writeViaStream(0n)
  stream.checkWrite()
  stream.write(encode('one '))
  stream.checkWrite()
  stream.write(encode('two'))
  stream.flush()
  assert.equal(readFileSync(join(folder.path, 'f'), 'utf8'), 'one two')
})
