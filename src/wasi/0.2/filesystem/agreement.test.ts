/** Random operations have the same results on a disk and in memory, and leave the same tree behind. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../../../../test/support/fast-check.ts'
import { openSlots, runLine } from '../../platform/testing/probe.ts'
import { difference, type World, worlds } from '../../platform/testing/probe-world.ts'

const names = ['file', 'dir', 'empty', 'new', 'link', 'dirlink', 'up', '..', '.', 'inner', 'deep', 'dangling']
const path = fc
  .tuple(
    fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }),
    fc.constantFrom('', '', '', '/', '/.'),
  )
  .map(([segments, end]) => segments.join('/') + end)
const slot = fc.constantFrom('rw', 'rw', 'rw', 'ro', 'd', 'e')
const file = fc.constantFrom('f', 'g')
const flag = fc.constantFrom('n', 'f')
const size = fc.nat(12).map(String)

const line = fc
  .oneof(
    fc.tuple(
      fc.constant('open'),
      fc.constantFrom('d', 'e'),
      slot,
      flag,
      path,
      fc.constantFrom('d', '-'),
      fc.constant('r'),
    ),
    fc.tuple(
      fc.constant('open'),
      file,
      slot,
      flag,
      path,
      fc.constantFrom('-', 'c', 'cx', 't', 'ct'),
      fc.constantFrom('r', 'w', 'rw'),
    ),
    fc.tuple(fc.constantFrom('mkdir', 'rmdir', 'unlink', 'readlink'), slot, path),
    fc.tuple(fc.constant('statat'), slot, flag, path),
    fc.tuple(fc.constant('rename'), slot, path, slot, path),
    fc.tuple(fc.constant('link'), slot, flag, path, slot, path),
    fc.tuple(fc.constant('symlink'), slot, path, path),
    fc.tuple(fc.constantFrom('readdir', 'stat', 'type', 'flags'), fc.oneof(slot, file)),
    fc.tuple(fc.constant('read'), file, size, size),
    fc.tuple(fc.constant('write'), file, fc.constantFrom('x', 'yz', '%E'), size),
    fc.tuple(fc.constant('setsize'), file, size),
    fc.tuple(fc.constant('astream'), file, fc.constantFrom('end', '%E')),
    fc.tuple(fc.constant('rstream'), file, size),
    fc.tuple(fc.constant('wstream'), file, size, fc.constantFrom('word', '%E')),
    fc.tuple(fc.constantFrom('same'), fc.oneof(slot, file), fc.oneof(slot, file)),
  )
  .map((words) => words.join(' '))

async function run(lines: readonly string[], makeWorld: () => World): Promise<string[]> {
  using world = makeWorld()
  const before = world.snapshot()
  const slots = openSlots(world.imports)
  // Both start out as something.
  for (const name of ['d', 'e']) await runLine(`open ${name} rw n dir d r`, slots)
  for (const name of ['f', 'g']) await runLine(`open ${name} rw n file - rw`, slots)
  const results: string[] = []
  for (const line of lines) results.push(`${line} => ${await runLine(line, slots)}`)
  results.push(difference(before, world.snapshot()))
  for (const slot of slots.values()) slot[Symbol.dispose]()
  return results
}

test('a disk and memory agree', { skip: process.platform !== 'linux' }, async () => {
  const disk = worlds['on disk, by descriptor']!
  const memory = worlds['in memory']!
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 10, maxLength: 40 }), async (lines) => {
      assert.deepEqual(await run(lines, memory), await run(lines, disk))
    }),
    { numRuns: Number(process.env.TENON_RUNS ?? 100) },
  )
})
