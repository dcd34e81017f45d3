/**
 * One suite, three implementations: `wasmtime.golden.txt` holds what wasmtime 50 on Linux answers to a probe (a Rust
 * component that runs one line after the other). Where we differ on purpose, the end of that file says so and why.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { openSlots, runLine } from '../../platform/testing/probe.ts'
import { difference, type World, worlds } from '../../platform/testing/probe-world.ts'

interface Golden {
  /** Lines that each run in a world of their own. */
  readonly single: { line: string; expected: string }[]
  readonly scripts: { name: string; lines: { line: string; expected: string }[]; changes: string }[]
  /** Line to our own answer, where it is another. */
  readonly ours: Map<string, string>
}

const golden = parse(readFileSync(new URL('./wasmtime.golden.txt', import.meta.url), 'utf8'))

for (const [name, makeWorld] of Object.entries(worlds)) {
  test(`every operation on every path, ${name}`, async () => {
    const wrong: string[] = []
    let world = makeWorld()
    for (const { line, expected } of golden.single) {
      const { printed, changes } = await runAlone(line, world)
      const actual = changes ? `${printed} | ${changes}` : printed
      if (actual !== (golden.ours.get(line) ?? expected))
        wrong.push(`${line} => ${actual}, wasmtime: ${expected}`)
      if (changes) {
        world[Symbol.dispose]()
        world = makeWorld()
      }
    }
    world[Symbol.dispose]()
    assert.deepEqual(wrong, [])
  })

  for (const script of golden.scripts) {
    // Known of directories held by path: see path-directory.ts.
    const loses = name === 'on disk, by path' && /^A directory (removed|moved) while open$/.test(script.name)
    test(`${script.name}, ${name}`, { skip: loses && 'not found again once it was renamed' }, async () => {
      using world = makeWorld()
      const before = world.snapshot()
      const slots = openSlots(world.imports)
      for (const { line, expected } of script.lines) {
        const actual = await runLine(line, slots)
        assert.equal(actual, golden.ours.get(`${script.name}: ${line}`) ?? expected, line)
      }
      assert.equal(difference(before, world.snapshot()) || 'nothing changed', script.changes)
      for (const slot of slots.values()) slot[Symbol.dispose]()
    })
  }
}

async function runAlone(line: string, world: World): Promise<{ printed: string; changes: string }> {
  const before = world.snapshot()
  const slots = openSlots(world.imports)
  const printed = await runLine(line, slots)
  const changes = difference(before, world.snapshot())
  for (const slot of slots.values()) slot[Symbol.dispose]()
  return { printed, changes }
}

function parse(text: string): Golden {
  const found: Golden = { single: [], scripts: [], ours: new Map() }
  const operations = new Map<string, string>()
  let section = ''
  let path = ''
  for (const raw of text.split('\n')) {
    if (raw === '' || raw.startsWith('#')) continue
    const heading = /^\[(\w+)\] (.*)$/.exec(raw)
    if (heading) {
      section = heading[1]!
      if (section === 'script') found.scripts.push({ name: heading[2]!, lines: [], changes: '' })
    } else if (section === 'paths') {
      const operation = /^([\w-]+) = (.*)$/.exec(raw)
      const result = /^ {4}(.*) <= (.*)$/.exec(raw)
      if (operation) operations.set(operation[1]!, operation[2]!)
      else if (raw.startsWith('path ')) path = raw.slice(5)
      else if (result) {
        for (const name of result[2]!.split(' ')) {
          found.single.push({ line: operations.get(name)!.replace('{}', path), expected: result[1]! })
        }
      } else assert.fail(`wasmtime.golden.txt: ${raw}`)
    } else {
      const [line = '', expected = ''] = raw.split(/ ?=> /)
      if (section === 'each') found.single.push({ line, expected })
      else if (section === 'ours') found.ours.set(line, expected)
      else if (line) found.scripts.at(-1)!.lines.push({ line, expected })
      else found.scripts.at(-1)!.changes = expected
    }
  }
  return found
}
