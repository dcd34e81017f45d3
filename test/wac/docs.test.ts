/** Runs what `docs/composing.md` says of WAC: its texts compose, its commands print, its errors are those. */
import assert from 'node:assert/strict'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { Composition } from '../../src/compose/composition.ts'
import { encodeComposition } from '../../src/compose/encode-composition.ts'
import type { PackageFinder } from '../../src/compose/wac/package-finder.ts'
import { resolveWac } from '../../src/compose/wac/resolve.ts'
import { decode } from '../../src/binary/index.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { readWitSources } from '../../src/cli/read-wit.ts'
import { WacError } from '../../src/errors.ts'
import { formatWac } from '../../src/compose/wac/format.ts'
import { validate } from '../../src/validation/index.ts'
import { runCli } from '../support/run-cli.ts'

interface Block {
  readonly language: string
  readonly text: string
}

const page = readFileSync('docs/composing.md', 'utf8')
const blocks: Block[] = Array.from(page.matchAll(/```(\w+)\n([\s\S]*?)```/g), ([, language, text]) => {
  return { language: language!, text: text! }
})
const next = (block: Block): Block | undefined => blocks[blocks.indexOf(block) + 1]
const texts = blocks.filter(({ language }) => language === 'wac')
const wasmOf = (name: string): string => `examples/${name}/rust/${name}.wasm`

/** What is named as a package of the examples: where its interfaces are asked for, it is WIT. */
function finder(text: string): PackageFinder {
  return {
    find(name) {
      const own = name.replace(/^tenon-examples:/, '')
      if (text.includes(`new ${name}`)) return { kind: 'component', component: readFileSync(wasmOf(own)) }
      return { kind: 'wit', package: resolveWit(readWitSources(`examples/${own}/wit`)).main }
    },
  }
}

describe('docs/composing.md', () => {
  it('has texts', () => assert.equal(texts.length, 7))

  for (const [index, block] of texts.entries()) {
    const text = block.text.includes('package my:') ? block.text : `package my:app;\n${block.text}`
    const after = next(block)
    const resolve = (): ReturnType<typeof resolveWac> => resolveWac({ name: 'my.wac', text }, finder(text))
    it(`text ${index + 1}`, () => {
      assert.equal(formatWac(formatWac(text)), formatWac(text))
      if (after?.language !== 'text') validate(decode(encodeComposition(resolve().composition)))
      else
        assert.throws(resolve, (error) => {
          assert.ok(error instanceof WacError)
          assert.equal(`${error.message}\n`, after.text)
          return true
        })
    })
  }

  for (const [word, result] of [
    ['resolveWac', 'bytes'],
    ['new Composition', 'component'],
  ] as const) {
    it(`has a program with ${word}`, () => {
      const program = blocks.find(({ language, text }) => language === 'js' && text.includes(word))!
      const [adder, calculator] = ['interfaced-adder', 'calculator'].map((name) => readFileSync(wasmOf(name)))
      const bytesOf = { 'tenon-examples:calculator': calculator, 'tenon-examples:interfaced-adder': adder }
      const own = { Composition, encodeComposition, resolveWac }
      const scope = { ...own, adder, calculator, bytesOf, text: texts[0]!.text }
      const run = new Function(...Object.keys(scope), `${program.text}\nreturn ${result}`)
      const bytes = run(...Object.values(scope)) as Uint8Array
      assert.ok(validate(decode(bytes)).exports.has('wasi:cli/run@0.2.0'))
    })
  }

  it('has commands that do what they say', async () => {
    const commands = blocks.find(({ language }) => language === 'sh')!
    const folder = mkdtempSync(join(tmpdir(), 'tenon-docs-'))
    try {
      mkdirSync(join(folder, 'deps/tenon-examples'), { recursive: true })
      for (const name of ['calculator', 'interfaced-adder'])
        copyFileSync(wasmOf(name), join(folder, `deps/tenon-examples/${name}.wasm`))
      writeFileSync(join(folder, 'calculator.wac'), texts[0]!.text)
      let printed = ''
      for (const line of commands.text.trim().split('\n')) {
        const { code, stdout, stderr } = await runCli(line.split(' ').slice(1), { cwd: folder })
        assert.equal(code, 0, stderr)
        printed += stdout
      }
      assert.equal(printed, next(commands)!.text)
      assert.ok(existsSync(join(folder, 'out.wasm')))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
