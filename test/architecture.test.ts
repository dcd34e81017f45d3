/** Who may import whom: the picture in docs/architecture.md, enforced. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'

/** A room may import itself, `errors`, `diagnostics` and what stands here; an entry with a slash is one file. */
const mayImport: Record<string, readonly string[]> = {
  errors: [],
  diagnostics: [],
  component: [],
  binary: ['component'],
  wit: ['component'],
  validation: ['component', 'binary', 'abi'],
  abi: ['component', 'runtime'],
  wave: ['component', 'wit'],
  wat: ['component', 'binary'],
  compile: ['abi', 'binary', 'component', 'runtime'],
  runtime: ['abi', 'binary', 'compile/plan.ts', 'component'],
  wasi: ['runtime/host-function.ts'],
  'component-source': [],
  index: ['abi', 'binary', 'compile', 'component', 'component-source', 'runtime', 'validation', 'wit'],
  cli: ['*'],
}

const sources = globSync('src/**/*.ts').filter((file) => !file.endsWith('.test.ts'))
const imports =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g

test('every import goes where the architecture allows', () => {
  const broken: string[] = []
  for (const file of sources) {
    const room = roomOf(file)
    const allowed = mayImport[room]
    assert.ok(allowed, `${file}: the room ${room} is not in the architecture`)
    for (const [, a, b] of readFileSync(file, 'utf8').matchAll(imports)) {
      const specifier = (a ?? b)!
      if (!specifier.startsWith('.')) {
        if (!mayUsePackages(file))
          broken.push(`${file} imports ${specifier}: only platform folders and the CLI may`)
        continue
      }
      const target = relative('.', join(dirname(file), specifier))
      const targetRoom = roomOf(target)
      const common = targetRoom === room || targetRoom === 'errors' || targetRoom === 'diagnostics'
      const named =
        allowed.includes('*') || allowed.includes(targetRoom) || allowed.includes(target.slice('src/'.length))
      if (!common && !named) broken.push(`${file} imports ${target}`)
    }
  }
  assert.deepEqual(broken, [])
})

test('there is no room without a purpose in its name', () => {
  const forbidden = sources.filter((file) =>
    /(^|\/)(utils?|common|misc|shared|helpers?|types)(\/|\.ts$)/.test(file),
  )
  assert.deepEqual(forbidden, [])
})

function roomOf(file: string): string {
  return file.split('/')[1]!.replace(/\.ts$/, '')
}

/** The core stands alone: operating systems and packages are for the platforms and the command line. */
function mayUsePackages(file: string): boolean {
  return file.startsWith('src/cli/') || file.startsWith('src/wasi/platform/')
}
