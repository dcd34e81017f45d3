/** Declarations of real interfaces: they type-check by themselves, as strictly as anybody may ask for. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { generateTypes } from '../../src/bindgen/declarations/generate-types.ts'
import { guestTypes } from '../../src/bindgen/declarations/guest-types.ts'
import { moduleTypes } from '../../src/bindgen/declarations/module-types.ts'
import { readWitSources } from '../../src/cli/read-wit.ts'
import type { WitWorld } from '../../src/wit/package.ts'
import { decodeWit } from '../../src/wit/decode-wit.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { readWasi } from '../wit/read-wasi.ts'
import { shown, standalone, typeCheck } from './type-check.ts'

/** All worlds of some packages, each in a folder of its own. */
function filesOf(worlds: ReadonlyMap<string, WitWorld>): Map<string, string> {
  const files = new Map<string, string>()
  for (const [folder, world] of worlds) {
    for (const [path, text] of generateTypes(world)) files.set(`${folder}/${path}`, text)
    files.set(`${folder}/module.d.ts`, moduleTypes(world))
    files.set(
      `${folder}/all-of-it.d.ts`,
      moduleTypes(world, { imports: true, defaultExport: (type) => `{ all: ${type} }` }),
    )
  }
  return files
}

/** The examples' worlds may have each other's interfaces in them. */
test('those of the examples', () => {
  const packages = globSync('examples/*/wit')
    .sort()
    .map((folder) => readWitSources(folder).files)
  const worlds = packages.flatMap((files, index) => {
    const dependencies = packages.filter((_, other) => other !== index)
    const { main } = resolveWit({ files, dependencies })
    return [...main.worlds].map(([name, world]) => [`${main.name.package}/${name}`, world] as const)
  })
  assert.ok(worlds.length >= 4)
  assert.deepEqual(shown(typeCheck(filesOf(new Map(worlds)), standalone)), [])
  checkGuests([new Map(worlds).get('kv-store/kv-store')!], standalone)
})

test('those of components', () => {
  const files = globSync('examples/*/rust/*.wasm').sort()
  const worlds = files.map((file) => [file, decodeWit(decode(readFileSync(file))).world!] as const)
  assert.ok(worlds.length >= 4)
  assert.deepEqual(shown(typeCheck(filesOf(new Map(worlds)), standalone)), [])
})

/** Types that are called like TypeScript's own, functions like its keywords, docs that end the comment that they are in. */
test('those of names that mean something else', () => {
  const { worlds } = resolveWit(readWitSources(`${import.meta.dirname}/worlds/names.wit`)).main
  const options = { ...standalone, lib: ['es2022', 'dom'] }
  const files = filesOf(worlds)
  // All of it is declared by us, and nothing by the docs.
  const program = `
    import type { NamesExports_ } from './names/names.js'
    import type { Globals } from './names/imports/test/names/globals.js'
    import { class as class_, then_, globals } from './names/module.js'
    declare const exports: NamesExports_
    export const promise: Promise<string> = new globals.Promise([1]).array([2])
    export const of: number = exports.globals.then([1n], promise.then(() => 1)).length
    export const own: InstanceType<typeof exports.globals.Promise> = exports.con.f
    export const none = window.stolen
    export const made: string | Promise<string> = (null as unknown as Globals).new(1)
    void [class_, then_]`
  files.set('program.ts', program.replaceAll(/^ +/gm, ''))
  assert.deepEqual(
    typeCheck(files, options).map(({ file, line, code }) => `${file}:${line} ${code}`),
    ['program.ts:8 TS2322', 'program.ts:9 TS2339'],
  )
  checkGuests(worlds.values(), options)
})

/** Modules are declared by name for a whole program: each world is one of its own. */
function checkGuests(worlds: Iterable<WitWorld>, options: object): void {
  for (const world of worlds) assert.deepEqual(shown(typeCheck(guestTypes(world), options)), [])
}

const wasi = readWasi()

suite('those of WASI', { skip: wasi.size === 0 && 'no ../shared/conformance' }, () => {
  for (const version of ['0.2', '0.3', 'config', 'keyvalue']) {
    test(version, () => {
      const packages = [...wasi].filter(([name]) => name.startsWith(version))
      const worlds = packages.flatMap(([path, sources]) => {
        const { worlds } = resolveWit(sources, { features: 'all' }).main
        return [...worlds].map(([name, world]) => [`${path.replace('.wit', '')}/${name}`, world] as const)
      })
      assert.ok(worlds.length > 0)
      // Streams are the platform's: of the DOM, or of Node.
      const options = version === '0.3' ? { ...standalone, lib: ['es2022', 'dom'] } : standalone
      assert.deepEqual(shown(typeCheck(filesOf(new Map(worlds)), options)), [])
      const largest = version === '0.2' ? ['command', 'proxy'] : ['service', 'watch-service']
      checkGuests(
        worlds.map(([, world]) => world).filter(({ name }) => largest.includes(name)),
        options,
      )
    })
  }
})
