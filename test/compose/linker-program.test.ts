/** Programs that do what compositions do: checked by the compiler, run, and compared with the composed component. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { Composition } from '../../src/compose/composition.ts'
import { encodeComposition } from '../../src/compose/encode-composition.ts'
import { linkerProgram } from '../../src/compose/linker-program.ts'
import { plug } from '../../src/compose/plug.ts'
import { resolveWac } from '../../src/compose/wac/resolve.ts'
import { Component, Linker } from '../../src/index.ts'
import { wasi } from '../../src/wasi/index.ts'
import { parseWat } from '../../src/wat/index.ts'
import { runCli } from '../support/run-cli.ts'
import { shown, typeCheck, withTenon } from '../types/type-check.ts'

const example = (name: string): Uint8Array => readFileSync(`examples/${name}/rust/${name}.wasm`)
const component = (text: string): Uint8Array => parseWat(`(component ${text})`)

const plugged = (socket: string, ...plugs: string[]): Composition => {
  const part = (name: string) => ({ name: `ex:${name}`, component: example(name) })
  return plug(part(socket), plugs.map(part)).composition
}

const composed = (text: string, packages: Readonly<Record<string, Uint8Array>>): Composition => {
  const find = (name: string) => {
    const found = packages[name]
    return found && { kind: 'component' as const, component: found }
  }
  return resolveWac({ name: 'app.wac', text: `package my:app; ${text}` }, { find }).composition
}

const type = '(param "x" u32) (result u32)'

/** Answers one more than what it imports does. */
const more = (imports: string, callee: string): Uint8Array =>
  component(`
    ${imports}
    (core func $f' (canon lower (func ${callee})))
    (core module $M (import "" "f" (func $f (param i32) (result i32)))
      (func (export "f") (param i32) (result i32) (i32.add (call $f (local.get 0)) (i32.const 1))))
    (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
    (func (export "class") ${type} (canon lift (core func $m "f")))`)

const first = more(`(import "log" (func $log ${type}))`, '$log')
const second = more(`(import "a:b/c@1.0.0" (instance $c (export "get-it" (func ${type}))))`, '$c "get-it"')

/** Both leave something open; the second also gets it under another name. */
const open = composed(
  `import host: interface { get-it: func(x: u32) -> u32; };
   let class = new my:first { ... };
   let again = new my:first { log: class.class };
   let run = new my:second { "a:b/c@1.0.0": host };
   export again.class as one; export run.class as two; export class as all;`,
  { 'my:first': first, 'my:second': second },
)

const calculator = { 'ex:calculator': example('calculator'), 'ex:adder': example('interfaced-adder') }
const alsoExported = composed(
  `let adder = new ex:adder { ... };
   let calc = new ex:calculator { add: adder["tenon-examples:interfaced-adder/add"], ... };
   export calc...; export adder["tenon-examples:interfaced-adder/add"] as sum;`,
  calculator,
)
const halfOpen = composed('let calc = new ex:calculator { ... }; export calc...;', calculator)

const compositions: Readonly<Record<string, Composition>> = {
  adding: plugged('calculator', 'interfaced-adder'),
  store: plugged('kv-command', 'kv-store', 'kv-database'),
  database: plugged('kv-store', 'kv-database'),
  open,
  alsoExported,
  halfOpen,
}

