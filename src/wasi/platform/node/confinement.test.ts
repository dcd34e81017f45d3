/** Somebody outside of the sandbox renames directories and swaps in links while a guest walks: it must never get out. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { Descriptor } from '../../host/descriptor.ts'
import { FsError } from '../../host/fs-error.ts'
import { HeldOpen } from '../../host/held-open.ts'
import { blockOn } from '../../host/wait.ts'
import { ProcDirectory } from './proc-directory.ts'

const linux = process.platform === 'linux'
const closed = { create: false, directory: false, exclusive: false, truncate: false }
const noSync = { fileIntegrity: false, dataIntegrity: false, requestedWrite: false }

/** A granted directory `root/in`, and `root/out` beside it, in which nothing must be seen or changed. */
function makeRoot() {
  const root = mkdtempSync(join(tmpdir(), 'tenon-'))
  for (const path of ['in', 'in/a', 'in/a/b', 'out', 'out/b']) mkdirSync(join(root, path))
  for (const path of ['in/x', 'in/a/x', 'in/a/b/x']) writeFileSync(join(root, path), 'inside')
  for (const path of ['x', 'out/x', 'out/b/x', 'out/b/y']) writeFileSync(join(root, path), 'OUTSIDE')
  return root
}

function grant(path: string): Descriptor {
  return Descriptor.granted(new HeldOpen(ProcDirectory.tryOpen(path)!), false)
}

/** Runs `steps` (paths to rename, in pairs) over and over in another thread while `attempt` is called. */
async function whileRenaming(root: string, steps: [string, string][], attempt: () => void): Promise<void> {
  const code = `
    const { renameSync } = require('node:fs')
    const { workerData: { root, steps } } = require('node:worker_threads')
    for (;;) for (const [from, to] of steps) try { renameSync(root + '/' + from, root + '/' + to) } catch {}`
  const worker = new Worker(code, { eval: true, workerData: { root, steps } })
  await new Promise((resolve) => worker.once('online', resolve))
  try {
    for (const end = Date.now() + 400; Date.now() < end; ) attempt()
  } finally {
    await worker.terminate()
  }
}

/** The contents at a path; undefined if it could not be opened just then. */
function readAt(directory: Descriptor, path: string): string | undefined {
  try {
    const file = blockOn(
      directory.openAt(path, true, closed, { read: true, write: false, sync: noSync }),
      'test',
    )
    const bytes = blockOn(file.read(100, 0n), 'test')
    file.close()
    return new TextDecoder().decode(bytes)
  } catch (error) {
    if (error instanceof FsError) return undefined
    throw error
  }
}

test('a directory that becomes a link and back', { skip: !linux }, async () => {
  const root = makeRoot()
  symlinkSync('../../out/b', join(root, 'in/a/link'))
  const granted = grant(join(root, 'in'))
  const seen = new Set<string | undefined>()
  await whileRenaming(
    root,
    [
      ['in/a/b', 'in/a/was'],
      ['in/a/link', 'in/a/b'],
      ['in/a/b', 'in/a/link'],
      ['in/a/was', 'in/a/b'],
    ],
    () => seen.add(readAt(granted, 'a/b/x')),
  )
  assert.deepEqual([...seen].sort(), ['inside', undefined])
  granted.close()
  rmSync(root, { recursive: true })
})

test('a file that becomes a link and back', { skip: !linux }, async () => {
  const root = makeRoot()
  symlinkSync('../../../out/x', join(root, 'in/a/b/link'))
  const granted = grant(join(root, 'in'))
  const seen = new Set<string | undefined>()
  await whileRenaming(
    root,
    [
      ['in/a/b/x', 'in/a/b/was'],
      ['in/a/b/link', 'in/a/b/x'],
      ['in/a/b/x', 'in/a/b/link'],
      ['in/a/b/was', 'in/a/b/x'],
    ],
    () => seen.add(readAt(granted, 'a/b/x')),
  )
  assert.deepEqual([...seen].sort(), ['inside', undefined])
  granted.close()
  rmSync(root, { recursive: true })
})

test('`..` out of a directory that was moved out meanwhile', { skip: !linux }, async () => {
  const root = makeRoot()
  const granted = grant(join(root, 'in'))
  const seen = new Set<string | undefined>()
  await whileRenaming(
    root,
    [
      ['in/a/b', 'out/moved'],
      ['out/moved', 'in/a/b'],
    ],
    () => {
      seen.add(readAt(granted, 'a/b/../x'))
      seen.add(readAt(granted, 'a/b/../../x'))
      seen.add(readAt(granted, 'a/b/../../../x'))
    },
  )
  assert.deepEqual([...seen].sort(), ['inside', undefined])
  granted.close()
  rmSync(root, { recursive: true })
})

test('nothing is created or removed outside through a link that is swapped in', {
  skip: !linux,
}, async () => {
  const root = makeRoot()
  symlinkSync('../../out/b', join(root, 'in/a/link'))
  const granted = grant(join(root, 'in'))
  const attempts = [
    () => granted.unlinkAt('a/b/y'),
    () => granted.createDirectoryAt('a/b/made'),
    () => granted.symlinkAt('x', 'a/b/sym'),
    () => granted.renameAt('x', granted, 'a/b/renamed'),
    () => granted.linkAt('a/x', false, granted, 'a/b/linked'),
    () => granted.removeDirectoryAt('a/b/made'),
  ]
  await whileRenaming(
    root,
    [
      ['in/a/b', 'in/a/was'],
      ['in/a/link', 'in/a/b'],
      ['in/a/b', 'in/a/link'],
      ['in/a/was', 'in/a/b'],
    ],
    () => {
      for (const attempt of attempts) assert.doesNotThrow(() => tolerate(attempt))
    },
  )
  const outside = grant(join(root, 'out/b'))
  const names: string[] = []
  const listing = outside.list()
  for (let entry = listing.next(); entry; entry = listing.next()) names.push(entry.name)
  assert.deepEqual(names.sort(), ['x', 'y'])
  outside.close()
  granted.close()
  rmSync(root, { recursive: true })
})

function tolerate(attempt: () => void): void {
  try {
    attempt()
  } catch (error) {
    if (!(error instanceof FsError)) throw error
  }
}

test('a descriptor follows its directory when that is moved, and nothing else', { skip: !linux }, () => {
  const root = makeRoot()
  const granted = grant(join(root, 'in/a'))
  renameSync(join(root, 'in/a'), join(root, 'in/elsewhere'))
  symlinkSync('../out', join(root, 'in/a'))
  assert.equal(readAt(granted, 'x'), 'inside')
  assert.equal(readAt(granted, 'b/../x'), 'inside')
  assert.equal(readAt(granted, '../x'), undefined)
  granted.close()
  rmSync(root, { recursive: true })
})
