/**
 * Runs the examples of doc comments. In each `@example` a line `expression // value` is checked: the value is an
 * expression, too, or a string without its quotes; it may stand on lines of its own below, and `…` leaves out a rest.
 * An example sees what its file exports, the type builders of the tests, and what is given here.
 */
import assert from 'node:assert/strict'
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { decode, encode } from '../src/binary/index.ts'
import { Composition } from '../src/compose/composition.ts'
import { Source } from '../src/diagnostics/source.ts'
import { Component } from '../src/index.ts'
import { validate } from '../src/validation/index.ts'
import { wasi } from '../src/wasi/index.ts'
import { resolveWit } from '../src/wit/resolve.ts'
import { parseModuleText } from '../src/wat/core/parse-module.ts'
import { parseSExpressions } from '../src/wat/s-expression.ts'
import { decodeWit } from '../src/wit/decode-wit.ts'
import { encodePackage } from '../src/wit/encode-package.ts'
import { assemble } from './support/assemble.ts'
import * as types from './support/type-builders.ts'

const root = resolve('.')
const adder = readFileSync('examples/adder/rust/adder.wasm')
const add = validate(decode(adder)).exports.get('add')!
const [firstModule] = decode(adder).definitions.filter((definition) => definition.kind === 'core-module')
const load = (file: string): Promise<Component> => Component.load(join(root, 'examples', file))
const component = await load('adder/rust/adder.wasm')
const bytesOfAdder = { bytes: adder, decode, validate }

const echo = (n: number): Promise<Uint8Array> =>
  assemble(`(component (core module $M (func (export "say") (result i32) (i32.const ${n})))
    (core instance $m (instantiate $M)) (func (export "say") (result u32) (canon lift (core func $m "say"))))`)

const composed = {
  wasi,
  calculator: await load('calculator/rust/calculator.wasm'),
  provider: await (await load('interfaced-adder/rust/interfaced-adder.wasm')).instantiate(),
}

/** By file: what its examples take as given. */
const given: Readonly<Record<string, object>> = {
  'src/abi/flatten.ts': { type: { kind: 'function', async: false, parameters: [], result: types.string } },
  'src/bindgen/declarations/generate-types.ts': { resolveWit },
  'src/bindgen/declarations/guest-types.ts': { resolveWit },
  'src/bindgen/declarations/module-types.ts': { resolveWit },
  'src/bindgen/transpile/transpile.ts': { bytes: adder },
  'src/binary/component-name-section.ts': { assemble, decode },
  'src/binary/confined-functions.ts': { assemble },
  'src/binary/core-module-names.ts': { assemble, decode },
  'src/binary/core-module.ts': { assemble },
  'src/binary/core/decode-module.ts': { assemble },
  'src/binary/encode.ts': bytesOfAdder,
  'src/binary/name-section.ts': { assemble },
  'src/binary/producers.ts': {
    ...(await import('../src/binary/core-sections.ts')),
    bytes: adder.subarray(firstModule!.range.start, firstModule!.range.end),
  },
  'src/binary/rewrite-core-module.ts': { assemble },
  'src/compile/compile.ts': bytesOfAdder,
  'src/virt/virtualize.ts': { assemble },
  'src/live/live-composition.ts': { Composition, echo1: await echo(1), echo2: await echo(2) },
  'src/compose/composition.ts': { assemble },
  'src/compose/explain-imports.ts': { assemble, Composition },
  'src/compose/linker-program.ts': { assemble, Composition },
  'src/compose/plug.ts': { assemble },
  'src/compose/wac/resolve.ts': { assemble },
  'src/compose/wac/edit/edit-wac.ts': { assemble },
  'src/compose/encode-composition.ts': { assemble, Composition, decode, validate },
  'src/inspect/inspection.ts': { assemble },
  'src/lsp/language-document.ts': { assemble },
  'src/component/handles-in.ts': { file: {}, blob: types.resource('blob') },
  'src/component/resolve-type.ts': { lookup: () => types.u8 },
  'src/esm/component-types.ts': { bytes: adder },
  'src/index.ts': { bytes: adder },
  'src/runtime/instance.ts': { component },
  'src/runtime/linker.ts': composed,
  'src/runtime/runnable-component.ts': { component, ...composed },
  'src/validation/validate.ts': bytesOfAdder,
  'src/wasi/host/memory-directory.ts': { wasi },
  'src/wasi/index.ts': { component, log: () => {} },
  'src/wat/core/parse-module.ts': { Source, parseSExpressions },
  'src/wat/core/print-module.ts': { Source, parseModuleText },
  'src/wat/index.ts': { decode },
  'src/wat/lexer.ts': { Source },
  'src/wat/s-expression.ts': { Source },
  'src/wat/script.ts': { Source },
  'src/wat/token-reader.ts': { Source },
  'src/wave/parse-call.ts': { type: add },
  'src/wave/print-value.ts': { person: types.record({ name: types.string, age: types.option(types.u8) }) },
  'src/wit/find-world.ts': { resolveWit },
  'src/wit/importize.ts': { resolveWit },
  'src/wit/json.ts': { resolveWit },
  'src/wit/package-files.ts': { resolveWit },
  'src/wit/packages-of-world.ts': { resolveWit },
  'src/wit/decode-wit.ts': { decode, encode, encodePackage },
  'src/wit/print-function.ts': { add },
  'src/wit/print-itself.ts': { add },
  'src/wit/targets.ts': { resolveWit },
  'src/wit/print-wit.ts': { ...bytesOfAdder, decodeWit },
  'src/wit/replace-world.ts': { resolveWit },
  'src/wit/semver/semver-check.ts': { resolveWit },
}