suite('programs that do what compositions do', () => {
  const programs = new Map(
    Object.entries(compositions).map(([name, one]) => [name, linkerProgram(one, { name: `my:${name}` })]),
  )
  /** A program that uses others as modules. */
  const user = `
    import { instantiate } from './open.ts'
    import { run } from './halfOpen.ts'
    import { instantiate as database } from './database.ts'
    const host = { getIt: (x: number) => x * 2 }
    const made = await instantiate({ log: (x: number) => x, host })
    const { exports, async } = made
    console.log(exports.one(1), exports.two(5), exports.all.class(1), await async.one(2))
    made.dispose()
    try { exports.one(1) } catch (error) { console.log((error as Error).message.includes('disposed')) }
    const replace = (await database()).exports['replace-value']
    console.log(replace('a', '1'), replace('a', '2'))
    const add = { add: (a: number, b: number) => a * 10 + b }
    process.exitCode = await run({ 'tenon-examples:interfaced-adder/add': add })`
  /** With names and files of others that could end strings and comments. */
  const odd = oddProgram()
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-programs-'))
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(resolve('.'), join(folder, 'node_modules/tenon'), 'dir')
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    for (const [name, { text }] of programs) writeFileSync(join(folder, `${name}.ts`), text)
    writeFileSync(join(folder, 'user.ts'), user)
    for (const name of ['calculator', 'interfaced-adder', 'kv-command', 'kv-store', 'kv-database'])
      copyFileSync(`examples/${name}/rust/${name}.wasm`, join(folder, `${name}.wasm`))
    copyFileSync('examples/interfaced-adder/rust/interfaced-adder.wasm', join(folder, 'adder.wasm'))
    writeFileSync(join(folder, 'first.wasm'), first)
    writeFileSync(join(folder, 'second.wasm'), second)
  })
  after(() => rmSync(folder, { recursive: true }))

  const run = (name: string) => {
    const options = ['--conditions=tenon-source', '--disable-warning=ExperimentalWarning']
    const { stdout, stderr, status } = spawnSync(process.execPath, [...options, `${name}.ts`], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    })
    return { stdout, stderr, status }
  }

  test('the compiler has nothing against them', () => {
    const files = new Map([...programs].map(([name, { text }]) => [`${name}.ts`, text]))
    files.set('user.ts', user).set('odd.ts', odd)
    assert.deepEqual(shown(typeCheck(files, withTenon)), [])
  })

  for (const name of ['adding', 'store', 'alsoExported']) {
    test(`${name}: prints what the component prints`, async () => {
      const component = Component.fromBytes(encodeComposition(compositions[name]!))
      const printed: Uint8Array[] = []
      assert.equal(await new Linker().define(wasi({ args: ['app'], stdout: printed })).run(component), 0)
      const stdout = Buffer.concat(printed).toString()
      assert.notEqual(stdout, '')
      assert.deepEqual(run(name), { stdout, stderr: '', status: 0 })
    })
  }

  test('what is left open is a parameter', () => {
    const log = 'log: a: None replaced by "1"\nlog: a: Some("1") replaced by "2"\n'
    const stdout = `3 11 2 4\ntrue\n${log}undefined 1\nresult: 12\n`
    assert.deepEqual(run('user'), { stdout, stderr: '', status: 0 })
  })

  test('the command line writes them for components where they are', async () => {
    const wac = join(folder, 'app.wac')
    writeFileSync(
      wac,
      `package my:app; let adder = new ex:adder { ... };
       export new ex:calculator { add: adder["tenon-examples:interfaced-adder/add"], ... }...;`,
    )
    mkdirSync(join(folder, 'deps/ex'), { recursive: true })
    copyFileSync('examples/calculator/rust/calculator.wasm', join(folder, 'deps/ex/calculator.wasm'))
    const compose = (adder: string) =>
      runCli(
        ['compose', 'app.wac', '--dep', `ex:adder=${adder}`, '--emit', 'typescript', '-o', 'deps/made.ts'],
        { cwd: folder },
      )
    assert.deepEqual(await compose('adder.wasm'), { code: 0, signal: null, stdout: '', stderr: '' })
    const made = readFileSync(join(folder, 'deps/made.ts'), 'utf8')
    assert.match(made, /await load\('\.\.\/adder\.wasm'\)/)
    assert.match(made, /const calculator = await load\('ex\/calculator\.wasm'\)/)
    assert.match(made, /^ \* What app\.wac does/m)
    writeFileSync(join(folder, 'text.wat'), '(component)')
    writeFileSync(join(folder, 'text.wac'), 'package my:text; let it = new ex:text { ... };')
    const args = ['compose', 'text.wac', '--dep', 'ex:text=text.wat', '--emit', 'typescript']
    const text = await runCli(args, { cwd: folder })
    assert.deepEqual([text.code, text.stdout], [2, ''])
    assert.match(text.stderr, /text\.wat is text, and programs load bytes\n.*tenon parse/)
    const other = await runCli(['compose', wac, '--emit', 'rust'])
    assert.match(other.stderr, /--emit rust: there is only --emit typescript/)
  })

  test('what they are is said', () => {
    const said = Object.fromEntries(
      [...programs].map(([name, { isCommand, open, differences }]) => [
        name,
        [isCommand, open, differences.length],
      ]),
    )
    assert.deepEqual(said, {
      adding: [true, [], 0],
      store: [true, [], 0],
      database: [false, [], 1],
      open: [false, ['host', 'log'], 1],
      alsoExported: [true, [], 0],
      halfOpen: [true, ['tenon-examples:interfaced-adder/add'], 0],
    })
    const { text } = programs.get('halfOpen')!
    assert.match(text, /\/\/ process\.exitCode = await run\(\{ … \}\)/)
    assert.match(programs.get('database')!.text, /^ \* A trap ends the instances that its call is in\./m)
  })

  test('what a linker cannot say is told, and stands in the comment', () => {
    const caller = component(`(import "f" (func $f ${type})) (export "g" (func $f))`)
    const given = composed(
      'import h: interface { f: func(x: u32) -> u32; }; export new my:a { f: h.f }...;',
      {
        'my:a': caller,
      },
    )
    const { differences, text } = linkerProgram(given)
    const [first] = differences
    assert.match(first!, /^`f` of `h` is given to the instance of my:a as `f`: /)
    assert.ok(text.includes(first!))
  })

  test('names and files of others end no string and no comment', () => {
    assert.match(odd, /load\('it\\'s%20here%3F%23\.wasm'\)/)
    assert.match(odd, /evil \*\\\/ process\.exit/)
    assert.match(odd, /const aBC = /)
  })
})

function oddProgram(): string {
  let [graph, id] = new Composition()
    .add('my:pkg', more(`(import "f" (func $f ${type}))`, '$f'))
    .instantiate('my:pkg')
  graph = graph.name(id, 'a */ "b" `c`')
  ;[graph, id] = graph.alias(id, 'class')
  const options = { name: 'evil */ process.exit(3) /*\n', fileOf: () => "it's here?#.wasm" }
  return linkerProgram(graph.export(id, 'f'), options).text
}
