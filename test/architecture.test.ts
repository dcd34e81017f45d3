/** Who may import whom: the table of docs/architecture.md, read from there and enforced. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'

const page = readFileSync('docs/architecture.md', 'utf8')

/** By room, the cell "may import": rooms, and single files, which have a slash in their names. */
const cells = new Map(
  Array.from(page.matchAll(/^\| `([^`]+)` \|.*\| ([^|]+) \|$/gm), ([, room, cell]) => [
    roomName(room!),
    cell!,
  ]),
)

/** Rooms that everyone may import. */
const open = namesIn(page.match(/^(.*) are open to all\./m)?.[1] ?? '')

const mayImport: ReadonlyMap<string, readonly string[]> = new Map(
  Array.from(cells, ([room, cell]) => [room, [room, ...open, ...allowedBy(room, cell)]]),
)

const sources = globSync('src/**/*.ts').filter((file) => !file.endsWith('.test.ts'))
const imports =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g

test('every import goes where the architecture allows', () => {
  const broken: string[] = []
  let count = 0
  for (const file of sources) {
    const allowed = mayImport.get(roomOf(file))
    assert.ok(allowed, `${file}: the room ${roomOf(file)} is not in the table`)
    for (const [, a, b] of readFileSync(file, 'utf8').matchAll(imports)) {
      count++
      const specifier = (a ?? b)!
      if (!specifier.startsWith('.')) {
        if (!mayUsePackages(file))
          broken.push(
            `${file} imports ${specifier}: only platform folders, the fuzzer, the web site's Markdown and the CLI may`,
          )
        continue
      }
      const target = relative('.', join(dirname(file), specifier))
      if (!allowed.includes(roomOf(target)) && !allowed.includes(target.slice('src/'.length)))
        broken.push(`${file} imports ${target}`)
    }
  }
  assert.deepEqual(broken, [])
  assert.ok(count > 3 * sources.length, `only ${count} imports were found in ${sources.length} files`)
})

test('every room of the table is there', () => {
  assert.deepEqual([...new Set(sources.map(roomOf))].sort(), [...cells.keys()].sort())
})

test('there is no room without a purpose in its name', () => {
  const vague = /(^|\/)(utils?|common|misc|shared|helpers?|types)(\/|\.ts$)/
  // The file of a command is called as the command is.
  const forbidden = sources.filter((file) => vague.test(file) && file !== 'src/cli/commands/types.ts')
  assert.deepEqual(forbidden, [])
})

function roomOf(file: string): string {
  return roomName(file.split('/')[1]!)
}

/** `binary/`, `index.ts` → `binary`, `index`; the path of a file in a room stays. */
function roomName(path: string): string {
  return path.replace(/^([^/]+)(\/|\.ts)$/, '$1')
}

function namesIn(text: string): string[] {
  return Array.from(text.matchAll(/`([^`]+)`/g), ([, name]) => roomName(name!))
}

/** A cell says `–`, names what is allowed, or says "everything", or "everything but" what it names. */
function allowedBy(room: string, cell: string): string[] {
  const names = namesIn(cell)
  if (cell.startsWith('everything')) return [...cells.keys()].filter((name) => !names.includes(name))
  assert.ok(
    names.length > 0 || cell === '–',
    `the table says nothing that can be read about ${room}: ${cell}`,
  )
  return names
}

/** The core stands alone: operating systems and packages are for the platforms, the command line, and what only that has. */
function mayUsePackages(file: string): boolean {
  return ['src/cli/', 'src/wasi/platform/', 'src/fuzz/', 'src/wit-docs/'].some((room) =>
    file.startsWith(room),
  )
}