/** Not run: pictures of what is printed, and what runs in the built command line tool only. */
const notRun = ['src/cli/', 'src/diagnostics/diagnostic.ts', 'src/diagnostics/hex-frame.ts']

suite('examples in doc comments', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-'))
    copyFileSync('examples/adder/rust/adder.wasm', join(folder, 'adder.wasm'))
    mkdirSync(join(folder, 'data'))
    process.chdir(folder)
  })
  after(() => {
    process.chdir(root)
    rmSync(folder, { recursive: true })
  })

  for (const file of globSync(['src/**/*.ts', 'studio/src/**/*.ts']).sort()) {
    if (file.endsWith('.test.ts') || notRun.some((prefix) => file.startsWith(prefix))) continue
    for (const [i, example] of examplesIn(readFileSync(file, 'utf8')).entries()) {
      test(`${file}, example ${i + 1}`, async () => {
        const exported = named(await import(pathToFileURL(join(root, file)).href))
        const here = pathToFileURL(`${folder}/`).href
        await run(example, { ...types, ...exported, ...given[file], here })
      })
    }
  }
})

/** What a module exports; a function that it exports as default under the function's name. */
function named({ default: byDefault, ...exported }: Record<string, unknown>): object {
  return typeof byDefault === 'function' ? { ...exported, [byDefault.name]: byDefault } : exported
}

/** The lines of each example, without the comment's margin. */
function examplesIn(source: string): string[] {
  const comments = source.matchAll(/\/\*\*.*?\*\//gs)
  return Array.from(comments, ([comment]) => comment.replace(/^ *\/?\*+[ /]?/gm, ''))
    .flatMap((text) => text.split(/^@example\n/m).slice(1))
    .map((text) => text.split(/^@/m)[0]!.trimEnd())
}

type Scope = Readonly<Record<string, unknown>>

const AsyncFunction = (async () => {}).constructor as new (
  ...code: string[]
) => (...args: unknown[]) => Promise<void>

async function run(example: string, scope: Scope): Promise<void> {
  const code = statements(example)
    .map(({ code, wanted }) =>
      wanted === undefined ? code : `same(await (${code}), ${JSON.stringify(wanted)})`,
    )
    .join('\n')
    .replaceAll('import.meta.url', 'here')
  const same = (found: unknown, wanted: string): void => {
    if (typeof found === 'string' && found.trimEnd() === wanted) return
    const value: unknown = new Function(...Object.keys(scope), `return (${wanted.replaceAll(/,? *…/g, '')})`)(
      ...Object.values(scope),
    )
    if (wanted.includes('…')) assert.partialDeepStrictEqual(found, value)
    else assert.deepEqual(found, value)
  }
  await new AsyncFunction(...Object.keys(scope), 'same', code)(...Object.values(scope), same)
}

/** Lines of code, each with the value that the comment behind it or below it says it has. */
function statements(example: string): { code: string; wanted?: string }[] {
  const found: { code: string; wanted?: string }[] = []
  for (const line of example.split('\n')) {
    if (line === '' || line.startsWith('import ')) continue
    const [, code = '', comment] = /^(.*?)(?:(?:^|\s+)\/\/ ?(.*))?$/.exec(line)!
    const last = found.at(-1)
    if (code !== '') {
      const isExpression = !/^(const|using|for) /.test(code)
      found.push({ code, ...(comment !== undefined && isExpression && { wanted: comment }) })
    } else if (last && comment !== undefined) {
      last.wanted = last.wanted === undefined ? comment : `${last.wanted}\n${comment}`
    }
  }
  return found
}
