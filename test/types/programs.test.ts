/**
 * Programs against generated declarations: the right ones are accepted, and run where there is a component; of the wrong ones each
 * line that says `//~ TS2345` is rejected with that error, and no other line.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { generateTypes } from '../../src/bindgen/declarations/generate-types.ts'
import { guestTypes } from '../../src/bindgen/declarations/guest-types.ts'
import { moduleTypes } from '../../src/bindgen/declarations/module-types.ts'
import { readWitSources } from '../../src/cli/read-wit.ts'
import { decodeWit } from '../../src/wit/decode-wit.ts'
import type { WitWorld } from '../../src/wit/package.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { type Diagnostic, shown, typeCheck, withTenon } from './type-check.ts'

const here = import.meta.dirname

const worlds: ReadonlyMap<string, WitWorld> = new Map([
  ...['adder', 'calculator', 'interfaced-adder', 'kv-store'].map(
    (name) => [name, worldOfExample(name)] as const,
  ),
  ...['values', 'resources'].map((name) => [name, worldOfText(name)] as const),
])

function worldOfExample(name: string): WitWorld {
  const component = decode(readFileSync(`examples/${name}/rust/${name}.wasm`))
  return decodeWit(component, { world: name }).world!
}

function worldOfText(name: string): WitWorld {
  const [world] = resolveWit(readWitSources(`${here}/worlds/${name}.wit`)).main.worlds.values()
  return world!
}

const files = new Map<string, string>()
for (const [name, world] of worlds) add(`types/${name}`, generateTypes(world))
add('types/guest', guestTypes(worlds.get('resources')!))
for (const [file, world] of [
  ['adder', 'adder'],
  ['app', 'resources'],
] as const) {
  const defaultExport = (exports: string): string => `import('tenon').Instance<${exports}>`
  files.set(`types/modules/${file}.d.wasm.ts`, moduleTypes(worlds.get(world)!, { defaultExport }))
}
for (const kind of ['right', 'wrong']) add(kind, programs(kind))

function add(folder: string, texts: ReadonlyMap<string, string>): void {
  for (const [path, text] of texts) files.set(`${folder}/${path}`, text)
}

function programs(kind: string): ReadonlyMap<string, string> {
  const folder = `${here}/programs/${kind}`
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]))
}

const found = typeCheck(files, withTenon)

test('right programs are accepted', () => {
  assert.deepEqual(shown(found.filter(({ file }) => !file.startsWith('wrong/'))), [])
})

suite('wrong programs are rejected, each where it is wrong', () => {
  let count = 0
  for (const [name, text] of programs('wrong')) {
    test(name, () => {
      const wanted = expectedIn(text)
      count += wanted.length
      const wrong = found.filter(({ file }) => file === `wrong/${name}`)
      assert.deepEqual(linesOf(wrong, text), linesOf(wanted, text))
    })
  }
  test('many of them', () => assert.ok(count >= 90, `${count}`))
})

type Expected = Pick<Diagnostic, 'line' | 'code'>

function expectedIn(text: string): readonly Expected[] {
  return text.split('\n').flatMap((line, index) => {
    const codes = /\/\/~((?: TS\d+)+)$/.exec(line)?.[1]?.trim().split(' ') ?? []
    return codes.map((code) => ({ line: index + 1, code }))
  })
}

/** With the text of each line: what to compare, and to read. */
function linesOf(diagnostics: readonly Expected[], text: string): readonly string[] {
  const lines = text.split('\n')
  return diagnostics.map(({ line, code }) => `${line}: ${code} ${lines[line - 1]!.trim()}`).sort()
}

suite('right programs run', () => {
  for (const [name, results] of [
    ['adder', [3, 10, 0]],
    ['kv-store', [undefined, 'always', 'always', false, 6, ['GREETING: NONE REPLACED BY "HELLO"']]],
    ['linked', [3, 7, 11, 0]],
    ['loose', [3, 3, 3, 3, 3, 3, 'add', 6]],
  ] as const) {
    test(name, async () => {
      const program = (await import(`./programs/right/${name}.ts`)) as {
        readonly results: readonly unknown[]
      }
      assert.deepEqual(program.results, results)
    })
  }
})
