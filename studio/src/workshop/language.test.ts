/** What the editor beside the canvas is told. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Diagnostic, renderDiagnostic } from '../../../src/diagnostics/diagnostic.ts'
import { Source } from '../../../src/diagnostics/source.ts'
import type { Problem, Refusal } from '../contract/workshop.ts'
import { bytesIn, exampleFile, workshopWith } from './testing/examples.ts'

const adder = 'tenon-examples:interfaced-adder'
const workshop = await workshopWith(['calculator', 'interfaced-adder'])

/** `|` is where the cursor is. */
async function completed(marked: string): Promise<readonly (readonly [label: string, kind: string])[]> {
  const text = `package my:app;\n${marked}`
  const { items } = await workshop.complete(text.replace('|', ''), text.indexOf('|'))
  return items.map(({ label, kind }) => [label, kind])
}

describe('completion', () => {
  it('of packages', async () => {
    assert.deepEqual(await completed('let a = new |'), [
      ['local:calculator', 'package'],
      [adder, 'package'],
    ])
  })

  it('of what an instance exports', async () => {
    assert.deepEqual(await completed(`let a = new ${adder} {}; export a.|`), [['add', 'export']])
  })

  it('of what an instance imports, and what may be given', async () => {
    const found = await completed(
      `import f: func(); let a = new ${adder} {}; let c = new local:calculator { |`,
    )
    assert.deepEqual(found.slice(0, 2), [
      ['add', 'import'],
      ['poll', 'import'],
    ])
    assert.deepEqual(found.slice(-3), [
      ['f', 'function'],
      ['a', 'instance'],
      ['...', 'keyword'],
    ])
  })

  it('says what it replaces, and what is written', async () => {
    const text = `package my:app;\nlet a = new ${adder} {};\nexport a.ad`
    const { from, items } = await workshop.complete(text, text.length)
    assert.equal(text.slice(from), 'ad')
    assert.deepEqual(items[0], {
      label: 'add',
      kind: 'export',
      detail: `${adder}/add`,
      docs: undefined,
      insert: 'add',
    })
  })

  it('of nothing in comments, and in texts that are endless', async () => {
    assert.deepEqual(await completed('// let a = new |'), [])
    assert.deepEqual((await workshop.complete('x'.repeat(2_000_000), 5)).items, [])
  })
})

it('hover says what a name is', async () => {
  const text = `package my:app;\nlet a = new ${adder} {};`
  assert.equal(
    await workshop.hover(text, text.indexOf('a =')),
    `\`\`\`wac\na: instance { ${adder}/add }\n\`\`\``,
  )
  assert.equal(await workshop.hover(text, text.indexOf('new')), undefined)
})

it('format keeps comments, and refuses what does not parse', async () => {
  const formatted = await workshop.format(`package my:app; // mine\nlet a=new ${adder}{};`)
  assert.equal(formatted, `package my:app; // mine\n\nlet a = new ${adder} {};\n`)
  const refusal = (await workshop.format('package my:app;\nlet a = ;')) as Refusal
  assert.match(refusal.refused, /expected/)
  assert.match(refusal.frame!, /2 \| let a = ;/)
})

describe('problems are those of the command line', () => {
  const cases: readonly (readonly [title: string, statements: string])[] = [
    ['a misspelt name', `let a = new ${adder} {}; export b.add;`],
    ['an unknown package', 'let a = new tenon-examples:interfaced-ader {};'],
    ['a misfit', `let a = new ${adder} {};\nlet c = new local:calculator { add: a, ... };`],
    ['what is missing', `let a = new ${adder} {};\nlet c = new local:calculator {};`],
    ['two of a name', `let a = new ${adder} {};\nlet a = new ${adder} {};`],
    ['several', `let c = new local:calculator { x: y, ... };\nexport c.nothing;\nexport z;`],
    ['what does not parse', 'let a = new'],
  ]
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'studio-'))
    for (const [name, file] of [
      ['local/calculator', 'calculator'],
      ['tenon-examples/interfaced-adder', 'interfaced-adder'],
    ] as const) {
      mkdirSync(join(folder, 'deps', name, '..'), { recursive: true })
      writeFileSync(join(folder, 'deps', `${name}.wasm`), new Uint8Array(bytesIn(exampleFile(file))))
    }
  })
  after(() => rmSync(folder, { recursive: true }))

  it('word for word, and at the same places', async () => {
    for (const [index, [, statements]] of cases.entries())
      writeFileSync(join(folder, `${index}.wac`), `package my:app;\n${statements}\n`)
    const tenon = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url))
    const script = `const { main } = await import(${JSON.stringify(tenon)})
      for (let i = 0; i < ${cases.length}; i++) { process.stderr.write('==\\n'); await main(['compose', i + '.wac', '-o', 'out.wasm']) }`
    const { stderr } = spawnSync(
      process.execPath,
      ['--conditions=tenon-source', '--input-type=module', '-e', script],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    )
    const printed = stderr.split('==\n').slice(1)
    assert.equal(printed.length, cases.length, stderr)
    for (const [index, [title, statements]] of cases.entries()) {
      const text = `package my:app;\n${statements}\n`
      const { problems } = await workshop.analyze(text)
      assert.ok(problems.length > 0)
      const source = new Source(`${index}.wac`, text)
      const shown = problems.map((problem) => renderDiagnostic(diagnosticOf(problem, source))).join('\n\n')
      assert.equal(withoutPlaces(shown), withoutPlaces(printed[index]!), title)
    }
  })
})

function diagnosticOf({ message, notes, related, ...span }: Problem, source: Source): Diagnostic {
  return {
    message,
    notes,
    labels: [{ source, span, text: '' }, ...related.map(({ text, ...at }) => ({ source, span: at, text }))],
  }
}

/** Where packages were looked for is another place, and a page has no room for what stands behind the carets. */
function withoutPlaces(text: string): string {
  return text
    .replaceAll(/^( *\| +\^+).*$/gm, '$1')
    .replaceAll(/^ *= (looked for|drop its file) .*\n?/gm, '')
    .trim()
}
